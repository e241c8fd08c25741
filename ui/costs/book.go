package costs

import (
	"cmp"
	"slices"
	"time"

	"github.com/amltop/amltop/model"
)

// Row is what one key costs, in one currency.
type Row struct {
	By       model.CostBy
	Key      string
	Name     string
	Tally    model.Tally   // of one currency
	Idle     model.Money   // an hour, of what stands idle
	Idled    model.Money   // this month, as long as that has stood idle
	Recorded *model.Spend  // what history has of this month; nil: nothing
	Billed   *model.Billed // what Azure billed this month; nil: not known for this key
	Share    int           // of the dearest row's rate, in thousandths
	Pane     string        // where most of it is
	Target   any           // the model's value, where the row is one target that is still there
	Where    string        // workspace of a target, else ""
	Sizes    []string      // the sizes of a series, in short
	Spaces   []string      // the workspaces of a subscription, by name
}

// ID tells rows apart.
func (r *Row) ID() string { return r.Key + "\x00" + r.Tally.Currency }

// Book is what a scope of the fleet costs at one moment, and by whom. It is
// read-only once made.
type Book struct {
	At       time.Time
	Grouping Grouping
	Scope    Scope
	Rows     []*Row
	Bars     []Period // from meters; none if they were not asked for
	Budgets  []model.BudgetVerdict
}

// Request is what a book is made of.
type Request struct {
	Snap     *model.Snapshot
	Now      time.Time
	Zone     *time.Location
	Grouping Grouping
	Scope    Scope
	Recorded []model.CostBar // history's answer for the month, by Grouping.Asked; may be nil
	Budgets  []*model.BudgetLine
	Windows  []model.Window // the periods to work out from meters; none where history has them
}

// row that is being added up.
type sum struct {
	*Row
	burns [len(paneNames)]model.Money
	sizes map[string]bool
	rooms map[string]bool
}

// Make works a book out. It looks at every target once.
func Make(q Request) *Book {
	b := &Book{At: q.Now, Grouping: q.Grouping, Scope: q.Scope, Bars: periods(q.Windows)}
	day, month := model.StartOfDay(q.Now, q.Zone), model.StartOfMonth(q.Now, q.Zone)
	sums := map[rowKey]*sum{}
	each(q.Snap, q.Now, month, func(t *target) {
		if !q.Scope.has(t) {
			return
		}
		currency := t.meter.Currency()
		if currency == "USD" {
			currency = ""
		}
		s := b.at(sums, q, rowKey{q.Grouping.key(t), currency}, t.name)
		s.count(q, t, t.meter.Costs(day, month, q.Now))
		measure(b.Bars, q.Windows, t.meter, currency)
	})
	b.remember(sums, q)
	b.finish(sums)
	if q.Scope.Everything() {
		b.Budgets = model.JudgeBudgets(q.Budgets, q.Snap, q.Now, q.Zone)
	}
	return b
}

type rowKey struct{ key, currency string }

// at is the sum of a key, made if there is none.
func (b *Book) at(sums map[rowKey]*sum, q Request, k rowKey, name string) *sum {
	s := sums[k]
	if s == nil {
		r := &Row{By: q.Grouping.By, Key: k.key, Name: q.Grouping.named(q.Snap, k.key, name), Tally: model.NewTally(q.Now)}
		r.Tally.Currency = k.currency
		s = &sum{Row: r}
		sums[k] = s
	}
	return s
}

// count counts a target in.
func (s *sum) count(q Request, t *target, c model.Costs) {
	currency := s.Tally.Currency
	s.Tally.Count(c, currency)
	s.Tally.Currency = currency
	s.Idle += t.idle
	s.Idled += t.idled
	s.burns[slices.Index(paneNames[:], t.pane)] += c.Burn + 1 // what costs nothing is there all the same
	switch q.Grouping.By {
	case model.CostByTarget:
		s.Target, s.Where = t.row, q.Snap.WorkspaceName(t.workspace)
		if b, ok := q.Snap.BilledTarget(t.id); ok {
			s.Billed = &b
		}
	case model.CostByWorkspace:
		s.billed(q.Snap, t.workspace)
	case BySeries:
		s.sizes = with(s.sizes, shortOf(t))
	case model.CostBySubscription:
		s.rooms = with(s.rooms, q.Snap.WorkspaceName(t.workspace))
	}
}

// billed notes what Azure billed for a workspace.
func (s *sum) billed(snap *model.Snapshot, id model.WorkspaceID) {
	if s.Billed != nil {
		return
	}
	if w := snap.Workspace(id); w != nil {
		if b, ok := snap.BilledWorkspace(w); ok {
			s.Billed = &b
		}
	}
}

// shortOf is a size as panes spell it.
func shortOf(t *target) string {
	if t.sized != nil && t.sized.Name != "" {
		return t.sized.Name.Short()
	}
	return t.size.Short()
}

func with(set map[string]bool, word string) map[string]bool {
	if set == nil {
		set = map[string]bool{}
	}
	set[word] = true
	return set
}

// remember adds what history has of the month, also of what is gone.
func (b *Book) remember(sums map[rowKey]*sum, q Request) {
	var series map[string]string
	if q.Grouping.By == BySeries && len(q.Recorded) > 0 {
		series = seriesOf(q.Snap)
	}
	for i := range q.Recorded {
		bar := &q.Recorded[i]
		currency := bar.Currency
		if currency == "USD" {
			currency = ""
		}
		s := b.at(sums, q, rowKey{q.Grouping.remembered(bar, series), currency}, bar.Name)
		spend := bar.Spend
		if s.Recorded != nil {
			spend = s.Recorded.Plus(spend)
		}
		s.Recorded = &spend
	}
}

// finish puts the rows in order, the dearest first.
func (b *Book) finish(sums map[rowKey]*sum) {
	most := map[string]model.Money{}
	for _, s := range sums {
		dearest := -1
		for i, burn := range s.burns {
			if burn > 0 && (dearest < 0 || burn > s.burns[dearest]) {
				dearest = i
			}
		}
		if dearest >= 0 {
			s.Pane = paneNames[dearest]
		}
		s.Sizes, s.Spaces = sorted(s.sizes), sorted(s.rooms)
		most[s.Tally.Currency] = max(most[s.Tally.Currency], s.Tally.Burn)
		b.Rows = append(b.Rows, s.Row)
	}
	for _, r := range b.Rows {
		if m := most[r.Tally.Currency]; m > 0 {
			r.Share = int(float64(r.Tally.Burn) / float64(m) * 1000)
		}
	}
	slices.SortFunc(b.Rows, func(x, y *Row) int {
		return cmp.Or(cmp.Compare(y.Tally.Burn, x.Tally.Burn), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID(), y.ID()))
	})
}

func sorted(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for word := range set {
		if word != "" {
			list = append(list, word)
		}
	}
	slices.Sort(list)
	return list
}
