package backend

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/amltop/amltop/model"
)

// timers are what the session does later, because the service cannot hold it.
// They are gone when the session is.
type timers struct {
	holding []*model.Held // soonest first; replaced at every change, never written to
	heldSeq int
}

// busyPause is how soon what is due is tried again while another operation on
// the same target is under way, in time on the wall.
const busyPause = time.Second

// Hold has the session give commands later, each at its moment of the service's
// time, and take back others that it held; all of it or nothing.
func (s *Session) Hold(ctx context.Context, held []model.Held, release []model.HeldID) error {
	var err error
	if posted := s.loop.do(ctx, func() { err = s.loop.keep(held, release) }); posted != nil {
		return posted
	}
	return err
}

func (l *loop) keep(held []model.Held, release []model.HeldID) error {
	if l.o.ReadOnly {
		return &model.Refusal{Class: model.ErrReadOnly, Message: "read-only: nothing is held"}
	}
	kept := slices.DeleteFunc(slices.Clone(l.holding), func(h *model.Held) bool { return slices.Contains(release, h.ID) })
	for _, h := range held {
		l.heldSeq++
		h.ID = model.HeldID("held-" + strconv.Itoa(l.heldSeq))
		kept = append(kept, &h)
	}
	slices.SortStableFunc(kept, func(a, b *model.Held) int { return a.At.Compare(b.At) })
	l.holding, l.content = kept, true
	return nil
}

// giveDue gives what is due, and says when to look again.
func (l *loop) giveDue(now wall) wall {
	clock, at := l.cloud.Clock(), l.cloudNow()
	next := never
	for _, h := range l.holding {
		switch {
		case h.At.After(at):
			return min(next, now+max(minDelay, clock.OnWall(h.At.Sub(at))))
		case l.underWay(h.Command.Target) != nil:
			next = now + busyPause
		default:
			l.give(h, at)
		}
	}
	return next
}

// give begins what was held, or says why it comes to nothing.
func (l *loop) give(h *model.Held, at time.Time) {
	l.holding = slices.DeleteFunc(slices.Clone(l.holding), func(other *model.Held) bool { return other == h })
	l.content = true
	l.freshen(h.Command.Target)
	err := model.Check(l.feed.latest(), h.Command)
	if err == nil {
		_, err = l.begin(h.Command)
	}
	if err != nil {
		l.note(model.Change{
			At: at, Kind: "amltop", Target: h.Command.Target, Name: h.Command.Name, Where: model.BaseName(string(h.Command.Workspace)),
			Text: fmt.Sprintf("what amltop held (%s) comes to nothing: %s", h.Why, err), Health: model.HealthWarn,
		})
	}
}
