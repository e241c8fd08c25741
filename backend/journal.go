package backend

import (
	"context"

	"github.com/amltop/amltop/model"
)

// Journal writes operations down, so that none is lost when the program dies.
// Record is called at every phase; the one for PhaseSending before the request
// leaves: if that record fails, nothing is sent.
type Journal interface {
	Record(ctx context.Context, op model.Operation) error
}

// noJournal forgets.
type noJournal struct{}

func (noJournal) Record(context.Context, model.Operation) error { return nil }
