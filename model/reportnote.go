package model

import "time"

// notes say what the figures leave out, and where they are from.
func (r *reporter) notes() {
	stamp := func(t time.Time) string { return t.In(r.Zone).Format("Mon 2 Jan 15:04") }
	note := func(text string) { r.Notes = append(r.Notes, text) }
	switch {
	case r.Began.IsZero():
		note("There is no history of this time: the figures are of the present fleet, as far as it tells itself, and of the bill.")
	case r.Began.After(r.Window.From):
		note("History begins on " + stamp(r.Began) + "; before that there are only whole days from billing, where there are any.")
	}
	if through := r.billed(); !through.IsZero() {
		note("Billed is what Cost Management has for the days (UTC) that began in the window, until about " + stamp(through) + ". It has this month only.")
	} else {
		note("No bill is known: costs are estimates from list prices and what was observed.")
	}
	if r.Unknown > 0 {
		note(count(r.Unknown, "workspace") + " had not been read at the beginning: what is new there cannot be said.")
	}
	if r.Unpriced > 0 {
		note(count(r.Unpriced, "target") + " without a price now: not in the burn.")
	}
	if len(r.unclaimed) > 0 && r.ask.Match == nil {
		note("The bill of " + count(len(r.unclaimed), "workspace") + " does not name targets: it is in the sums of workspaces and in no owner's.")
	}
	if r.nameless > 0 {
		note("Costs of targets that are gone, or that the bill does not name, are left out: the filter cannot judge them.")
	}
}

// billed is until when everything is billed that is billed at all.
func (r *reporter) billed() time.Time {
	var through time.Time
	for _, a := range r.ask.Snap.Actuals {
		if t := a.Through(); t.After(r.Window.From) && (through.IsZero() || t.Before(through)) {
			through = t
		}
	}
	return through
}
