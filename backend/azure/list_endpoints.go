package azure

import (
	"context"
	"errors"
	"slices"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4"
	"golang.org/x/sync/errgroup"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// endpointsAtOnce bounds how many endpoints are asked for their deployments at
// the same time.
const endpointsAtOnce = 4

// endpointKinds are the kinds of endpoint, in the order they are listed.
var endpointKinds = []model.EndpointKind{model.OnlineEndpoint, model.BatchEndpoint}

// endpointMarks are what is remembered of the lists that make up a workspace's
// endpoints: one of each kind, and one of deployments for each endpoint. They
// are written once.
type endpointMarks struct {
	version backend.Version
	names   map[model.EndpointKind][]string
	lists   map[string]*listMarks // by kind, and by kind and name
}

// list is what is remembered of one of the lists; nothing is of none.
func (m *endpointMarks) list(key string) *listMarks {
	if m == nil {
		return nil
	}
	return m.lists[key]
}

func (m *memory) recallEndpoints(ws model.WorkspaceID, held backend.Version) *endpointMarks {
	m.mu.Lock()
	defer m.mu.Unlock()
	if was := m.endpoints[ws]; was != nil && held != 0 && was.version == held {
		return was
	}
	return nil
}

func (m *memory) keepEndpoints(ws model.WorkspaceID, now *endpointMarks) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.endpoints[ws] = now
}

// endpointReading reads the endpoints of one workspace.
type endpointReading struct {
	*Client
	ml  *armmachinelearning.ClientFactory
	ws  *model.Workspace
	was *endpointMarks // of the answer held; nil: none

	endpoints   map[model.EndpointKind]*listing[wireEndpoint]
	names       map[model.EndpointKind][]string
	deployments map[string]*listing[wireDeployment] // by kind and name; nil: none any more
}

// Endpoints lists online and batch endpoints, and the deployments of each: one
// call for each kind and one for each endpoint. Why one of them failed takes
// another call, once.
func (c *Client) Endpoints(ctx context.Context, ws *model.Workspace, held backend.Version) (backend.Endpoints, error) {
	ml, err := c.ml(ws.Subscription)
	if err != nil {
		return backend.Endpoints{}, err
	}
	r := &endpointReading{
		Client: c, ml: ml, ws: ws, was: c.lists.recallEndpoints(ws.ID, held),
		endpoints:   map[model.EndpointKind]*listing[wireEndpoint]{},
		names:       map[model.EndpointKind][]string{},
		deployments: map[string]*listing[wireDeployment]{},
	}
	for _, kind := range endpointKinds {
		if err := r.list(ctx, kind); err != nil {
			return backend.Endpoints{}, err
		}
	}
	if err := r.listDeployments(ctx); err != nil {
		return backend.Endpoints{}, err
	}
	marks, unchanged := r.end()
	if unchanged {
		r.release()
		return backend.Endpoints{Version: marks.version}, nil
	}
	all, failed, err := r.rows()
	if err != nil {
		return backend.Endpoints{}, refuse("list endpoints", err)
	}
	if c.explain(ctx, ws.ID, failed) { // else it is to be asked again
		all.Version = marks.version
		c.lists.keepEndpoints(ws.ID, marks)
	}
	return all, nil
}

// list reads the endpoints of a kind.
func (r *endpointReading) list(ctx context.Context, kind model.EndpointKind) error {
	l := newListing[wireEndpoint](r.lists.seed, r.was.list(string(kind)))
	r.endpoints[kind] = l
	group, ws := r.ws.ResourceGroup, r.ws.Name
	var err error
	if kind == model.BatchEndpoint {
		err = l.read(ctx, "list batch endpoints", 0, pages(r.ml.NewBatchEndpointsClient().NewListPager(group, ws, nil)))
	} else {
		err = l.read(ctx, "list online endpoints", 0, pages(r.ml.NewOnlineEndpointsClient().NewListPager(group, ws, nil)))
	}
	if err != nil {
		return err
	}
	if _, unchanged := l.end(); unchanged {
		r.names[kind] = r.was.names[kind]
		return nil
	}
	for i := range l.list {
		if l.list[i].ID != "" {
			r.names[kind] = append(r.names[kind], nameOf(l.list[i].Name, l.list[i].ID))
		}
	}
	return nil
}

// listDeployments asks every endpoint for its deployments. One that was deleted
// meanwhile has none.
func (r *endpointReading) listDeployments(ctx context.Context) error {
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(endpointsAtOnce)
	for _, kind := range endpointKinds {
		for _, name := range r.names[kind] {
			key := deploymentsKey(kind, name)
			l := newListing[wireDeployment](r.lists.seed, r.was.list(key))
			r.deployments[key] = l
			group.Go(func() error {
				err := r.listBehind(within, kind, name, l)
				if errors.Is(err, model.ErrNotFound) {
					l.comparison = newComparison(r.lists.seed, nil)
					return nil
				}
				return err
			})
		}
	}
	return group.Wait()
}

func deploymentsKey(kind model.EndpointKind, name string) string {
	return string(kind) + "/" + model.Fold(name)
}

func (r *endpointReading) listBehind(ctx context.Context, kind model.EndpointKind, endpoint string, l *listing[wireDeployment]) error {
	group, ws := r.ws.ResourceGroup, r.ws.Name
	if kind == model.BatchEndpoint {
		return l.read(ctx, "list batch deployments", 0, pages(r.ml.NewBatchDeploymentsClient().NewListPager(group, ws, endpoint, nil)))
	}
	return l.read(ctx, "list online deployments", 0, pages(r.ml.NewOnlineDeploymentsClient().NewListPager(group, ws, endpoint, nil)))
}

// end is what to remember of all lists, and whether they are those of before.
func (r *endpointReading) end() (marks *endpointMarks, unchanged bool) {
	now := &endpointMarks{names: r.names, lists: map[string]*listMarks{}}
	unchanged = r.was != nil
	var sums []uint64
	add := func(key string, c *comparison) {
		list, same := c.end()
		unchanged = unchanged && same
		now.lists[key] = list
		sums = append(sums, uint64(list.version))
	}
	for _, kind := range endpointKinds {
		add(string(kind), r.endpoints[kind].comparison)
		for _, name := range r.names[kind] {
			key := deploymentsKey(kind, name)
			add(key, r.deployments[key].comparison)
		}
	}
	if unchanged {
		return r.was, true
	}
	now.version = versionOf(r.lists.seed, sums)
	return now, false
}

// release gives back what was put aside: nothing changed.
func (r *endpointReading) release() {
	for _, l := range r.endpoints {
		l.release()
	}
	for _, l := range r.deployments {
		l.release()
	}
}

// rows maps everything that was read, and names what failed without a reason.
func (r *endpointReading) rows() (all backend.Endpoints, failed failures, err error) {
	for _, kind := range endpointKinds {
		online, err := r.endpoints[kind].all()
		if err != nil {
			return all, nil, err
		}
		for i := range online {
			if online[i].ID == "" {
				continue
			}
			e := mapEndpoint(&online[i], kind, r.ws.ID)
			failed.add(&e.Resource, online[i].Properties.Inner.Operation, &e.Faults)
			all.Endpoints = append(all.Endpoints, e)
		}
	}
	for _, e := range all.Endpoints {
		behind, err := r.deployments[deploymentsKey(e.Kind, e.Name)].all()
		if err != nil {
			return all, nil, err
		}
		for n := range behind {
			if behind[n].ID != "" {
				d := mapDeployment(&behind[n], e)
				failed.add(&d.Resource, behind[n].Properties.Inner.Operation, &d.Faults)
				all.Deployments = append(all.Deployments, d)
			}
		}
	}
	all.Deployments = slices.Clip(all.Deployments)
	return all, failed, nil
}
