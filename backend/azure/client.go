package azure

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armsubscriptions"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// apiVersion is the version of Microsoft.MachineLearningServices spoken, the
// one the SDK's clients send.
const apiVersion = "2024-04-01"

// defaultJobs is how many jobs of a workspace are listed unless told otherwise.
const defaultJobs = 200

// Options say which Azure to speak to and as whom.
type Options struct {
	Carrier          model.Carrier          // sim, emulator, azure
	Endpoint         string                 // base URL of ARM; "" for the cloud's own
	Cloud            string                 // public (or ""), usgovernment, china
	Credential       azcore.TokenCredential // nil for sim and emulator: a made-up token is sent
	Transport        policy.Transporter     // nil: an HTTP client of this package; sim needs one
	Now              func() time.Time       // the time on the wall
	Scenario, Tenant string                 // for Origin
	Note, Why        string                 // for Origin
	JobsPerWorkspace int                    // most jobs listed of a workspace; 0 means 200
	Logger           *slog.Logger           // nil: silent
}

// Client speaks to one Azure. It is safe for concurrent use and starts no
// goroutine that outlives a call.
type Client struct {
	origin model.Origin
	base   *url.URL
	jobs   int
	now    func() time.Time
	cred   azcore.TokenCredential
	signIn *SignIn // nil: another credential
	arm    *arm.ClientOptions
	raw    *arm.Client // for what the generated clients cannot ask: any id, operation URLs
	subs   *armsubscriptions.Client
	watch  *watcher
	prices priceList

	lists   *memory   // the last answer to each list
	reasons explained // why endpoints and deployments failed

	mu        sync.Mutex
	factories map[model.SubscriptionID]*armmachinelearning.ClientFactory
}

var _ backend.Cloud = (*Client)(nil)

// New makes a client. It sends nothing.
func New(o Options) (*Client, error) {
	if o.Now == nil {
		return nil, errors.New("azure client: options need a clock in Now")
	}
	config, base, err := resolveCloud(o.Cloud, o.Endpoint)
	if err != nil {
		return nil, fmt.Errorf("azure client: %w", err)
	}
	cred, err := credentialFor(o)
	if err != nil {
		return nil, fmt.Errorf("azure client: %w", err)
	}
	transport := o.Transport
	if transport == nil {
		if o.Carrier == model.CarrierSim {
			return nil, errors.New("azure client: the simulator is reached through a transport, and none was given")
		}
		transport = newHTTPClient()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.JobsPerWorkspace <= 0 {
		o.JobsPerWorkspace = defaultJobs
	}
	c := &Client{
		origin:    originOf(o, base),
		base:      base,
		jobs:      o.JobsPerWorkspace,
		lists:     newMemory(),
		now:       o.Now,
		cred:      cred,
		signIn:    signInOf(o.Credential),
		watch:     &watcher{now: o.Now, log: o.Logger, trustClock: o.Carrier != model.CarrierAzure},
		factories: map[model.SubscriptionID]*armmachinelearning.ClientFactory{},
	}
	c.arm = &arm.ClientOptions{
		DisableRPRegistration: true,
		ClientOptions: policy.ClientOptions{
			Cloud:                           config,
			InsecureAllowCredentialWithHTTP: base.Scheme == "http",
			Transport:                       bounded{transport},
			// The poller backs off; a retry here would only hide the 429 from it.
			Retry:           policy.RetryOptions{MaxRetries: -1},
			Telemetry:       policy.TelemetryOptions{ApplicationID: "amltop"},
			PerCallPolicies: []policy.Policy{signInGate{c.signIn}, hostGuard{base}, c.watch, tap{}},
		},
	}
	c.raw, err = arm.NewClient("amltop", "v1.0.0", cred, c.arm)
	if err != nil {
		return nil, fmt.Errorf("azure client: %w", err)
	}
	c.subs, err = armsubscriptions.NewClient(cred, c.arm)
	if err == nil {
		c.prices, err = newPriceList(o, base, c.arm.ClientOptions)
	}
	if err != nil {
		return nil, fmt.Errorf("azure client: %w", err)
	}
	return c, nil
}

// originOf is what the screen shows. The simulator is in this process: it has
// no host, whatever name its URLs carry.
func originOf(o Options, base *url.URL) model.Origin {
	at := clouds[cloudName(o.Cloud)]
	origin := model.Origin{
		Carrier: o.Carrier, Host: base.Host, Tenant: o.Tenant, Cloud: cloudName(o.Cloud), Scenario: o.Scenario,
		Portal: at.portal, Studio: at.studio, Note: o.Note, Why: o.Why,
	}
	if o.Carrier == model.CarrierSim {
		origin.Host = ""
	}
	return origin
}

// Origin says where the other end is, and who is signed in there as far as is
// known.
func (c *Client) Origin() model.Origin {
	origin := c.origin
	if c.signIn == nil {
		return origin
	}
	name, tenant := c.signIn.Account()
	origin.Account = name
	if tenant != "" {
		origin.Tenant = tenant
	}
	return origin
}

// Clock is the other end's time, as learned from its answers so far.
func (c *Client) Clock() model.Clock { return c.watch.clockNow() }

// Budgets are the allowances that requests were counted against so far.
func (c *Client) Budgets() []model.Budget { return c.watch.budgetsNow() }

// ml is the SDK's factory for a subscription; its pipeline is made once.
func (c *Client) ml(sub model.SubscriptionID) (*armmachinelearning.ClientFactory, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f := c.factories[sub]; f != nil {
		return f, nil
	}
	f, err := armmachinelearning.NewClientFactory(string(sub), c.cred, c.arm)
	if err != nil {
		return nil, refuse("make a client for the subscription", err)
	}
	c.factories[sub] = f
	return f, nil
}
