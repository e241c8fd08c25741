package backend

import (
	"context"

	"github.com/amltop/amltop/model"
)

// leave is the cloud as operations see it: every request waits for its
// allowance, of which people's own actions may use more than the share that is
// for looking. Without it, two hundred instances stopped together would be
// refused for their number.
type leave struct {
	Cloud
	loop *loop
}

// ask waits until a request may be sent, and returns what to call after it.
func (c leave) ask(ctx context.Context, kind model.BudgetKind, cmd model.Command) (done func(), err error) {
	scope := ""
	if id, err := model.ParseResourceID(cmd.Target); err == nil {
		scope = model.Fold(id.Subscription)
	}
	for {
		var purse *allowance
		var wait wall
		err := c.loop.do(ctx, func() {
			now := c.loop.now()
			purse = c.loop.purses.purse(purseKey{kind, scope}, now)
			if wait = purse.waitToAct(now); wait == 0 {
				purse.spend(1)
			}
		})
		if err != nil {
			return nil, err
		}
		if wait == 0 {
			return func() {
				c.loop.post(func() {
					c.loop.purses.heard(c.Cloud.Budgets(), c.loop.now())
					purse.settle(1)
				})
			}, nil
		}
		if !sleep(ctx, wait) {
			return nil, ctx.Err()
		}
	}
}

// Begin implements [Cloud].
func (c leave) Begin(ctx context.Context, cmd model.Command) (Pending, error) {
	kind := model.BudgetWrites
	if cmd.Verb == model.VerbDelete || cmd.Verb == model.VerbUndeploy {
		kind = model.BudgetDeletes
	}
	done, err := c.ask(ctx, kind, cmd)
	if err != nil {
		return nil, err
	}
	defer done()
	p, err := c.Cloud.Begin(ctx, cmd)
	if p == nil || err != nil {
		return p, err
	}
	return leavePending{p, c, cmd}, nil
}

// State implements [Cloud].
func (c leave) State(ctx context.Context, cmd model.Command) (TargetState, error) {
	done, err := c.ask(ctx, model.BudgetReads, cmd)
	if err != nil {
		return TargetState{}, err
	}
	defer done()
	return c.Cloud.State(ctx, cmd)
}

// leavePending asks for leave before it asks how far an operation is.
type leavePending struct {
	Pending
	cloud leave
	cmd   model.Command
}

// Poll implements [Pending].
func (p leavePending) Poll(ctx context.Context) (done bool, progress string, err error) {
	told, err := p.cloud.ask(ctx, model.BudgetReads, p.cmd)
	if err != nil {
		return false, "", err
	}
	defer told()
	return p.Pending.Poll(ctx)
}
