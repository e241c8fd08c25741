package history

// Key is one bar's worth of costs: those of an owner, of a workspace.
type Key struct {
	By  By
	Key string // see [By]; for ByTarget the ARM id in lower case
}

// filter tells what is under all of some keys.
type filter struct {
	only          []Key
	y             *tally
	target        int64          // the one that is asked for; 0: any
	parts, shapes map[int64]bool // what was found out of them
}

func (t *tx) filter(y *tally, only []Key) (*filter, error) {
	f := &filter{only: only, y: y, parts: map[int64]bool{}, shapes: map[int64]bool{}}
	for _, k := range only {
		if k.By == ByTarget {
			f.target = -1 // unknown
			if _, err := t.one("SELECT id FROM target WHERE arm_id = ?", []any{k.Key}, &f.target); err != nil {
				return nil, err
			}
		}
	}
	return f, nil
}

// has reports whether an item is under all keys.
func (f *filter) has(i *item) bool {
	return len(f.only) == 0 || (f.target == 0 || f.target == i.target) && f.hasPart(i) && f.hasShape(i) && f.under(i, ByKind)
}

func (f *filter) hasPart(i *item) bool {
	is, known := f.parts[i.part]
	if !known {
		is = f.under(i, BySubscription) && f.under(i, ByWorkspace)
		f.parts[i.part] = is
	}
	return is
}

func (f *filter) hasShape(i *item) bool {
	is, known := f.shapes[i.shape]
	if !known {
		is = f.under(i, ByOwner) && f.under(i, BySize)
		f.shapes[i.shape] = is
	}
	return is
}

func (f *filter) under(i *item, by By) bool {
	for _, k := range f.only {
		if k.By == by && f.y.word(by, i) != k.Key {
			return false
		}
	}
	return true
}

// narrows reports whether there is a key of one of some kinds.
func (f *filter) narrows(by ...By) bool {
	for _, k := range f.only {
		for _, b := range by {
			if k.By == b {
				return true
			}
		}
	}
	return false
}

// among are the only targets, or the only shapes, that can be under the keys;
// nil if the keys do not say so.
func (f *filter) among(list []resident, d *dictionary) (targets, shapes []int64) {
	if f.target != 0 {
		return []int64{f.target}, nil
	}
	if f.narrows(BySubscription, ByWorkspace) {
		targets = []int64{}
		for id, r := range list {
			if r.part != 0 && f.hasPart(&item{part: int64(r.part)}) {
				targets = append(targets, int64(id))
			}
		}
	}
	if f.narrows(ByOwner, BySize) {
		shapes = []int64{}
		for id, b := range d.byID {
			if f.hasShape(&item{shape: id, billing: b}) {
				shapes = append(shapes, id)
			}
		}
	}
	return targets, shapes
}
