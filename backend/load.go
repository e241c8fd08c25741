package backend

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/amltop/amltop/model"
)

// loadShare is the part of an allowance a one-shot load may spend, in per cent:
// it is over in a moment. Who wants less than the usual share gets less.
const loadShare = 90

// Load asks once for everything that some sections need, none for all: the tree
// above them, and what their rows are joined with. What failed is in the
// snapshot's parts. The error is for when nothing could be had of a section;
// the snapshot then holds what there is, and is nil only if ctx ended before
// there was any.
func Load(ctx context.Context, cloud Cloud, o Options, sections ...model.SectionKey) (*model.Snapshot, error) {
	within, cancel := context.WithCancel(ctx)
	if o.Cadence.Share == 0 || o.Cadence.Share >= defaultShare {
		o.Cadence.Share = loadShare
	}
	l := newLoop(within, cloud, o)
	l.once, l.wanted = true, needed(sections)
	s := start(l, cancel)
	var err error
	select {
	case <-l.settled:
	case <-within.Done():
		err = fmt.Errorf("load: %w", context.Cause(within))
	}
	if closed := s.Close(); err == nil {
		err = closed
	}
	snap := l.feed.latest()
	if err == nil {
		err = nothingOf(snap, sections)
	}
	return snap, err
}

// needed are the sections to ask for, to show some.
func needed(sections []model.SectionKey) map[model.SectionKey]bool {
	if len(sections) == 0 {
		return nil
	}
	want := map[model.SectionKey]bool{model.SectionSubscriptions: true, model.SectionWorkspaces: true}
	for _, key := range sections {
		want[key] = true
		switch key {
		case model.SectionComputes: // how long idle, at what price
			want[model.SectionJobs], want[model.SectionSizes], want[model.SectionPrices] = true, true, true
		case model.SectionEndpoints:
			want[model.SectionSizes], want[model.SectionPrices] = true, true
		case model.SectionSubscriptions:
			delete(want, model.SectionWorkspaces)
		}
	}
	if len(sections) > 1 {
		want[model.SectionWorkspaces] = true
	}
	want[model.SectionDiscovery] = want[model.SectionWorkspaces]
	return want
}

// nothingOf is the error of a snapshot in which nothing of a wanted section, or
// of what leads to it, could be had.
func nothingOf(s *model.Snapshot, sections []model.SectionKey) error {
	way := []model.SectionKey{model.SectionSubscriptions, model.SectionWorkspaces}
	for _, key := range slices.Concat(way, sections) {
		parts := s.Parts[key]
		if len(parts) == 0 || parts.Loaded() > 0 || key == model.SectionActuals { // estimates stand in for bills
			continue
		}
		var errs []error
		for _, p := range parts.Failing() {
			errs = append(errs, fmt.Errorf("%s of %s: %w", key, p.Name, p.Err))
		}
		return fmt.Errorf("load: %w", errors.Join(errs...))
	}
	return nil
}
