package history

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/amltop/amltop/model"
)

// RecorderOptions say how often a recorder writes. Zero fields take defaults.
type RecorderOptions struct {
	Now   func() time.Time // the time on the wall; needed
	Flush time.Duration    // how often it is written how far parts were watched; default a minute, less where the cloud's time runs faster
	Tidy  time.Duration    // how often old rows are rolled up; default an hour
	// Listed is told of parts that were seen for the first time, or for the
	// first time after a gap, once that is written. It is called by the
	// recorder's goroutine. May be nil.
	Listed func(context.Context, []Listing) error
}

// lag is how long another program may take to write what it has seen, on the
// wall: hours younger than that are not complete.
const lag = 2 * time.Minute

// Recorder writes snapshots down, in a goroutine of its own.
type Recorder struct {
	s      *Store
	o      RecorderOptions
	diff   *differ
	newest atomic.Pointer[model.Snapshot]
	fresh  chan struct{}
	failed atomic.Pointer[error]
	cancel context.CancelFunc
	owner  sync.WaitGroup
	tidied time.Time
	file   *file // that the newest snapshot was held against
	world  bool  // its clock was, too
	heard  bool  // the cloud has answered, so that its time is known
	warmed *file // that questions need not wait for
}

// Record starts a recorder. It ends, with everything written, when ctx does or
// with [Recorder.Close].
func (s *Store) Record(ctx context.Context, o RecorderOptions) *Recorder {
	if o.Flush <= 0 {
		o.Flush = time.Minute
	}
	if o.Tidy <= 0 {
		o.Tidy = time.Hour
	}
	ctx, cancel := context.WithCancel(ctx)
	r := &Recorder{s: s, o: o, diff: newDiffer(s.o.Tolerance), fresh: make(chan struct{}, 1), cancel: cancel, tidied: o.Now()}
	r.owner.Go(func() { r.run(ctx) })
	return r
}

// Offer hands over a snapshot. It never blocks: a snapshot that was not yet
// written is replaced by the next.
func (r *Recorder) Offer(s *model.Snapshot) {
	r.newest.Store(s)
	r.wake()
}

func (r *Recorder) wake() {
	select {
	case r.fresh <- struct{}{}:
	default:
	}
}

// Err is why the newest attempt to write failed; nil if it did not. What could
// not be written is tried again.
func (r *Recorder) Err() error {
	if err := r.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// Close writes what is left and waits for it. The store stays open.
func (r *Recorder) Close() error {
	r.cancel()
	r.owner.Wait()
	return r.Err()
}

func (r *Recorder) run(ctx context.Context) {
	flush := time.NewTimer(r.o.Flush)
	defer flush.Stop()
	for {
		select {
		case <-r.fresh:
			r.take()
			r.write(ctx)
			r.warm(ctx)
		case <-flush.C:
			r.rest(ctx)
			flush.Reset(r.pause())
		case <-ctx.Done():
			ctx, done := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
			defer done()
			r.take()
			r.diff.coverAll()
			r.write(ctx)
			return
		}
	}
}

// warm reads what the first question would have to read, once there is time.
func (r *Recorder) warm(ctx context.Context) {
	if r.warmed == r.s.file() {
		return
	}
	r.warmed = r.s.file()
	if err := r.s.ask(ctx, func(t *tx) error {
		_, err := t.current()
		return errors.Join(err, t.loadShapes())
	}); err != nil {
		r.note(err)
	}
}

// pause is how long until the next flush: what a crash may cost is counted in
// the cloud's time.
func (r *Recorder) pause() time.Duration {
	return max(r.diff.last.Clock.OnWall(r.o.Flush), min(r.o.Flush, 2*time.Second))
}

// take takes in the newest snapshot. Where the cloud's clock jumped back it is
// the first of another world. Before the cloud has answered, a snapshot has the
// time on the wall and nothing else to tell.
func (r *Recorder) take() {
	s := r.newest.Swap(nil)
	if s == nil {
		return
	}
	if r.heard = r.heard || answered(s); !r.heard {
		return
	}
	if jumped(s.Clock.Time, r.diff.last.Clock.Time, r.tolerance(s.Clock)) {
		r.diff.restart()
		r.world = false
	}
	r.diff.take(s)
}

// answered reports whether anything in a snapshot came from the cloud.
func answered(s *model.Snapshot) bool {
	for _, parts := range s.Parts {
		if parts.Loaded() > 0 {
			return true
		}
	}
	return false
}

// tolerance is how far two programs' ideas of the cloud's time may be apart.
func (r *Recorder) tolerance(c model.Clock) time.Duration {
	return max(r.s.o.Tolerance, scaled(10*time.Second, c.Speed))
}

// jumped reports whether a clock that stood at a moment stands before it now.
func jumped(now, before time.Time, tolerance time.Duration) bool {
	return !now.IsZero() && now.Before(before.Add(-tolerance))
}

// again takes the newest snapshot for the first: into another file, or another world.
func (r *Recorder) again() {
	s := r.diff.last
	r.diff.restart()
	if s.Seq > 0 {
		r.diff.take(s)
	}
}

// settleIn makes sure that the file is of this world, and that the batch is
// for this file.
func (r *Recorder) settleIn(ctx context.Context) error {
	if clock := r.diff.last.Clock; !r.world && !clock.Time.IsZero() {
		begun, err := r.s.newWorld(ctx, clock.At(r.o.Now()), r.tolerance(clock))
		if err != nil {
			return err
		}
		r.world = true
		if begun {
			r.again()
		}
	}
	if f := r.s.file(); r.file != f {
		if r.file != nil {
			r.again()
		}
		r.file = f
	}
	return nil
}

// sightingsAtOnce is how many are written in one transaction at most, so that
// nobody waits long for the file.
const sightingsAtOnce = 5000

// write writes the batch, in pieces. What fails is kept for the next time.
func (r *Recorder) write(ctx context.Context) {
	if err := r.settleIn(ctx); err != nil {
		r.note(err)
		return
	}
	b := r.diff.flush()
	for !b.Empty() {
		piece, left := b.split(sightingsAtOnce)
		err := r.s.Observe(ctx, piece)
		if err != nil {
			r.note(err)
			r.diff.back(b)
			if errors.Is(err, ErrSetAside) {
				r.wake() // the new file has it at once, from the beginning
			}
			return
		}
		if r.o.Listed != nil && len(piece.Listings) > 0 && ctx.Err() == nil {
			if err := r.o.Listed(ctx, piece.Listings); err != nil && ctx.Err() == nil {
				r.s.o.Logger.Error("history", "err", err)
			}
		}
		b = left
	}
	r.note(nil)
}

func (r *Recorder) note(err error) {
	if err == nil {
		r.failed.Store(nil)
		return
	}
	if r.Err() == nil && !errors.Is(err, context.Canceled) {
		r.s.o.Logger.Error("history", "err", err)
	}
	r.failed.Store(&err)
}

// rest is what is done now and then: how far parts were watched, sums, and
// the file's size.
func (r *Recorder) rest(ctx context.Context) {
	r.world = false // another program may have gone on writing of an old one
	r.diff.coverAll()
	r.write(ctx)
	wall := r.o.Now()
	if r.diff.last.Seq == 0 || r.Err() != nil {
		return
	}
	clock := r.diff.last.Clock
	if err := r.s.Settle(ctx, r.diff.complete(clock.At(wall), clock.Speed)); err != nil {
		r.note(err)
		return
	}
	if wall.Sub(r.tidied) >= r.o.Tidy {
		r.tidied = wall
		if err := r.s.Tidy(ctx, clock.At(wall)); err != nil {
			r.note(err)
		}
	}
}
