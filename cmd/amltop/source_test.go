package main

import (
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/backend/history"
	"github.com/amltop/amltop/model"
)

// TestCostsOfAPartOfTheFleet asks for what an owner's targets cost: the one
// that was stopped all the time is a row of them, by its disk.
func TestCostsOfAPartOfTheFleet(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	store, err := history.Open(t.Context(), history.Options{Path: history.InMemory, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	from := now.Add(-10 * time.Hour)
	part := history.Part{PartKey: history.PartKey{Section: model.SectionComputes, Workspace: "/subscriptions/s1/w"}, Name: "w", Subscription: "s1"}
	sight := func(name, owner string, units int) history.Sighting {
		return history.Sighting{
			ID: string(part.Workspace) + "/" + name, Kind: "instance", Name: name, Part: part, At: from, Seen: from,
			Billing: model.Billing{
				State: "Running", Units: units, Owner: owner,
				Price:    model.Price{PerHour: model.Unit, Currency: "USD", Source: model.PriceService},
				Standing: model.Price{PerHour: model.Unit / 10, Currency: "USD", Source: model.PriceConfig},
			},
		}
	}
	if err := store.Observe(t.Context(), history.Batch{
		Listings: []history.Listing{{Part: part, Seen: from, Sightings: []history.Sighting{sight("on", "ana", 1), sight("off", "ana", 0), sight("other", "ben", 1)}}},
		Coverage: []history.Coverage{{Part: part, Window: model.Window{From: from, To: now}}},
	}); err != nil {
		t.Fatal(err)
	}
	ana := []model.CostKey{{By: model.CostByOwner, Key: "ana"}}
	month := model.Window{From: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), To: now}
	for _, tt := range []struct {
		q    model.CostQuestion
		want string
	}{
		{model.CostQuestion{By: model.CostByAll, Only: ana}, " 12.00"},
		{model.CostQuestion{By: model.CostByTarget, Only: ana}, "on 11.00, off 1.00"},
		{model.CostQuestion{By: model.CostByTarget}, "on 11.00, other 11.00"},
		{model.CostQuestion{By: model.CostByOwner}, "ana 12.00, ben 11.00"},
	} {
		tt.q.Period, tt.q.Window = model.Monthly, month
		list, err := source{zone: time.UTC}.ask(t.Context(), store, tt.q, now)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range list {
			got = append(got, c.Name+" "+c.Total().Fixed())
		}
		if text := strings.Join(got, ", "); text != tt.want {
			t.Errorf("%+v: %q, want %q", tt.q, text, tt.want)
		}
	}
}
