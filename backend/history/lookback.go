package history

import (
	"context"
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// DigestAt is what there was at a moment, as observed by then: the other end
// of a comparison with what there is now. Of a part that was first observed
// later it is what there was when it was: nothing is known from before.
func (s *Store) DigestAt(ctx context.Context, at time.Time) (model.Digest, error) {
	d := model.Digest{At: at, Known: map[model.DigestPart]bool{}, Targets: map[string]model.DigestTarget{}}
	err := s.ask(ctx, func(t *tx) error {
		var section, workspace string
		err := t.each("SELECT section, workspace FROM part WHERE id IN (SELECT part FROM seen)", nil, func() error {
			d.Known[model.DigestPart{Section: model.SectionKey(section), Workspace: model.WorkspaceID(workspace)}] = true
			return nil
		}, &section, &workspace)
		if err != nil {
			return err
		}
		var id string
		var shape int64
		var x model.DigestTarget
		return t.each(`SELECT arm_id, kind, name, section, workspace, x.shape FROM (
				SELECT target, start, "end", shape FROM interval WHERE "end" > ?1
				UNION ALL SELECT id, since, NULL, shape FROM target WHERE shape IS NOT NULL
			) x JOIN target t ON t.id = x.target JOIN part ON part.id = t.part
			JOIN (SELECT part, max(min(start), ?1) AS moment FROM seen GROUP BY part) f ON f.part = t.part
			WHERE start <= moment AND ("end" IS NULL OR "end" > moment)`, []any{at.UnixMilli()}, func() error {
			b, err := t.shapeOf(shape)
			x.State, x.Units, x.Size, x.Owner = b.State, b.Units, b.VMSize, b.Owner
			d.Targets[id] = x
			return err
		}, &id, &x.Kind, &x.Name, &x.Part.Section, &x.Part.Workspace, &shape)
	})
	if err != nil {
		return d, fmt.Errorf("read what there was: %w", err)
	}
	return d, nil
}

// Turns is how often targets changed in a window, by ARM id; those that did
// not are left out.
func (s *Store) Turns(ctx context.Context, w model.Window) (map[string]model.Turns, error) {
	all := map[string]model.Turns{}
	err := s.ask(ctx, func(t *tx) error {
		var id string
		var last int64
		var n model.Turns
		return t.each(`SELECT arm_id, count(*), max(start), max(units) FROM (
				SELECT target, start, shape FROM interval WHERE "end" > ?1 AND start > ?1 AND start < ?2
				UNION ALL SELECT id, since, shape FROM target WHERE since > ?1 AND since < ?2
			) x JOIN target t ON t.id = x.target LEFT JOIN shape ON shape.id = x.shape GROUP BY t.id`,
			[]any{w.From.UnixMilli(), w.To.UnixMilli()}, func() error {
				n.Last = moment(last)
				all[id] = n
				return nil
			}, &id, &n.N, &last, &nullable{&n.Peak})
	})
	if err != nil {
		return nil, fmt.Errorf("read changes: %w", err)
	}
	return all, nil
}

// nullable reads a number that may be NULL, which is 0: a target that is gone
// has no VMs.
type nullable struct{ into *int }

// Scan implements sql.Scanner.
func (n *nullable) Scan(value any) error {
	*n.into = 0
	if v, is := value.(int64); is {
		*n.into = int(v)
	}
	return nil
}

// Unwatched is when nobody watched each part within a window, from its first
// observation on. What is shorter than slack is left out.
func (s *Store) Unwatched(ctx context.Context, w model.Window, slack time.Duration) ([]model.ReportGap, error) {
	var list []model.ReportGap
	err := s.ask(ctx, func(t *tx) error {
		seen := map[model.ReportGap][]model.Window{}
		var g model.ReportGap
		var start, until int64
		err := t.each("SELECT section, workspace_name, part.workspace, start, until FROM seen JOIN part ON part.id = part ORDER BY part.id, start", nil, func() error {
			seen[g] = append(seen[g], model.Window{From: moment(start), To: moment(until)})
			return nil
		}, &g.Section, &g.Workspace, &g.ID, &start, &until)
		for g, spans := range seen {
			known := model.Window{From: latest(w.From, spans[0].From), To: w.To}
			for _, hole := range known.Without(spans) {
				if hole.To.Sub(hole.From) >= slack {
					g.Window = hole
					list = append(list, g)
				}
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read gaps: %w", err)
	}
	return list, nil
}
