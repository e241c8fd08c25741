package backend

import (
	"context"
	"log/slog"
	"time"

	"github.com/amltop/amltop/model"
)

// DefaultGrace is how long an operation waits before anything is sent.
const DefaultGrace = 5 * time.Second

// Options are what a session is opened with. The zero value works, on the machine's clock.
type Options struct {
	// Now is the time on the wall. Cadence and grace are counted in it; every
	// time in a snapshot is the cloud's, by [Cloud.Clock].
	Now func() time.Time
	// Grace is how long an operation can be undone before it is sent.
	Grace time.Duration
	// ReadOnly refuses every command.
	ReadOnly bool
	// Cadence is how often each section is asked for. Zero fields take their
	// documented defaults.
	Cadence Cadence
	// Narrow is what of the tenant to watch. The zero value is all of it.
	Narrow model.Narrow
	// Zone is where months begin, for what meters keep. nil is UTC.
	Zone *time.Location
	// Logger takes failures that no part of the snapshot can carry. May be nil.
	Logger *slog.Logger
	// Residue is what an instance costs while it exists, stopped or not. nil is
	// [DefaultResidue]; an empty slice is nothing.
	Residue []Residue
	// Currency is what prices are wanted in (ISO 4217). "" is USD, the only one
	// the service's own sizes and the built-in table have: for another, the
	// public price list is all there is.
	Currency string
	// Discounts are negotiated factors on list prices.
	Discounts model.Discounts
	// Memory keeps bills from one session to the next. May be nil.
	Memory Memory
	// Journal is told of every phase of every operation. May be nil.
	Journal Journal
	// Unfinished takes from the journal the operations that an earlier session
	// left without an end: they are read back, and finished or reported. It is
	// called once, off the loop, and may block. May be nil.
	Unfinished func(context.Context) ([]model.Operation, error)
	// Notes are what the user should know beside what the session finds out
	// itself. It is called for every snapshot and must not block. May be nil.
	Notes func() []string
	// Recorded says that somebody writes the snapshots down and tells what is
	// known of the time before ([Session.Inherit]): time that nobody watched is
	// then told apart, and targets are asked for now and then also while nobody
	// looks.
	Recorded bool
	// Tolerance is how far apart two observations may be, on the wall, for the
	// time between them to count as observed. 0 is 15 minutes.
	Tolerance time.Duration
	// Seed makes the jitter of the cadence repeatable.
	Seed uint64
}

// Residue is one standing charge: what goes on billing after a stop.
type Residue struct {
	Name  string // "disk"
	Price model.Price
}

// DefaultResidue is what Azure bills for an instance that exists, at list
// prices of East US: the 128 GiB premium OS disk (P10, $19.71 a month, taken
// over the 730 hours that Azure's calculator gives a month), the standard load
// balancer each instance has ($0.33 a day, "Plan to manage costs for Azure
// Machine Learning") and its public IP address ($0.005 an hour). The first two
// go on after a stop, as does the address; only deleting the instance ends them.
func DefaultResidue() []Residue {
	price := func(m model.Money) model.Price {
		return model.Price{PerHour: m, Currency: "USD", Source: model.PriceCatalog}
	}
	return []Residue{
		{Name: "disk", Price: price(27_000)},
		{Name: "load balancer", Price: price(13_750)},
		{Name: "public IP", Price: price(5_000)},
	}
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Currency == "" {
		o.Currency = "USD"
	}
	if o.Tolerance <= 0 {
		o.Tolerance = 15 * time.Minute
	}
	if o.Residue == nil {
		o.Residue = DefaultResidue()
	}
	o.Cadence = o.Cadence.withDefaults()
	return o
}

func (o Options) terms() terms { return terms{currency: o.Currency, discounts: o.Discounts} }

// standing is the residue as one price an hour.
func (o Options) standing() model.Price {
	var sum model.Price
	for _, r := range o.Residue {
		if !r.Price.Known() {
			continue
		}
		sum.PerHour += r.Price.PerHour
		sum.Currency = r.Price.Currency
		sum.Source = max(sum.Source, r.Price.Source)
	}
	return sum
}
