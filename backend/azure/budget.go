package azure

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/amltop/amltop/model"
)

// What Azure says of its allowances. ARM counts by subscription, principal,
// kind of request and the region of ARM that answers. Which region that is, the
// name server decides and not the resource asked for: the requests of one
// client reach one, nearly always. So one bucket is kept for a subscription and
// a kind, and the region is only told; where a second one answers, that is
// spending less than there is.
const (
	headerLeft    = "x-ms-ratelimit-remaining-"
	headerRouting = "x-ms-routing-request-id" // <region>:<time>:<id>
	headerGraph   = "x-ms-user-quota-remaining"
	headerCost    = "x-ms-ratelimit-microsoft.costmanagement-qpu-remaining"
)

// bucket is what a request is counted against.
type bucket struct {
	kind  model.BudgetKind
	scope string // subscription; "" for the tenant or the principal
}

// sizeOf is how large a bucket is and how many tokens a second it gets, since
// 2024 and, in some clouds still, by the hour.
var sizeOf = map[model.BudgetKind]struct{ limit, perSecond, hourly float64 }{
	model.BudgetReads:   {250, 25, 12_000},
	model.BudgetWrites:  {200, 10, 1_200},
	model.BudgetDeletes: {200, 10, 15_000},
	model.BudgetGraph:   {15, 3, 0},
	model.BudgetCost:    {12, 600. / 3600, 0}, // units: 12 in ten seconds, 600 an hour
}

var armKinds = []model.BudgetKind{model.BudgetReads, model.BudgetWrites, model.BudgetDeletes}

// bucketOf is the bucket that a request counts against, by its method and path.
func bucketOf(req *http.Request) bucket {
	path := model.Fold(req.URL.Path)
	var b bucket
	if rest, ok := strings.CutPrefix(path, "/subscriptions/"); ok {
		b.scope, _, _ = strings.Cut(rest, "/")
	}
	switch {
	case strings.Contains(path, "/providers/microsoft.resourcegraph/"):
		return bucket{kind: model.BudgetGraph}
	case strings.Contains(path, "/providers/microsoft.costmanagement/"):
		return bucket{kind: model.BudgetCost}
	case req.Method == http.MethodGet || req.Method == http.MethodHead:
		b.kind = model.BudgetReads
	case req.Method == http.MethodDelete:
		b.kind = model.BudgetDeletes
	default:
		b.kind = model.BudgetWrites
	}
	return b
}

// budget is the account of a bucket.
func (w *watcher) budget(b bucket) *model.Budget {
	if w.budgets == nil {
		w.budgets = map[bucket]*model.Budget{}
	}
	if w.budgets[b] == nil {
		w.budgets[b] = &model.Budget{Kind: b.kind, Scope: b.scope, Global: -1}
	}
	return w.budgets[b]
}

// spend counts a request that got no answer.
func (w *watcher) spend(req *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.budget(bucketOf(req)).Sent++
}

// account learns from the headers of an answer.
func (w *watcher) account(resp *http.Response) {
	if resp.Request == nil {
		return
	}
	b := bucketOf(resp.Request)
	left, global, known := remaining(resp.Header, &b)
	budget := w.budget(b)
	budget.Sent++
	if region, _, ok := strings.Cut(resp.Header.Get(headerRouting), ":"); ok {
		budget.Region = clean(strings.ToLower(region))
	}
	size := sizeOf[b.kind]
	switch {
	case known && left > int(size.limit) && size.hourly > 0:
		budget.Limit, budget.PerSecond = max(int(size.hourly), left), size.hourly/3600
	case known && left >= int(size.limit) && size.hourly == 0: // more than the usual was granted
		budget.Limit, budget.PerSecond = left+1, size.perSecond*float64(left+1)/size.limit
	case known && budget.Limit == 0:
		budget.Limit, budget.PerSecond = int(size.limit), size.perSecond
	}
	switch {
	case known:
		budget.Remaining, budget.Global = left, global
	case resp.StatusCode == http.StatusTooManyRequests && budget.Limit > 0:
		budget.Remaining = 0
	}
}

// remaining reads what an answer says is left. The header's name tells what the
// request counted as, which of a POST may be a read.
func remaining(h http.Header, b *bucket) (left, global int, known bool) {
	switch b.kind {
	case model.BudgetGraph:
		left, known = smallest(h.Get(headerGraph))
		return left, -1, known
	case model.BudgetCost:
		left, known = smallest(h.Get(headerCost))
		return left, -1, known
	}
	scope := headerLeft + "subscription-"
	if b.scope == "" {
		scope = headerLeft + "tenant-"
	}
	for _, kind := range armKinds {
		if left, known = smallest(h.Get(scope + string(kind))); known {
			b.kind = kind
			if global, known = smallest(h.Get(scope + "global-" + string(kind))); !known {
				global = -1
			}
			return left, global, true
		}
	}
	return 0, -1, false
}

// smallest is the smallest whole number in a header. Cost Management writes one
// for each of its windows, behind its name.
func smallest(header string) (n int, ok bool) {
	for _, one := range strings.FieldsFunc(header, func(r rune) bool { return r == ',' || r == ';' }) {
		m, err := strconv.Atoi(strings.TrimSpace(one[strings.LastIndexByte(one, ':')+1:]))
		if err == nil && m >= 0 && (!ok || m < n) {
			n, ok = m, true
		}
	}
	return n, ok
}

// budgetsNow are the accounts of all buckets, by scope and kind.
func (w *watcher) budgetsNow() []model.Budget {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := make([]model.Budget, 0, len(w.budgets))
	for _, b := range w.budgets {
		all = append(all, *b)
	}
	slices.SortFunc(all, func(a, b model.Budget) int {
		return cmp.Or(cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Kind, b.Kind))
	})
	return all
}
