package pane

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
)

// box is a row: something with a name, an owner, a price and a clock.
type box struct {
	ID, Name, Owner, State string
	Where                  model.WorkspaceID
	Price                  float64 // < 0: unknown
	Since                  time.Time
	Meter                  model.Meter
}

type boxID string

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// boxes is what the snapshots of these tests hold: a spec reads its rows from
// here, because a snapshot has no boxes.
type boxes struct{ rows []*box }

func (b *boxes) spec() Spec[*box, boxID] {
	return Spec[*box, boxID]{
		Name: "boxes", Title: "boxes", Section: model.SectionComputes,
		Rows:  func(*model.Snapshot) []*box { return b.rows },
		Key:   func(r *box) boxID { return boxID(r.ID) },
		Label: func(r *box) string { return r.Name },
		ARMID: func(r *box) string { return "/" + r.ID },
		Where: func(r *box) model.WorkspaceID { return r.Where },
		Meter: func(r *box) model.Meter { return r.Meter },
		Sort:  "name",
		Empty: "There are no boxes.",
		Columns: []Column[*box]{
			{ID: "name", Title: "NAME", Min: 10, Max: 24, Grow: 2, Cell: func(r *box, _ Env) Cell { return Cell{Text: r.Name} }},
			{ID: "owner", Title: "OWNER", Min: 6, Max: 14, Grow: 1, Drop: 2, Cell: func(r *box, _ Env) Cell { return Cell{Text: r.Owner} }},
			{ID: "state", Title: "STATE", Min: 8, Cell: func(r *box, _ Env) Cell { return Cell{Text: r.State, Tone: toneOfState(r.State)} }},
			{ID: "up", Title: "UP", Min: 6, Drop: 3, Align: Right, Live: true, Desc: true, Cell: upCell, Value: upValue},
			{ID: "price", Title: "$/H", Min: 7, Drop: 1, Align: Right, Desc: true, Cell: priceCell, Value: priceValue},
		},
		Actions: []Action[*box]{
			{ID: "stop", Title: "stop", Mutates: true, Bulk: true, Allowed: stoppable, Command: func(r *box, _ Env) model.Command {
				return model.Command{Verb: model.VerbStop, Target: r.ID, Name: r.Name}
			}},
			{ID: "copy", Title: "copy", Command: func(r *box, _ Env) model.Command { return model.Command{Target: r.ID} }},
			{ID: "edit", Title: "edit", Mutates: true},
			{ID: "make", Title: "make", Mutates: true, Rowless: true},
		},
	}
}

func toneOfState(s string) Tone {
	switch s {
	case "Running":
		return 2
	case "Failed":
		return 5
	default:
		return 0
	}
}

var errStopped = errors.New("it is stopped")

func stoppable(r *box, _ Env) error {
	if r.State == "Stopped" {
		return errStopped
	}
	return nil
}

func upCell(r *box, env Env) Cell {
	if r.Since.IsZero() {
		return Cell{Text: "–", Tone: 1}
	}
	return Cell{Text: model.Ago(env.Now.Sub(r.Since))}
}

func upValue(r *box, env Env) Value {
	if r.Since.IsZero() {
		return Value{}
	}
	return Value{Kind: KindNumber, Number: env.Now.Sub(r.Since).Seconds()}
}

func priceCell(r *box, _ Env) Cell {
	if r.Price < 0 {
		return Cell{Text: "–", Tone: 1}
	}
	return Cell{Text: strconv.FormatFloat(r.Price, 'f', 2, 64), Tone: 6}
}

func priceValue(r *box, _ Env) Value {
	if r.Price < 0 {
		return Value{}
	}
	return Value{Kind: KindNumber, Number: r.Price}
}

// newBox makes a plausible box of a number.
func newBox(n int) *box {
	price := float64(n%40) * 0.31
	if n%7 == 3 {
		price = -1
	}
	b := &box{
		ID:    fmt.Sprintf("/subscriptions/0000/workspaces/ws-%03d/computes/box-%06d", n/100, n),
		Name:  fmt.Sprintf("box-%06d", n),
		Owner: []string{"ana", "ben", "zoé", "carla@contoso.example"}[n%4],
		State: []string{"Running", "Stopped", "Failed"}[n%3],
		Where: model.WorkspaceID(fmt.Sprintf("ws-%03d", n/100)),
		Price: price,
	}
	if n%5 != 0 {
		b.Since = noon.Add(-time.Duration(n%1000) * time.Minute)
	}
	if price >= 0 {
		b.Meter = model.Meter{{
			Price: model.Price{PerHour: model.Money(price * 1e6), Source: model.PriceCatalog},
			Spans: []model.Span{{From: noon.Add(-3 * time.Hour), Units: 1}},
		}}
	}
	return b
}

func newBoxes(n int) *boxes {
	b := &boxes{rows: make([]*box, n)}
	for i := range b.rows {
		b.rows[i] = newBox(i)
	}
	return b
}

func envAt(now time.Time) Env {
	return Env{Snap: (&model.Snapshot{Seq: 1}).Seal(), Now: now, Zone: time.UTC}
}

// driver works a pane the way the program does, with commands run at once.
type driver struct {
	t *testing.T
	Pane
	env Env
}

func drive(t *testing.T, b *boxes) *driver {
	d := &driver{t: t, Pane: New(b.spec()), env: envAt(noon)}
	d.Resize(60, 11)
	d.refresh()
	return d
}

func (d *driver) run(cmd tea.Cmd) {
	if cmd != nil && !d.Apply(cmd()) {
		d.t.Fatal("the pane does not know its own message")
	}
}

func (d *driver) refresh() { d.run(d.SetData(d.env)) }

func (d *driver) filter(text string) {
	cmd, err := d.SetFilter(text, d.env)
	if err != nil {
		d.t.Fatal(err)
	}
	d.run(cmd)
}

func (d *driver) sort(column string) {
	cmd, err := d.Sort(column, d.env)
	if err != nil {
		d.t.Fatal(err)
	}
	d.run(cmd)
}

func (d *driver) moves(motions ...string) {
	for _, m := range motions {
		if !d.Move(m) {
			d.t.Fatalf("motion %q is not known", m)
		}
	}
}

// selected is the name under the cursor, "" if there is none.
func (d *driver) selected() string {
	s, ok := d.Selected(d.env)
	if !ok {
		return ""
	}
	return s.Name
}

func (d *driver) wants(name string) {
	d.t.Helper()
	if got := d.selected(); got != name {
		d.t.Fatalf("the cursor is on %q, want %q", got, name)
	}
}

// names are the names of all rows shown, in order.
func (d *driver) names() []string {
	_, rows := d.Records(d.env)
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r[0]
	}
	return names
}

func shuffled(rows []*box, r *rand.Rand) []*box {
	list := append([]*box(nil), rows...)
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}
