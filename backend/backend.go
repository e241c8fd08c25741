// Package backend turns a cloud into snapshots: a poller that asks within a
// budget, a feed that hands on the newest picture, and sessions of operations
// that keep an action's promise. It knows the cloud through one port, [Cloud].
package backend

import (
	"context"
	"encoding/json"
	"time"

	"github.com/amltop/amltop/model"
)

// Cloud is the port: what the poller and the operations need of Azure. The one
// implementation is backend/azure, over ARM's wire format, whether the other
// end is Azure, an emulator or the simulator in this process.
//
// Every method blocks until it has an answer or the context ends, may be called
// from several goroutines, and returns values the caller owns. Lists come
// complete, all pages read. An error is a *model.Refusal wherever the service
// or the network said no.
type Cloud interface {
	// Origin says where the other end is.
	Origin() model.Origin
	// Clock is the other end's time, as learned from its answers so far.
	Clock() model.Clock
	// Budgets are the allowances that requests were counted against so far, as
	// the newest answers reported them.
	Budgets() []model.Budget

	Subscriptions(ctx context.Context) ([]*model.Subscription, error)
	// Workspaces lists a subscription's workspaces. held, here and below, is the
	// version of the answer the caller has, or zero; if the answer still is that
	// one, only its version comes back, and no rows.
	Workspaces(ctx context.Context, sub model.SubscriptionID, held Version) ([]*model.Workspace, Version, error)
	// FindWorkspaces asks Azure Resource Graph for the workspaces of several
	// subscriptions. The graph lags behind by seconds to minutes, and what it
	// does not know of a row is left empty.
	FindWorkspaces(ctx context.Context, subs []model.SubscriptionID, held Version) ([]*model.Workspace, Version, error)
	// FindEndpoints asks Azure Resource Graph for the endpoints and deployments
	// in all workspaces of several subscriptions; with the same reservations.
	FindEndpoints(ctx context.Context, subs []model.SubscriptionID, held Version) (Endpoints, error)
	// Computes lists every compute target of a workspace. Prices, meters and
	// jobs are not filled in: the poller joins them.
	Computes(ctx context.Context, ws *model.Workspace, held Version) (Computes, error)
	// Compute reads one target again, for reading back and for targets in transition.
	Compute(ctx context.Context, armID string) (Computes, error)
	Nodes(ctx context.Context, cluster *model.Cluster) ([]model.Node, error)
	// Jobs lists a workspace's jobs, newest first, at most as many as the client was told to.
	Jobs(ctx context.Context, ws *model.Workspace, held Version) ([]*model.Job, Version, error)
	// Endpoints lists online and batch endpoints with their deployments.
	Endpoints(ctx context.Context, ws *model.Workspace, held Version) (Endpoints, error)
	Sizes(ctx context.Context, sub model.SubscriptionID, location string, held Version) ([]*model.Size, Version, error)
	Quotas(ctx context.Context, sub model.SubscriptionID, location string, held Version) ([]*model.Quota, Version, error)
	// Describe reads any resource as the wire has it.
	Describe(ctx context.Context, armID string) (json.RawMessage, error)
	// Events reads the activity log of a resource since a moment of the other
	// end's time, newest first.
	Events(ctx context.Context, armID string, since time.Time) ([]model.Event, error)
	// Logs reads the newest lines of an online deployment's container log.
	Logs(ctx context.Context, armID string, tail int) (string, error)

	// Capacity reads how many instances an online deployment may have.
	Capacity(ctx context.Context, armID string) (model.Capacity, error)

	// Begin sends a command and returns once the service has accepted it. An
	// error means that it did not.
	Begin(ctx context.Context, c model.Command) (Pending, error)
	// State re-reads what a command aimed at: its state in the service's word,
	// and whether that is the end state the command asked for. gone is true
	// where the target no longer exists.
	State(ctx context.Context, c model.Command) (TargetState, error)

	Accounts
}

// Computes are a workspace's compute targets by kind.
type Computes struct {
	Clusters  []*model.Cluster
	Instances []*model.Instance
	Attached  []*model.Attached
	Version   Version
}

// Endpoints are endpoints and the deployments behind them.
type Endpoints struct {
	Endpoints   []*model.Endpoint
	Deployments []*model.Deployment
	Version     Version
}

// Version tells one answer to a call from another. Zero tells nothing.
type Version uint64

// Pending is an accepted command that the service is still working on.
type Pending interface {
	// Poll asks once. done without an error means the service says it is
	// finished; an error says how it ended, or that asking failed for now when
	// done is false.
	Poll(ctx context.Context) (done bool, progress string, err error)
	// Token can be written down and says what to poll; "" if there is nothing
	// to poll and the state has to be read instead.
	Token() string
}

// TargetState is the state of a command's target as just read.
type TargetState struct {
	State   string // the service's word; for a cluster, "0 → 4 nodes" and the like
	Reached bool   // it is what the command asked for
	Failed  bool   // it is an end state, and not the one asked for
	Gone    bool
	Detail  string // the service's words on a failure
}
