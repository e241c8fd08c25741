package history

import (
	"slices"
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
)

// barsFleet is two workspaces with targets of two owners and sizes, seen for
// ten hours, in the middle of which one changed its owner.
func barsFleet(t *testing.T) *Store {
	t.Helper()
	s := openNew(t)
	sight := func(ws, name, owner string, size model.SizeName, cents int64, seen float64, first bool) Sighting {
		b := running(owner, cents)
		b.VMSize, b.Standing = size, model.Price{}
		x := Sighting{ID: targetID(ws, name), Kind: "instance", Name: name, Part: part(ws), Billing: b, At: at(seen), Seen: at(seen)}
		if !first {
			x.Before = at(0)
		}
		return x
	}
	for _, ws := range []string{"vision", "speech"} {
		first := []Sighting{
			sight(ws, "a", "ana", "Standard_NC6", 100, 0, true), sight(ws, "b", "ana", "Standard_DS3_v2", 10, 0, true), sight(ws, "c", "ben", "Standard_NC6", 100, 0, true),
		}
		watched := Coverage{part(ws), model.Window{From: at(0), To: at(0)}}
		if err := s.Observe(t.Context(), Batch{Listings: []Listing{{part(ws), at(0), first}}, Coverage: []Coverage{watched}}); err != nil {
			t.Fatal(err)
		}
		watched.To = at(10)
		change := []Sighting{sight(ws, "b", "ben", "Standard_DS3_v2", 10, 4, false)}
		if err := s.Observe(t.Context(), Batch{Sightings: change, Coverage: []Coverage{watched}}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// figures are costs as text: a key or name with its amount.
func figures(list []Cost) string {
	var all []string
	for _, c := range list {
		name := c.Name
		if name == "" {
			name = c.Key
		}
		all = append(all, name+" "+c.Compute.Money().Decimal())
	}
	return strings.Join(all, ", ")
}

// TestBarsAreTheirRows narrows bars by every key and by two, before and after
// hours are added up.
func TestBarsAreTheirRows(t *testing.T) {
	s := barsFleet(t)
	vision, ana := Key{ByWorkspace, string(part("vision").Workspace)}, Key{ByOwner, "ana"}
	all := model.Window{From: at(0), To: at(10)}
	for _, settled := range []float64{0, 3, 5, 9} {
		if err := s.Settle(t.Context(), at(settled)); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name string
			q    Question
			want string
		}{
			{"a workspace by owner", Question{By: ByOwner, Only: []Key{vision}}, "ben 10.60, ana 10.40"},
			{"an owner by workspace", Question{By: ByWorkspace, Only: []Key{ana}}, "speech 10.40, vision 10.40"},
			{"an owner in a workspace", Question{By: ByAll, Only: []Key{vision, ana}}, " 10.40"},
			{"an owner by size", Question{By: BySize, Only: []Key{ana}}, "Standard_NC6 20.00, Standard_DS3_v2 0.80"},
			{"a size by owner", Question{By: ByOwner, Only: []Key{{BySize, "Standard_DS3_v2"}}}, "ben 1.20, ana 0.80"},
			{"one owner", Question{By: ByOwner, Only: []Key{ana}}, "ana 20.80"},
			{"one subscription", Question{By: ByAll, Only: []Key{{BySubscription, "s1"}}}, " 42.00"},
			{"one kind", Question{By: ByKind, Only: []Key{{ByKind, "instance"}, vision}}, "instance 21.00"},
			{"no such owner", Question{By: ByAll, Only: []Key{{ByOwner, "zoe"}}}, ""},
			{"one target", Question{By: ByOwner, Only: []Key{{ByTarget, targetID("vision", "b")}}}, "ben 0.60, ana 0.40"},
			{"no such target", Question{By: ByAll, Only: []Key{{ByTarget, "/none"}}}, ""},
			{"a workspace's dearest target", Question{By: ByTarget, Only: []Key{vision}, Limit: 1}, "a 10.00"},
			{"targets of everything", Question{By: ByTarget}, "a 10.00, c 10.00, a 10.00, c 10.00, b 1.00, b 1.00"},
		} {
			c.q.Period, c.q.Window, c.q.Now = model.Monthly, all, at(10)
			list, err := s.Costs(t.Context(), c.q)
			if got := figures(list); err != nil || got != c.want {
				t.Errorf("settled %v, %s: %q, want %q, %v", settled, c.name, got, c.want, err)
			}
		}
		for _, c := range []struct {
			from, to float64
			only     []Key
			want     string
		}{
			{0, 10, []Key{vision}, "a 10.00, c 10.00, b 1.00"},
			{0, 10, []Key{vision, ana}, "a 10.00, b 0.40"},
			{3, 6, []Key{ana, vision}, "a 3.00, b 0.10"},
			{5, 6, []Key{ana}, "a 1.00, a 1.00"},
			{3.5, 6, []Key{{BySize, "Standard_DS3_v2"}}, "b 0.25, b 0.25"},
		} {
			list, err := s.Targets(t.Context(), Question{Window: model.Window{From: at(c.from), To: at(c.to)}, Only: c.only, Now: at(10)})
			if got := figures(list); err != nil || got != c.want {
				t.Errorf("settled %v, targets from %v to %v: %q, want %q, %v", settled, c.from, c.to, got, c.want, err)
			}
			if slices.ContainsFunc(list, func(c Cost) bool { return !strings.HasPrefix(c.Key, "/subscriptions/") }) {
				t.Errorf("targets without their ids: %v", list)
			}
		}
	}
}
