package history

import (
	"database/sql"

	"github.com/amltop/amltop/model"
)

// PartKey is what one list call covers: a section of a workspace.
type PartKey struct {
	Section   model.SectionKey
	Workspace model.WorkspaceID
}

// Part is a part with what people call it.
type Part struct {
	PartKey
	Name         string // of the workspace
	Subscription model.SubscriptionID
}

// dictionary remembers the ids of what many rows share.
type dictionary struct {
	words  map[string]int64
	parts  map[PartKey]int64
	shapes map[model.Billing]int64
	byID   map[int64]*model.Billing
	loaded int64 // all shapes up to this id are known
	kinds  map[string]string
	residents
}

func newDictionary() *dictionary {
	d := &dictionary{}
	d.forget()
	return d
}

func (d *dictionary) forget() {
	d.words, d.parts = map[string]int64{}, map[PartKey]int64{}
	d.shapes, d.byID, d.loaded = map[model.Billing]int64{}, map[int64]*model.Billing{}, 0
	d.kinds, d.residents = map[string]string{}, residents{}
}

func (t *tx) word(text string) (int64, error) {
	if id, ok := t.known.words[text]; ok {
		return id, nil
	}
	id, err := t.find("SELECT id FROM word WHERE text = ?", "INSERT INTO word(text) VALUES(?)", text)
	if err == nil {
		t.known.words[text] = id
	}
	return id, err
}

// find reads the id of a row, which it makes if there is none.
func (t *tx) find(sel, ins string, args ...any) (int64, error) {
	var id int64
	found, err := t.one(sel, args, &id)
	if found || err != nil {
		return id, err
	}
	st, err := t.statement(ins)
	if err != nil {
		return 0, err
	}
	done, err := st.ExecContext(t.ctx, args...)
	if err != nil {
		return 0, err
	}
	return done.LastInsertId()
}

func (t *tx) part(p Part) (int64, error) {
	if id, ok := t.known.parts[p.PartKey]; ok {
		return id, nil
	}
	var id int64
	found, err := t.one("SELECT id FROM part WHERE section = ? AND workspace = ?", []any{string(p.Section), string(p.Workspace)}, &id)
	if err == nil && !found {
		err = t.exec("INSERT INTO part(section, workspace, workspace_name, subscription) VALUES(?, ?, ?, ?)",
			string(p.Section), string(p.Workspace), p.Name, string(p.Subscription))
		if err == nil {
			return t.part(p)
		}
	}
	if err == nil {
		t.known.parts[p.PartKey] = id
	}
	return id, err
}

const shapeColumns = "state, units, idle_units, unsure, vm_size, tier, location, owner, price, price_source, standing, standing_source, currency"

func (t *tx) shape(b model.Billing) (int64, error) {
	b = canonical(b)
	if id, ok := t.known.shapes[b]; ok {
		return id, nil
	}
	id, err := t.find(
		`SELECT id FROM shape WHERE state = ? AND units = ? AND idle_units = ? AND unsure = ? AND vm_size = ? AND tier = ? AND location = ?
		 AND owner = ? AND price = ? AND price_source = ? AND standing = ? AND standing_source = ? AND currency = ?`,
		"INSERT INTO shape("+shapeColumns+") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		b.State, b.Units, b.Idle, b.Unsure, string(b.VMSize), string(b.Tier), b.Location, b.Owner,
		amount(b.Price), int(b.Price.Source), amount(b.Standing), int(b.Standing.Source), b.Currency())
	if err == nil {
		t.known.shapes[b], t.known.byID[id] = id, &b
	}
	return id, err
}

// amount is a price as the file has it.
func amount(p model.Price) int64 {
	if !p.Known() {
		return -1
	}
	return int64(p.PerHour)
}

// canonical is a billing as it comes back from the file: with one currency, an
// explicit one. A standing charge in another currency than the VM's cannot be
// added to it, and is unknown.
func canonical(b model.Billing) model.Billing {
	currency := b.Currency()
	if b.Standing.Known() && b.Standing.CurrencyCode() != currency {
		b.Standing = model.Price{}
	}
	for _, p := range []*model.Price{&b.Price, &b.Standing} {
		if p.Known() {
			*p = p.Bare()
			p.Currency = currency
		} else {
			*p = model.Price{}
		}
	}
	return b
}

// kind is a kind, in memory once.
func (d *dictionary) kind(k string) string {
	if same, ok := d.kinds[k]; ok {
		return same
	}
	d.kinds[k] = k
	return k
}

// billing reads a shape. What it points to never changes.
func (t *tx) billing(id int64) (*model.Billing, error) {
	if b, ok := t.known.byID[id]; ok {
		return b, nil
	}
	var row shapeRow
	found, err := t.one("SELECT "+shapeColumns+" FROM shape WHERE id = ?", []any{id}, row.dest()...)
	if err == nil && !found {
		err = sql.ErrNoRows
	}
	if err != nil {
		return nil, err
	}
	b := row.billing()
	t.known.shapes[b], t.known.byID[id] = id, &b
	return &b, nil
}

// loadShapes reads the shapes that are new since the last time: for whoever
// needs most of them, one by one would take longer. Shapes never change.
func (t *tx) loadShapes() error {
	var id int64
	var row shapeRow
	return t.each("SELECT id, "+shapeColumns+" FROM shape WHERE id > ? ORDER BY id", []any{t.known.loaded}, func() error {
		b := row.billing()
		t.known.shapes[b], t.known.byID[id], t.known.loaded = id, &b, id
		return nil
	}, append([]any{&id}, row.dest()...)...)
}

// shapeRow takes a shape from a result.
type shapeRow struct {
	b               model.Billing
	price, standing int64
	sources         [2]int
	currency        string
}

func (r *shapeRow) dest() []any {
	return []any{&r.b.State, &r.b.Units, &r.b.Idle, &r.b.Unsure, &r.b.VMSize, &r.b.Tier, &r.b.Location, &r.b.Owner,
		&r.price, &r.sources[0], &r.standing, &r.sources[1], &r.currency}
}

func (r *shapeRow) billing() model.Billing {
	b := r.b
	b.Price, b.Standing = model.Price{}, model.Price{}
	if r.price >= 0 && r.sources[0] > 0 {
		b.Price = model.Price{PerHour: model.Money(r.price), Currency: r.currency, Source: model.PriceSource(r.sources[0])}
	}
	if r.standing >= 0 && r.sources[1] > 0 {
		b.Standing = model.Price{PerHour: model.Money(r.standing), Currency: r.currency, Source: model.PriceSource(r.sources[1])}
	}
	return b
}
