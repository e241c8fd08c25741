package history

import (
	"time"

	"github.com/amltop/amltop/model"
)

// watch is when parts were seen, in milliseconds.
type watch map[int64]*partWatch

type partWatch struct {
	spans [][2]int64
	end   int64 // what comes after is neither billed nor a gap yet
}

func (t *tx) loadSeen(w model.Window, slack time.Duration) (watch, error) {
	seen := watch{}
	var part, start, until int64
	to := w.To.UnixMilli()
	err := t.each("SELECT part, start, until FROM seen WHERE until > ? AND start < ?", []any{w.From.UnixMilli(), to}, func() error {
		p := seen[part]
		if p == nil {
			p = &partWatch{end: to}
			seen[part] = p
		}
		p.spans = append(p.spans, [2]int64{start, until})
		if slack > 0 && until < to && to-until <= slack.Milliseconds() {
			p.end = until
		}
		return nil
	}, &part, &start, &until)
	return seen, err
}

// split says how much of [from, to) a part was watched, and how much not.
func (s watch) split(part, from, to int64) (watched, not int64) {
	p := s[part]
	if p == nil {
		return 0, max(0, to-from)
	}
	to = min(to, p.end)
	for _, span := range p.spans {
		watched += max(0, min(to, span[1])-max(from, span[0]))
	}
	return watched, max(0, to-from) - watched
}

// spend is what an item costs in [from, to).
func (s watch) spend(i item, from, to int64, n int) model.Spend {
	watched, not := s.split(i.part, from, to)
	spend := i.billing.Over(watched, n)
	spend.Unobserved = not * int64(n)
	return spend
}

// unseen is what of a window nobody saw.
func (s watch) unseen(part int64, w model.Window) []model.Window {
	var spans []model.Window
	if p := s[part]; p != nil {
		for _, span := range p.spans {
			spans = append(spans, model.Window{From: moment(span[0]), To: moment(span[1])})
		}
	}
	return w.Without(spans)
}
