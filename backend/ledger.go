package backend

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
)

// operationsKept is how many operations that are over a snapshot holds.
const operationsKept = 200

// ledger is the session's operations, newest first.
type ledger struct {
	entries []*entry
	opSeq   int
	opView  []*model.Operation // as published; nil: to be built again
}

// entry is one operation. op is replaced at every change, never written to.
type entry struct {
	op   *model.Operation
	gate *gate
}

// operations lists the operations for a snapshot.
func (g *ledger) operations() []*model.Operation {
	if g.opView == nil && len(g.entries) > 0 {
		g.opView = make([]*model.Operation, len(g.entries))
		for i, e := range g.entries {
			g.opView[i] = e.op
		}
	}
	return g.opView
}

func (g *ledger) find(id model.OpID) *entry {
	for _, e := range g.entries {
		if e.op.ID == id {
			return e
		}
	}
	return nil
}

// underWay is the operation on a target that is not over, or nil.
func (g *ledger) underWay(target string) *model.Operation {
	for _, e := range g.entries {
		if e.op.Command.Target == target && !e.op.Phase.Final() {
			return e.op
		}
	}
	return nil
}

// begin starts an operation, or says why not.
func (l *loop) begin(c model.Command) (model.OpID, error) {
	if l.o.ReadOnly {
		return "", &model.Refusal{Class: model.ErrReadOnly, Message: "read-only: " + string(c.Verb) + " is off"}
	}
	if op := l.underWay(c.Target); op != nil {
		return "", &model.Refusal{
			Class:   model.ErrConflict,
			Message: fmt.Sprintf("%s of %s is under way (%s)", op.Command.Verb, op.Command.Name, op.Phase),
			Next:    "wait until it is over",
		}
	}
	now := l.o.Now()
	clock := l.cloud.Clock()
	l.opSeq++
	op := model.Operation{
		ID:      model.OpID(strconv.FormatInt(l.opened.UnixMilli(), 36) + "-" + strconv.Itoa(l.opSeq)),
		Command: c, Phase: model.PhaseGrace, Asked: clock.At(now), SendAt: clock.At(now.Add(l.o.Grace)),
	}
	r := l.enlist(op)
	l.owner.Go(func() { l.supervise(r, func() { r.run(l.ctx, l.o.Grace) }) })
	return op.ID, nil
}

// freshen publishes what the ledger knows of a target, if the newest snapshot
// is behind, so that a command is judged by the truth.
func (l *loop) freshen(target string) {
	shown := l.feed.latest().Operation(target)
	if known := l.underWay(target); known == nil && shown != nil && !shown.Phase.Final() {
		l.publish(l.now())
	}
}

// enlist puts an operation on the ledger and gives it a runner.
func (l *loop) enlist(op model.Operation) *runner {
	g := newGate()
	r := &runner{
		cloud: leave{l.cloud, l}, now: l.o.Now, journal: l.o.Journal, gate: g, op: op,
		facts:   func(ctx context.Context) facts { return l.factsOf(ctx, op.Command) },
		changed: func(op model.Operation) { l.post(func() { l.noteOperation(op) }) },
		logged:  func(err error) { l.o.Logger.Error("operation", "err", err) },
	}
	if r.journal == nil {
		r.journal = noJournal{}
	}
	l.entries = slices.Insert(l.entries, 0, &entry{op: &op, gate: g})
	l.opView, l.content = nil, true
	l.hold(op.Command, +1)
	l.trimLedger()
	return r
}

// supervise keeps a bug in an operation from ending the program: it fails.
func (l *loop) supervise(r *runner, fn func()) {
	defer func() {
		if p := recover(); p != nil {
			r.fail(l.ctx, panicError(p))
		}
	}()
	fn()
}

// noteOperation takes in how far an operation is.
func (l *loop) noteOperation(op model.Operation) {
	e := l.find(op.ID)
	if e == nil {
		return
	}
	was := e.op.Phase
	e.op = &op
	l.opView, l.content = nil, true
	if op.Phase.Final() && !was.Final() {
		l.hold(op.Command, -1)
	}
}

// sectionOf is the section that shows what a command acts on.
func sectionOf(c model.Command) model.SectionKey {
	switch {
	case c.Verb == model.VerbDeploy, strings.Contains(c.Target, "/onlineendpoints/"), strings.Contains(c.Target, "/batchendpoints/"):
		return model.SectionEndpoints
	case c.Verb == model.VerbCancelJob:
		return model.SectionJobs
	default:
		return model.SectionComputes
	}
}

// hold marks the part of a command's target as holding an operation more or
// less, and asks for it at once when one ends.
func (l *loop) hold(c model.Command, n int) {
	ws := c.Workspace
	if ws == "" {
		ws = model.WorkspaceIDOf(c.Target)
	}
	if p := l.part(sectionOf(c), string(ws)); p != nil {
		p.ops = max(0, p.ops+n)
		p.urgent = p.urgent || n < 0
		l.plan(p)
	}
}

// trimLedger drops the oldest operations that are over.
func (l *loop) trimLedger() {
	over := 0
	l.entries = slices.DeleteFunc(l.entries, func(e *entry) bool {
		if e.op.Phase.Final() {
			over++
		}
		return over > operationsKept && e.op.Phase.Final()
	})
}

// factsOf is what is known of a command's target now.
func (l *loop) factsOf(ctx context.Context, c model.Command) facts {
	var f facts
	_ = l.do(ctx, func() { f = l.rowFacts(c) }) // closed: nothing is known
	return f
}

func (l *loop) rowFacts(c model.Command) facts {
	scope := string(model.WorkspaceIDOf(c.Target))
	for _, i := range l.instances.of(scope) {
		if string(i.ID) == c.Target {
			return instanceFacts(i, l.o.Residue)
		}
	}
	for _, cl := range l.clusters.of(scope) {
		if string(cl.ID) == c.Target {
			return facts{price: cl.Price}
		}
	}
	if ws := l.workspace[model.WorkspaceID(scope)]; ws != nil && c.Deploy != nil && c.Deploy.Kind == model.TargetManaged {
		_, price := l.prices.find(ws.Subscription, ws.Location, c.Deploy.VMSize, model.TierStandard)
		return facts{price: price, units: c.Deploy.Instances}
	}
	if ws := l.workspace[model.WorkspaceID(scope)]; ws != nil && c.Create != nil {
		_, price := l.prices.find(ws.Subscription, c.Create.Location, c.Create.VMSize, c.Create.Priority.Tier())
		return facts{price: price}
	}
	for _, d := range l.deployments.of(scope) {
		if string(d.ID) == c.Target {
			return facts{price: d.Price, units: d.Instances}
		}
	}
	return facts{}
}

// undo takes an operation back while it is in its grace.
func (l *loop) undo(id model.OpID) error {
	e := l.find(id)
	switch {
	case e == nil:
		return &model.Refusal{Class: model.ErrNotFound, Message: fmt.Sprintf("no operation %q", id)}
	case e.gate.undo():
		return nil
	case e.op.Phase == model.PhaseUndone:
		return nil
	default:
		return &model.Refusal{
			Class:   model.ErrConflict,
			Message: fmt.Sprintf("%s of %s was already sent", e.op.Command.Verb, e.op.Command.Name),
		}
	}
}

// takeUp takes up what an earlier session left in the journal.
func (l *loop) takeUp() {
	left, err := l.o.Unfinished(l.ctx)
	if err != nil && l.ctx.Err() == nil {
		l.o.Logger.Error("operations of an earlier run", "err", err)
		l.post(func() {
			l.note(troubleNote(l.cloudNow(), "operations of an earlier run are not taken up: "+err.Error()))
		})
	}
	l.post(func() { l.resume(left) })
}

// resume takes up operations that an earlier session left without an end.
func (l *loop) resume(left []model.Operation) {
	for _, op := range left {
		if op.Phase.Final() || l.find(op.ID) != nil {
			continue
		}
		r := l.enlist(op)
		l.owner.Go(func() { l.supervise(r, func() { r.resume(l.ctx) }) })
	}
}

// resume finishes an operation of an earlier session, or says what became of
// it. One that was never sent is not sent now: whoever wanted it may not be
// here any more.
func (r *runner) resume(ctx context.Context) {
	r.gate.send()
	r.known = r.facts(ctx)
	if r.op.Sent.IsZero() || r.op.Phase == model.PhaseGrace {
		r.op.Sent = time.Time{}
		r.fail(ctx, fmt.Errorf("nothing was sent: the program ended first"))
		return
	}
	r.finish(ctx, nil)
}
