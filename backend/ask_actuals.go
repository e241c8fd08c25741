package backend

import (
	"context"
	"time"

	"github.com/amltop/amltop/model"
)

// Memory keeps small values from one session to the next. backend/history's
// store is one.
type Memory interface {
	// Remember keeps a value that JSON can hold under a key.
	Remember(ctx context.Context, key string, value any) error
	// Recall reads a value back into a pointer; false if there is none.
	Recall(ctx context.Context, key string, value any) (bool, error)
}

// ActualsFresh is how long a bill is good: Cost Management's data changes no
// more often, and its units are few.
const ActualsFresh = 4 * time.Hour

// growActuals asks for the bill of a subscription.
func (l *loop) growActuals(sub *model.Subscription) {
	id := sub.ID
	p := &part{key: model.SectionActuals, scope: string(id), sub: id, kind: model.BudgetCost, reads: 1, state: model.Part{Name: sub.Name}}
	p.prepare = func() call { return l.askActuals(p, id) }
	l.grow(p)
}

// askActuals reads a bill, from memory if one there is fresh enough.
func (l *loop) askActuals(p *part, sub model.SubscriptionID) call {
	now, first := l.cloudNow(), !p.loaded()
	return func(ctx context.Context) (apply, error) {
		if first {
			if a := l.recalled(ctx, sub, now); a != nil {
				return func(now, _ time.Time) {
					p.last -= l.cloud.Clock().OnWall(now.Sub(a.AsOf)) // as old as it is
					l.takeActual(p, a)
				}, nil
			}
		}
		a, err := l.cloud.Actual(ctx, sub)
		if err != nil {
			return nil, err
		}
		if l.o.Memory != nil {
			if err := l.o.Memory.Remember(ctx, billKey(sub), a); err != nil {
				l.o.Logger.Warn("the bill is not remembered", "err", err)
			}
		}
		return func(_, _ time.Time) { l.takeActual(p, a) }, nil
	}
}

func billKey(sub model.SubscriptionID) string { return "bill/" + string(sub) }

// recalled is the bill that an earlier session read, or nil.
func (l *loop) recalled(ctx context.Context, sub model.SubscriptionID, now time.Time) *model.Actual {
	if l.o.Memory == nil {
		return nil
	}
	var a model.Actual
	found, err := l.o.Memory.Recall(ctx, billKey(sub), &a)
	if err != nil {
		l.o.Logger.Warn("the last bill is not read", "err", err)
		return nil
	}
	age := now.Sub(a.AsOf)
	if !found || a.Subscription != sub || age < 0 || age >= ActualsFresh || !model.StartOfMonth(now, time.UTC).Equal(a.Month) {
		return nil
	}
	return &a
}

// takeActual takes a bill in. It is not asked for again before its time, whoever
// urges.
func (l *loop) takeActual(p *part, a *model.Actual) {
	l.content = l.actuals.set(p.scope, []*model.Actual{a}) || l.content
	p.rows = len(a.Days)
	p.notUntil = p.last + l.rest(p.key)*9/10
}
