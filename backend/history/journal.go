package history

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/amltop/amltop/model"
)

// operationsKept is how many operations that are over the journal holds.
const operationsKept = 5000

// Journal is the store as a journal of operations: what it has recorded is on
// disk when Record returns. It implements backend.Journal.
type Journal struct{ s *Store }

// Journal is the store's journal.
func (s *Store) Journal() Journal { return Journal{s} }

// Record writes down how far an operation is.
func (j Journal) Record(ctx context.Context, op model.Operation) error {
	body, err := encode(op)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	_, err = j.s.safe.ExecContext(ctx, `INSERT INTO operation(id, holder, phase, final, asked, verb, target, detail, body) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT(id) DO UPDATE SET holder = excluded.holder, phase = excluded.phase, final = excluded.final, detail = excluded.detail, body = excluded.body`,
		string(op.ID), j.s.holder.name, string(op.Phase), op.Phase.Final(), op.Asked.UnixMilli(), string(op.Command.Verb), op.Command.Target,
		unsign(op.Detail), body)
	if err != nil {
		return fmt.Errorf("journal: %w", explain(err))
	}
	return nil
}

// Unfinished takes over the operations that a program which is no more left
// without an end, oldest first: what backend.Options.Unfinished wants. Of two programs that
// ask at once, one gets each.
func (j Journal) Unfinished(ctx context.Context) ([]model.Operation, error) {
	t, err := j.s.safe.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", explain(err))
	}
	rows, err := t.QueryContext(ctx, "SELECT id, holder, body FROM operation WHERE final = 0 ORDER BY asked")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("journal: %w", explain(err)), dropped(t.Rollback()))
	}
	var left []model.Operation
	var id, holder, body string
	running := map[string]bool{j.s.holder.name: true}
	err = drain(rows, func() error {
		if _, asked := running[holder]; !asked {
			running[holder] = alive(j.s.o.Path, holder)
		}
		if running[holder] {
			return nil
		}
		op, err := decode(body)
		left = append(left, op)
		return err
	}, &id, &holder, &body)
	for _, op := range left {
		if err == nil {
			_, err = t.ExecContext(ctx, "UPDATE operation SET holder = ? WHERE id = ?", j.s.holder.name, string(op.ID))
		}
	}
	if err == nil {
		err = t.Commit()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("journal: %w", explain(err)), dropped(t.Rollback()))
	}
	return left, nil
}

// Operations reads the newest operations, newest first.
func (j Journal) Operations(ctx context.Context, limit int) ([]model.Operation, error) {
	rows, err := j.s.read.QueryContext(ctx, "SELECT body FROM operation ORDER BY asked DESC, id DESC LIMIT ?", limit)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", explain(err))
	}
	var list []model.Operation
	var body string
	err = drain(rows, func() error {
		op, err := decode(body)
		list = append(list, op)
		return err
	}, &body)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", explain(err))
	}
	return list, nil
}

// written is an operation as the journal has it: its error is text.
type written struct {
	model.Operation
	Err   string `json:",omitempty"`
	Class string `json:",omitempty"`
}

// classes are the classes of refusal by the word they are written as.
var classes = []error{
	model.ErrNotFound, model.ErrConflict, model.ErrDenied, model.ErrSignIn, model.ErrThrottled,
	model.ErrUnreachable, model.ErrReadOnly, model.ErrNotNow, model.ErrWrongKind,
}

func encode(op model.Operation) (string, error) {
	w := written{Operation: op}
	w.Operation.Err = nil
	if op.Err != nil {
		w.Err = op.Err.Error()
		for _, class := range classes {
			if errors.Is(op.Err, class) {
				w.Class = class.Error()
			}
		}
	}
	var text strings.Builder
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false) // so that queries of URLs are found
	err := e.Encode(w)
	return unsign(strings.TrimSpace(text.String())), err
}

func decode(body string) (model.Operation, error) {
	var w written
	if err := json.Unmarshal([]byte(body), &w); err != nil {
		return w.Operation, fmt.Errorf("an entry cannot be read: %w", err)
	}
	op := w.Operation
	if w.Err != "" {
		op.Err = &model.Refusal{Class: classOf(w.Class), Message: w.Err}
	}
	return op, nil
}

func classOf(word string) error {
	for _, class := range classes {
		if class.Error() == word {
			return class
		}
	}
	return nil
}

var signed = regexp.MustCompile(`(https?://[^\s"\\?]+)\?[^\s"\\]*`)

// unsign takes the query off every URL: that is where signatures are, and the
// state is read again without it.
func unsign(text string) string { return signed.ReplaceAllString(text, "$1") }
