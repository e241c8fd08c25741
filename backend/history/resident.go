package history

// resident is a target as it is now, in what questions need of it.
type resident struct {
	part, shape int32 // shape 0: gone
	kind        string
	since       int64
}

// residents are all targets by their id, held in memory: what has not changed
// need not be read again for every question. 100,000 take 4 MB.
type residents struct {
	rev  int64
	list []resident
}

// current brings what is in memory up to the transaction's moment.
func (t *tx) current() ([]resident, error) {
	r := &t.known.residents
	var id, rev int64
	was := r.rev
	var shape *int64
	var x resident
	err := t.each("SELECT id, part, kind, shape, since, rev FROM target WHERE rev > ?", []any{was}, func() error {
		for int64(len(r.list)) <= id {
			r.list = append(r.list, resident{})
		}
		x.shape = 0
		if shape != nil {
			x.shape = int32(*shape)
		}
		x.kind = t.known.kind(x.kind)
		r.list[id] = x
		r.rev = max(r.rev, rev)
		return nil
	}, &id, &x.part, &x.kind, &shape, &x.since, &rev)
	if err != nil {
		t.known.residents = residents{} // half of a revision may have been read
	}
	return r.list, err
}

// revision is what the transaction marks the targets with that it changes, so
// that others see which those are.
func (t *tx) revision() (int64, error) {
	if t.rev > 0 {
		return t.rev, nil
	}
	var newest *int64
	if _, err := t.one("SELECT max(rev) FROM target", nil, &newest); err != nil {
		return 0, err
	}
	t.rev = 1
	if newest != nil {
		t.rev = *newest + 1
	}
	return t.rev, nil
}
