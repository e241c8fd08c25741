package history

import (
	"context"

	"github.com/amltop/amltop/model"
)

// Session is what a recorder follows: a backend.Session.
type Session interface {
	Next(ctx context.Context, after uint64) (*model.Snapshot, error)
	Inherit(ctx context.Context, key model.SectionKey, ws model.WorkspaceID, past map[string]model.Past) error
}

// Follow starts a recorder that writes a session's snapshots down and, once a
// part was seen for the first time, tells the session what is known of the
// month before. It ends with the session, with ctx or with [Recorder.Close].
func (s *Store) Follow(ctx context.Context, session Session, o RecorderOptions) *Recorder {
	ctx, cancel := context.WithCancel(ctx)
	o.Listed = func(ctx context.Context, parts []Listing) error { return s.tellPast(ctx, session, parts) }
	r := s.Record(ctx, o)
	end := r.cancel
	r.cancel = func() { cancel(); end() }
	r.owner.Go(func() {
		for after := uint64(0); ; {
			snap, err := session.Next(ctx, after)
			if err != nil {
				return
			}
			r.Offer(snap)
			after = snap.Seq
		}
	})
	return r
}

func (s *Store) tellPast(ctx context.Context, session Session, parts []Listing) error {
	for _, p := range parts {
		past, err := s.Past(ctx, p.Part.PartKey, model.Window{From: model.StartOfMonth(p.Seen, s.o.Zone), To: p.Seen})
		if err != nil {
			return err
		}
		if err := session.Inherit(ctx, p.Part.Section, p.Part.Workspace, past); err != nil {
			return err
		}
	}
	return nil
}
