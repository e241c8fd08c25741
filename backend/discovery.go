package backend

import (
	"context"
	"errors"
	"time"

	"github.com/amltop/amltop/model"
)

// Azure Resource Graph knows the workspaces, endpoints and deployments of all
// subscriptions: a query for a thousand of them takes the place of thousands of
// list calls. But it lags behind. So what it says is believed where ARM was
// never asked, and otherwise only compared: as long as both say the same, the
// list call rests in the graph's shadow, and what the graph says counts as its
// answer. Where they differ, ARM is asked, and ARM decides.

// shadow is how a part stands to what Resource Graph says of the same.
type shadow struct {
	grown   wall // when the part was
	direct  bool // ARM answered for it
	agreed  bool // the graph's last answer was the same as what is held
	shade   wall // until when that answer is good enough; 0: it says nothing
	confirm wall // when ARM is asked nevertheless
	spoke   bool // of a query: it was answered
}

// patience is how long lists wait for a first answer that may make their call
// unnecessary.
const patience = 3 * time.Second

// shadeOf is how many intervals of discovery its answer stands in for others.
const shadeOf = 2.5

// foretold reports whether an answer under way may make a part's first call
// unnecessary.
func (l *loop) foretold(p *part) bool {
	d := l.part(model.SectionDiscovery, string(p.key))
	return d != nil && !d.spoke && d.fails == 0
}

// growDiscovery adds the query of a section.
func (l *loop) growDiscovery(section model.SectionKey, name string, ask func(*part) call) {
	if l.wanted != nil && !l.wanted[section] {
		return
	}
	p := &part{
		key: model.SectionDiscovery, scope: string(section), kind: model.BudgetGraph, reads: 1,
		state: model.Part{Name: name},
	}
	p.prepare = func() call { return ask(p) }
	if section == model.SectionEndpoints && !l.once {
		p.notUntil = l.now() + firstRows
	}
	l.grow(p)
}

// firstRows is how long the many pages of endpoints wait, so that the first
// targets are there before them.
const firstRows = 500 * time.Millisecond

// asked are the subscriptions that are discovered.
func (l *loop) asked() []model.SubscriptionID {
	var ids []model.SubscriptionID
	for _, s := range l.subscriptions.of("") {
		ids = append(ids, s.ID)
	}
	return ids
}

func (l *loop) findWorkspaces(p *part) call {
	subs, held := l.asked(), p.version
	return func(ctx context.Context) (apply, error) {
		fresh, version, err := l.cloud.FindWorkspaces(ctx, subs, held)
		return func(now, seen time.Time) {
			l.growDiscovery(model.SectionEndpoints, "Resource Graph, endpoints", l.findEndpoints)
			bySub := map[string][]*model.Workspace{}
			for _, ws := range fresh {
				bySub[string(ws.Subscription)] = append(bySub[string(ws.Subscription)], ws)
			}
			l.hear(p, version, len(fresh), now, func(list *part) view {
				rows := l.narrow.workspaces(bySub[list.scope])
				return view{
					same:   sameWorkspaces(rows, l.workspaces.of(list.scope)),
					usable: len(rows) > 0,
					take:   func() { l.takeWorkspaces(list.sub, rows, 0, now, list.state.AsOf) },
				}
			})
		}, err
	}
}

func (l *loop) findEndpoints(p *part) call {
	subs, held := l.asked(), p.version
	return func(ctx context.Context) (apply, error) {
		fresh, err := l.cloud.FindEndpoints(ctx, subs, held)
		return func(now, seen time.Time) {
			byWorkspace := map[model.WorkspaceID]Endpoints{}
			for _, e := range fresh.Endpoints {
				of := byWorkspace[e.Workspace]
				of.Endpoints = append(of.Endpoints, e)
				byWorkspace[e.Workspace] = of
			}
			for _, d := range fresh.Deployments {
				of := byWorkspace[d.Workspace]
				of.Deployments = append(of.Deployments, d)
				byWorkspace[d.Workspace] = of
			}
			l.hear(p, fresh.Version, len(fresh.Endpoints)+len(fresh.Deployments), now, func(list *part) view {
				rows := byWorkspace[list.workspace]
				return view{
					same:   sameEndpoints(rows, l.endpoints.of(list.scope), l.deployments.of(list.scope)),
					usable: complete(rows) && !l.forbidden(list.workspace),
					take:   func() { l.takeEndpoints(list, rows, now, list.state.AsOf) },
				}
			})
		}, err
	}
}

// forbidden reports whether ARM refuses to tell of a workspace's targets: of
// such a one the graph leaves everything out, and that says nothing.
func (l *loop) forbidden(ws model.WorkspaceID) bool {
	p := l.part(model.SectionComputes, string(ws))
	return p == nil || errors.Is(p.state.Err, model.ErrDenied)
}

// view is what the graph says of one list.
type view struct {
	same   bool // it is what is held
	usable bool // it can stand in for an answer never had
	take   func()
}

// hear takes an answer of the graph in, list by list. One that is the answer of
// before goes on standing in for the lists it agreed with.
func (l *loop) hear(p *part, version Version, rows int, now time.Time, of func(*part) view) {
	unchanged := version != 0 && version == p.version
	disputed := false
	p.spoke = true
	for _, list := range l.listsOf(model.SectionKey(p.scope)) {
		switch {
		case list.inFlight || list.ops > 0: // ARM's own answer is on its way
			disputed = true
			continue
		case unchanged:
		default:
			l.compare(list, of(list))
		}
		if list.agreed {
			l.vouch(list, now)
			continue
		}
		disputed = true
		l.plan(list)
	}
	p.version = version
	if disputed {
		p.version = 0 // to be compared again next time
	}
	if !unchanged {
		p.rows, p.reads = rows, max(1, (rows+graphRows-1)/graphRows)
	}
}

// graphRows is how many rows an answer of the graph has at most.
const graphRows = 1000

// listsOf are the parts whose answers the graph stands in for.
func (l *loop) listsOf(section model.SectionKey) []*part {
	var lists []*part
	for _, p := range l.parts {
		if p.key == section {
			lists = append(lists, p)
		}
	}
	return lists
}

// compare holds what the graph says of a list against what is known.
func (l *loop) compare(list *part, v view) {
	switch {
	case list.lost(): // gone, whatever the graph still lists
		list.agreed = false
	case list.direct && v.same:
		list.agreed = true
	case list.direct:
		list.agreed = false
		l.urge(list)
	case v.usable:
		list.agreed = true
		v.take()
	default:
		list.agreed = false
	}
}

// vouch makes the graph's answer count as that of a list.
func (l *loop) vouch(list *part, now time.Time) {
	at := l.now()
	if list.shade == 0 {
		list.confirm = at + scaled(l.o.Cadence.Confirm, l.random.Float64())
		if list.direct {
			list.confirm = at + l.o.Cadence.Confirm
		}
	}
	list.shade = at + scaled(l.o.Cadence.Discovery, shadeOf)
	if now.After(list.state.AsOf) {
		list.answeredAt(now)
	}
	if list.state.Err != nil {
		list.fails, l.content = 0, true
		list.state.Err, list.state.FailedAt, list.state.RetryAt = nil, time.Time{}, time.Time{}
	}
	l.touch(list)
	l.plan(list)
}

// confirmed takes in that ARM itself answered for a list: what the graph says
// is compared with that from now on.
func (l *loop) confirmed(list *part, moved bool) {
	d := l.part(model.SectionDiscovery, string(list.key))
	if d == nil {
		return
	}
	list.confirm = l.now() + l.o.Cadence.Confirm
	if moved || !list.agreed {
		list.agreed, list.shade, d.version = false, 0, 0
	}
}

// unforetold takes in that the graph does not answer: lists go back to asking
// for themselves. One that is merely out of reach, or wants a pause, was right
// a moment ago, and its last answer runs out by itself.
func (l *loop) unforetold(d *part, err error) {
	for _, list := range l.listsOf(model.SectionKey(d.scope)) {
		if !passing(err) {
			list.shade = 0
		}
		l.plan(list)
	}
}

// lengthenShadows has lists wait for the graph's answer after a time in which
// nothing was asked: that one query goes first.
func (l *loop) lengthenShadows() {
	for _, p := range l.parts {
		if p.shade > 0 {
			p.shade = max(p.shade, l.now()+patience)
		}
	}
}
