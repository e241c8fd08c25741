package backend

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/amltop/amltop/model"
)

// fakeCloud is a cloud whose answers a test writes down.
type fakeCloud struct {
	mu      sync.Mutex
	now     func() time.Time
	latency time.Duration
	budget  model.Budget                                  // of reads, if Limit is set
	graph   func() ([]*model.Workspace, Endpoints, error) // Resource Graph; nil: it refuses
	clock   model.Clock
	calls   []fakeCall
	open    map[string]int // calls under way, by name
	overlap bool           // two of the same were under way together

	subs       []model.SubscriptionID
	workspaces map[model.SubscriptionID][]string
	computes   map[string]Computes // by workspace name
	jobs       map[string][]*model.Job
	endpoints  map[string][]*model.Endpoint
	deploys    map[string][]*model.Deployment
	sizes      []*model.Size
	retail     []RetailPrice                          // nil: there is no such list
	bills      map[model.SubscriptionID]*model.Actual // nil: empty ones, uncounted
	fail       func(call string) error                // by call name, "computes ws1"; nil: none

	begin func(model.Command) (Pending, error)
	state func(model.Command) (TargetState, error)
}

type fakeCall struct {
	name string
	at   time.Time
}

func newFake() *fakeCloud {
	return &fakeCloud{
		now: time.Now, open: map[string]int{},
		subs:       []model.SubscriptionID{"sub1"},
		workspaces: map[model.SubscriptionID][]string{"sub1": {"ws1"}},
		computes:   map[string]Computes{},
		jobs:       map[string][]*model.Job{},
		endpoints:  map[string][]*model.Endpoint{},
		deploys:    map[string][]*model.Deployment{},
	}
}

// ask notes a call, takes its time, and fails it if the test says so.
func (f *fakeCloud) ask(ctx context.Context, name string) error {
	f.mu.Lock()
	f.calls = append(f.calls, fakeCall{name, f.now()})
	f.open[name]++
	f.overlap = f.overlap || f.open[name] > 1
	latency, fail := f.latency, f.fail
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		f.open[name]--
		f.mu.Unlock()
	}()
	if latency > 0 && !sleep(ctx, latency) {
		return ctx.Err()
	}
	if fail != nil {
		return fail(name)
	}
	return ctx.Err()
}

// set changes the cloud.
func (f *fakeCloud) set(fn func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	fn()
}

// times are when a call was made.
func (f *fakeCloud) times(name string) []time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	var at []time.Time
	for _, c := range f.calls {
		if c.name == name {
			at = append(at, c.at)
		}
	}
	return at
}

// within counts the calls of a name in the last d.
func (f *fakeCloud) within(name string, d time.Duration) int {
	n := 0
	for _, at := range f.times(name) {
		if f.now().Sub(at) < d {
			n++
		}
	}
	return n
}

// overlapped reports whether two of the same call were under way together.
func (f *fakeCloud) overlapped() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.overlap
}

func (f *fakeCloud) total() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.calls)
}

func (f *fakeCloud) Origin() model.Origin { return model.Origin{Carrier: model.CarrierSim} }

func (f *fakeCloud) Clock() model.Clock {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.clock
}

func (f *fakeCloud) Budgets() []model.Budget {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.budget.Limit == 0 {
		return nil
	}
	b := f.budget
	b.Kind, b.Scope, b.Global, b.Sent = model.BudgetReads, "sub1", -1, uint64(len(f.calls))
	return []model.Budget{b}
}

func (f *fakeCloud) found() ([]*model.Workspace, Endpoints, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.graph == nil {
		return nil, Endpoints{}, &model.Refusal{Class: model.ErrDenied, Status: 403}
	}
	return f.graph()
}

func (f *fakeCloud) FindWorkspaces(ctx context.Context, _ []model.SubscriptionID, _ Version) ([]*model.Workspace, Version, error) {
	if err := f.ask(ctx, "find workspaces"); err != nil {
		return nil, 0, err
	}
	rows, _, err := f.found()
	return rows, 0, err
}

func (f *fakeCloud) FindEndpoints(ctx context.Context, _ []model.SubscriptionID, _ Version) (Endpoints, error) {
	if err := f.ask(ctx, "find endpoints"); err != nil {
		return Endpoints{}, err
	}
	_, rows, err := f.found()
	return rows, err
}

func (f *fakeCloud) Subscriptions(ctx context.Context) ([]*model.Subscription, error) {
	if err := f.ask(ctx, "subscriptions"); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var rows []*model.Subscription
	for _, id := range f.subs {
		rows = append(rows, &model.Subscription{ID: id, Name: string(id)})
	}
	return rows, nil
}

func workspaceID(sub model.SubscriptionID, name string) model.WorkspaceID {
	return model.WorkspaceID(fmt.Sprintf("/subscriptions/%s/resourcegroups/rg/providers/microsoft.machinelearningservices/workspaces/%s", sub, name))
}

// ws1 is the workspace most tests have.
var ws1 = workspaceID("sub1", "ws1")

func (f *fakeCloud) Workspaces(ctx context.Context, sub model.SubscriptionID, _ Version) ([]*model.Workspace, Version, error) {
	if err := f.ask(ctx, "workspaces "+string(sub)); err != nil {
		return nil, 0, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var rows []*model.Workspace
	for _, name := range f.workspaces[sub] {
		rows = append(rows, &model.Workspace{
			Resource: model.Resource{Name: name, Location: "eastus"}, ID: workspaceID(sub, name), Subscription: sub, ResourceGroup: "rg",
		})
	}
	return rows, 0, nil
}

func copies[R any](rows []*R) []*R {
	var fresh []*R
	for _, r := range rows {
		c := *r
		fresh = append(fresh, &c)
	}
	return fresh
}

func (f *fakeCloud) Computes(ctx context.Context, ws *model.Workspace, held Version) (Computes, error) {
	if err := f.ask(ctx, "computes "+ws.Name); err != nil {
		return Computes{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.computes[ws.Name]
	if held != 0 && held == c.Version {
		return Computes{Version: held}, nil
	}
	return Computes{copies(c.Clusters), copies(c.Instances), copies(c.Attached), c.Version}, nil
}

func (f *fakeCloud) Compute(ctx context.Context, armID string) (Computes, error) {
	if err := f.ask(ctx, "compute "+model.BaseName(armID)); err != nil {
		return Computes{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, all := range f.computes {
		for _, i := range all.Instances {
			if string(i.ID) == model.Fold(armID) {
				return Computes{Instances: copies([]*model.Instance{i})}, nil
			}
		}
	}
	return Computes{}, &model.Refusal{Class: model.ErrNotFound, Status: 404}
}

func (f *fakeCloud) Nodes(ctx context.Context, c *model.Cluster) ([]model.Node, error) {
	err := f.ask(ctx, "nodes "+c.Name)
	return []model.Node{{ID: "tvm-1", Cluster: c.ID, State: "idle"}}, err
}

func (f *fakeCloud) Jobs(ctx context.Context, ws *model.Workspace, _ Version) ([]*model.Job, Version, error) {
	if err := f.ask(ctx, "jobs "+ws.Name); err != nil {
		return nil, 0, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return copies(f.jobs[ws.Name]), 0, nil
}

func (f *fakeCloud) Endpoints(ctx context.Context, ws *model.Workspace, _ Version) (Endpoints, error) {
	if err := f.ask(ctx, "endpoints "+ws.Name); err != nil {
		return Endpoints{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return Endpoints{copies(f.endpoints[ws.Name]), copies(f.deploys[ws.Name]), 0}, nil
}

func (f *fakeCloud) Sizes(ctx context.Context, sub model.SubscriptionID, location string, _ Version) ([]*model.Size, Version, error) {
	if err := f.ask(ctx, "sizes "+location); err != nil {
		return nil, 0, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return copies(f.sizes), 0, nil
}

func (f *fakeCloud) Quotas(ctx context.Context, sub model.SubscriptionID, location string, _ Version) ([]*model.Quota, Version, error) {
	return []*model.Quota{{ID: "q", Name: "Total"}}, 0, f.ask(ctx, "quotas "+location)
}

func (f *fakeCloud) Retail(ctx context.Context, location, currency string) ([]RetailPrice, error) {
	if f.retail == nil {
		return nil, &model.Refusal{Class: model.ErrNotFound, Status: 404}
	}
	return f.retail, f.ask(ctx, "retail "+location+" "+currency)
}

func (f *fakeCloud) Actual(ctx context.Context, sub model.SubscriptionID) (*model.Actual, error) {
	if f.bills == nil {
		if f.fail != nil {
			if err := f.fail("bill " + string(sub)); err != nil {
				return nil, err
			}
		}
		return &model.Actual{Subscription: sub}, nil
	}
	if err := f.ask(ctx, "bill "+string(sub)); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.bills[sub], nil
}

func (f *fakeCloud) Events(context.Context, string, time.Time) ([]model.Event, error) {
	return nil, nil
}

func (f *fakeCloud) Describe(context.Context, string) (json.RawMessage, error) {
	return json.RawMessage("{}"), nil
}

func (f *fakeCloud) Logs(context.Context, string, int) (string, error) { return "log", nil }

func (f *fakeCloud) Capacity(context.Context, string) (model.Capacity, error) {
	return model.Capacity{Min: 1, Max: 50, Default: 1}, nil
}

func (f *fakeCloud) Begin(ctx context.Context, c model.Command) (Pending, error) {
	if err := f.ask(ctx, "begin "+string(c.Verb)+" "+c.Name); err != nil {
		return nil, err
	}
	return f.begin(c)
}

func (f *fakeCloud) State(ctx context.Context, c model.Command) (TargetState, error) {
	if err := f.ask(ctx, "state "+c.Name); err != nil {
		return TargetState{}, err
	}
	return f.state(c)
}
