package overview

import (
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/theme"
)

// account is how far the estimates can be believed: what Azure billed for the
// same time, and how much of the month nobody watched.
type account struct {
	billed  bool // there is a bill
	against model.Reconciliation
	spaces  map[model.WorkspaceID]bool // those whose subscription's bill is known

	blind             int           // targets with a gap in their month
	shortest, longest time.Duration // of those gaps
}

// newAccount opens the account of a snapshot.
func newAccount(s *model.Snapshot) account {
	var a account
	a.against.Billed, a.billed = s.BilledAll()
	if !a.billed {
		return a
	}
	a.against.Currency = a.against.Billed.Currency
	a.spaces = map[model.WorkspaceID]bool{}
	for _, w := range s.Workspaces {
		if _, known := s.BilledWorkspace(w); known {
			a.spaces[w.ID] = true
		}
	}
	return a
}

// count takes one target in. An estimate in another currency than the bill's is
// left out, as is one whose bill nobody knows.
func (a *account) count(m model.Meter, ws model.WorkspaceID, gap time.Duration) {
	if gap > 0 {
		if a.blind == 0 || gap < a.shortest {
			a.shortest = gap
		}
		a.blind++
		a.longest = max(a.longest, gap)
	}
	if !a.billed || !a.spaces[ws] {
		return
	}
	part := m.Reconcile(a.against.Billed)
	if a.against.Billed.Amount == 0 || codeOf(part.Currency) == codeOf(a.against.Currency) {
		a.against.Estimate += part.Estimate
	}
}

func codeOf(currency string) string { return model.Price{Currency: currency}.CurrencyCode() }

// bill says what was billed and what the estimate is for the same time; no
// pieces if no bill is known.
func (a *account) bill(zone *time.Location) []run {
	if !a.billed {
		return nil
	}
	return []run{
		{" billed ", theme.Dim}, {a.against.Billed.In(zone), theme.Money}, {"; estimated ", theme.Dim}, {a.against.Against(), theme.Dim},
	}
}

// unwatched says what the figure of the month is without; "" if nothing.
func (a *account) unwatched() string {
	if a.blind == 0 {
		return ""
	}
	upTo := ""
	if model.Ago(a.shortest) != model.Ago(a.longest) {
		upTo = "up to "
	}
	return "   ≥: " + plural(a.blind, "target") + " not watched for " + upTo + model.Ago(a.longest)
}

// least marks an amount that is not all there was.
func least(gap time.Duration, text string) string {
	if gap > 0 {
		return "≥" + text
	}
	return text
}
