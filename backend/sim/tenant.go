package sim

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/amltop/amltop/model/catalog"
)

func newPerson(def personDef) (*person, error) {
	if def.To == 0 {
		def.From, def.To = 9, 18
	}
	if def.Name == "" || def.From < 0 || def.To > 24 || def.To-def.From < 1 || math.Abs(def.UTCOffset) > 14 {
		return nil, fmt.Errorf("person %q: needs a name, an offset within 14 hours, and a working day of an hour or more", def.Name)
	}
	if def.FullName == "" {
		def.FullName = def.Name
	}
	hours := func(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }
	return &person{
		name: def.Name, fullName: def.FullName, id: guidOf("person/" + def.Name),
		zone: time.FixedZone("", int(def.UTCOffset*3600)), from: hours(def.From), to: hours(def.To),
	}, nil
}

// who finds a person; nobody in particular works at the service's hours.
func (w *World) who(name string) (*person, error) {
	if p := w.people[name]; p != nil {
		return p, nil
	}
	if name == "" {
		return &person{fullName: "", zone: time.UTC, from: 9 * time.Hour, to: 18 * time.Hour}, nil
	}
	return nil, fmt.Errorf("there is no person %q", name)
}

func (w *World) newSubscription(def subscriptionDef, tenant string) *Subscription {
	if def.ID == "" {
		def.ID = guidOf("subscription/" + def.Name)
	}
	sub := &Subscription{ID: def.ID, Name: def.Name, Tenant: tenant, State: "Enabled", Regions: map[string]*Region{}}
	for _, r := range def.Regions {
		sub.Regions[strings.ToLower(r.Name)] = newRegion(r)
	}
	w.subs = append(w.subs, sub)
	return sub
}

// newRegion fills in what a region's definition leaves open with the service's
// usual grants for a new subscription.
func newRegion(def regionDef) *Region {
	or := func(n, usual int) int {
		if n == 0 {
			return usual
		}
		return n
	}
	def.DefaultFamily = or(def.DefaultFamily, 100)
	r := &Region{
		Name: strings.ToLower(def.Name), Families: map[string]*FamilyQuota{},
		DedicatedLimit: or(def.Dedicated, 300), LowPriorityLimit: or(def.LowPriority, 100),
		ComputesLimit: or(def.Computes, 500),
		used:          usedCores{family: map[string]int{}, lowFamily: map[string]int{}},
	}
	for _, s := range catalog.Sizes() {
		key := strings.ToLower(s.Family)
		if r.Families[key] == nil && key != "" {
			limit := def.DefaultFamily
			if s.GPUs > 0 {
				limit = 0
			}
			r.Families[key] = &FamilyQuota{s.Family, limit}
		}
	}
	for family, limit := range def.Families {
		if q := r.Families[strings.ToLower(family)]; q != nil {
			q.Limit = limit
		} else {
			r.Families[strings.ToLower(family)] = &FamilyQuota{family, limit}
		}
	}
	return r
}

// region is a subscription's region, with the usual quota if nothing is said of it.
func (w *World) region(sub *Subscription, name string) *Region {
	key := strings.ToLower(name)
	if sub.Regions[key] == nil {
		sub.Regions[key] = newRegion(regionDef{Name: key})
	}
	return sub.Regions[key]
}
