package history

import (
	"time"

	"github.com/amltop/amltop/model"
)

// watch is when parts were seen, in milliseconds.
type watch struct {
	parts   map[int64]*partWatch
	buckets []bucket
}

type partWatch struct {
	spans [][2]int64
	end   int64   // what comes after is neither billed nor a gap yet
	whole []int64 // how much of each bucket was watched
}

// loadSeen reads when parts were watched in a window. slack is how long a part
// may have gone unseen at the end of the window before that counts as a gap.
func (t *tx) loadSeen(w model.Window, slack time.Duration, buckets []bucket) (watch, error) {
	seen := watch{map[int64]*partWatch{}, buckets}
	var part, start, until int64
	to := w.To.UnixMilli()
	err := t.each("SELECT part, start, until FROM seen WHERE until > ? AND start < ?", []any{w.From.UnixMilli(), to}, func() error {
		p := seen.parts[part]
		if p == nil {
			p = &partWatch{end: to}
			seen.parts[part] = p
		}
		p.spans = append(p.spans, [2]int64{start, until})
		if slack > 0 && until < to && to-until <= slack.Milliseconds() {
			p.end = until
		}
		return nil
	}, &part, &start, &until)
	for _, p := range seen.parts {
		for _, b := range buckets {
			watched, _ := p.split(b.from, b.to)
			p.whole = append(p.whole, watched)
		}
	}
	return seen, err
}

// split says how much of [from, to) the part was watched, and how much not.
func (p *partWatch) split(from, to int64) (watched, not int64) {
	if p == nil {
		return 0, max(0, to-from)
	}
	to = min(to, p.end)
	for _, span := range p.spans {
		watched += max(0, min(to, span[1])-max(from, span[0]))
	}
	return watched, max(0, to-from) - watched
}

// spend counts in what an item that was so in [from, to) costs in each bucket.
func (s watch) spend(y *tally, i *item, from, to int64) {
	p := s.parts[i.part]
	y.find(i)
	for n, b := range s.buckets {
		if b.from >= to || b.to <= from {
			continue
		}
		var watched, not int64
		if p != nil && from <= b.from && to >= b.to {
			watched = p.whole[n]
			not = max(0, min(b.to, p.end)-b.from) - watched
		} else {
			watched, not = p.split(max(from, b.from), min(to, b.to))
		}
		spend := i.billing.Over(watched, 1)
		spend.Unobserved = not
		if spend != (model.Spend{}) {
			i.add(n, spend)
		}
	}
}

// unseen is what of a window nobody saw.
func (s watch) unseen(part int64, w model.Window) []model.Window {
	var spans []model.Window
	if p := s.parts[part]; p != nil {
		for _, span := range p.spans {
			spans = append(spans, model.Window{From: moment(span[0]), To: moment(span[1])})
		}
	}
	return w.Without(spans)
}
