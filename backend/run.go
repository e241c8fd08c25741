package backend

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"github.com/amltop/amltop/model"
)

// runTogether is how many targets are worked on at the same time.
const runTogether = 8

// Run carries commands out without a grace, several targets at a time and the
// commands of one target in order, and returns the operations in the order of
// the commands. progress, if not nil, is told of every change, one at a time.
// An operation that is not final when Run returns was cut off by ctx.
func Run(ctx context.Context, cloud Cloud, o Options, cmds []model.Command, progress func(model.Operation)) []model.Operation {
	o = o.withDefaults()
	b := &batch{cloud: cloud, o: o, progress: progress, prices: newPriceBook(o.terms()), asked: map[string]bool{}}
	ops := make([]model.Operation, len(cmds))
	var byTarget [][]int
	at := map[string]int{}
	for i, c := range cmds {
		g, known := at[c.Target]
		if !known {
			g = len(byTarget)
			at[c.Target] = g
			byTarget = append(byTarget, nil)
		}
		byTarget[g] = append(byTarget[g], i)
	}
	var owner sync.WaitGroup
	slots := make(chan struct{}, runTogether)
	for _, group := range byTarget {
		owner.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			for _, i := range group {
				ops[i] = b.run(ctx, cmds[i], i)
			}
		})
	}
	owner.Wait()
	return ops
}

// batch is one call of Run.
type batch struct {
	cloud    Cloud
	o        Options
	progress func(model.Operation)
	telling  sync.Mutex

	mu     sync.Mutex // guards what follows
	prices *priceBook
	asked  map[string]bool // regions whose sizes were asked for
}

func (b *batch) tell(op model.Operation) {
	if b.progress == nil {
		return
	}
	b.telling.Lock()
	defer b.telling.Unlock()
	b.progress(op)
}

func (b *batch) run(ctx context.Context, c model.Command, i int) model.Operation {
	now := b.cloud.Clock().At(b.o.Now())
	r := &runner{
		cloud: b.cloud, now: b.o.Now, journal: b.o.Journal, gate: newGate(),
		op: model.Operation{
			ID:      model.OpID(strconv.FormatInt(b.o.Now().UnixMilli(), 36) + "-" + strconv.Itoa(i+1)),
			Command: c, Phase: model.PhaseGrace, Asked: now, SendAt: now,
		},
		facts:   func(ctx context.Context) facts { return b.factsOf(ctx, c) },
		changed: b.tell,
		logged:  func(err error) { b.o.Logger.Error("operation", "err", err) },
	}
	if r.journal == nil {
		r.journal = noJournal{}
	}
	if b.o.ReadOnly {
		r.refuse(ctx, &model.Refusal{Class: model.ErrReadOnly, Message: "read-only: " + string(c.Verb) + " is off"})
		return r.op
	}
	func() {
		defer func() {
			if p := recover(); p != nil {
				r.fail(ctx, panicError(p))
			}
		}()
		r.run(ctx, 0)
	}()
	if !r.op.Phase.Final() && r.op.Err == nil {
		r.op.Err = fmt.Errorf("%s of %s was cut off: %w", c.Verb, c.Name, context.Cause(ctx))
	}
	return r.op
}

// factsOf reads a target for its receipt. What cannot be read is not known: a
// receipt is no reason not to act.
func (b *batch) factsOf(ctx context.Context, c model.Command) facts {
	ws := &model.Workspace{ID: model.WorkspaceIDOf(c.Target)}
	if id, err := model.ParseResourceID(c.Target); err == nil {
		ws.Subscription = model.SubscriptionID(id.Subscription)
	}
	if c.Deploy != nil {
		_, price := b.price(ctx, ws, c.Deploy.Location, c.Deploy.VMSize, model.TierStandard)
		return facts{price: price, units: c.Deploy.Instances}
	}
	if spec := c.Create; spec != nil {
		_, price := b.price(ctx, ws, spec.Location, spec.VMSize, spec.Priority.Tier())
		return facts{price: price}
	}
	if sectionOf(c) != model.SectionComputes {
		return facts{}
	}
	found, err := b.cloud.Compute(ctx, c.ARMID)
	if err != nil {
		return facts{}
	}
	now := b.cloud.Clock().At(b.o.Now())
	for _, i := range found.Instances {
		b.price(ctx, ws, i.Location, i.VMSize, model.TierStandard)
		b.join(ws, func(j *joins) { j.now = now; j.instance(i, nil) })
		return instanceFacts(i, b.o.Residue)
	}
	for _, cl := range found.Clusters {
		b.price(ctx, ws, cl.Location, cl.VMSize, cl.Priority.Tier())
		b.join(ws, func(j *joins) { j.now = now; j.cluster(cl, nil) })
		return facts{price: cl.Price}
	}
	return facts{}
}

// join runs a join with the prices that are known.
func (b *batch) join(ws *model.Workspace, fn func(*joins)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	fn(&joins{workspace: ws, prices: b.prices, standing: b.o.standing()})
}

// price asks for a region's sizes once and finds a price there.
func (b *batch) price(ctx context.Context, ws *model.Workspace, location string, name model.SizeName, tier model.Tier) (*model.Size, model.Price) {
	b.mu.Lock()
	defer b.mu.Unlock()
	scope := regionScope(ws.Subscription, location)
	if location != "" && !b.asked[scope] {
		b.asked[scope] = true
		if sizes, _, err := b.cloud.Sizes(ctx, ws.Subscription, location, 0); err == nil {
			for _, s := range sizes {
				prepareSize(s, model.RegionKey(location), b.cloud.Clock().At(b.o.Now()))
			}
			b.prices.set(scope, sizes)
		}
	}
	return b.prices.find(ws.Subscription, location, name, tier)
}
