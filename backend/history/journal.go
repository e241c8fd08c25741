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
	write := func(t *tx) error {
		return t.exec(`INSERT INTO operation(id, holder, phase, final, asked, verb, target, detail, body) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT(id) DO UPDATE SET holder = excluded.holder, phase = excluded.phase, final = excluded.final, detail = excluded.detail, body = excluded.body`,
			string(op.ID), j.s.holder.name, string(op.Phase), op.Phase.Final(), op.Asked.UnixMilli(), string(op.Command.Verb), op.Command.Target,
			unsign(op.Detail), body)
	}
	if err = j.s.secure(ctx, write); errors.Is(err, ErrSetAside) {
		err = j.s.secure(ctx, write) // an operation need not fail of it
	}
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	return nil
}

// Unfinished takes over the operations that a program which is no more left
// without an end, oldest first: what backend.Options.Unfinished wants. Of two programs that
// ask at once, one gets each.
func (j Journal) Unfinished(ctx context.Context) ([]model.Operation, error) {
	var left []model.Operation
	err := j.s.secure(ctx, func(t *tx) error {
		var holder, body string
		running := map[string]bool{j.s.holder.name: true}
		err := t.each("SELECT holder, body FROM operation WHERE final = 0 ORDER BY asked", nil, func() error {
			if _, asked := running[holder]; !asked {
				running[holder] = alive(j.s.o.Path, holder)
			}
			if running[holder] {
				return nil
			}
			op, err := decode(body)
			left = append(left, op)
			return err
		}, &holder, &body)
		for _, op := range left {
			if err == nil {
				err = t.exec("UPDATE operation SET holder = ? WHERE id = ?", j.s.holder.name, string(op.ID))
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	return left, nil
}

// Operations reads the newest operations, newest first.
func (j Journal) Operations(ctx context.Context, limit int) ([]model.Operation, error) {
	var list []model.Operation
	var body string
	err := j.s.ask(ctx, func(t *tx) error {
		return t.each("SELECT body FROM operation ORDER BY asked DESC, id DESC LIMIT ?", []any{limit}, func() error {
			op, err := decode(body)
			list = append(list, op)
			return err
		}, &body)
	})
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
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
