package history

import (
	"log/slog"
	"time"
)

// InMemory is the path of a history that ends with the program: of a world
// that begins anew with every run, where what was seen before is of another.
const InMemory = ":memory:"

// Defaults of [Options].
const (
	DefaultKeep      = 90 * 24 * time.Hour
	DefaultKeepHours = 8 * 24 * time.Hour
	DefaultMaxBytes  = 1 << 30
	DefaultTolerance = 15 * time.Minute
	DefaultRestart   = time.Minute
)

// Options are how a history is kept. Path and Now are needed; the zero value
// of everything else is its default.
type Options struct {
	Path string           // of the file; its folder is made if it is missing. Or [InMemory]
	Now  func() time.Time // the time on the wall, for names of files set aside
	Zone *time.Location   // in which hours, days and months are cut; nil is UTC
	// Tolerance is how far apart two observations of one program may be for the
	// time between them to count as observed, on the wall.
	Tolerance time.Duration
	// Restart is how far apart they may be if the program was started in
	// between, in the cloud's time.
	Restart   time.Duration
	Keep      time.Duration // how long single intervals shorter than a day are kept
	KeepHours time.Duration // how long sums by the hour are kept
	MaxBytes  int64         // how large the file may grow
	Logger    *slog.Logger  // told of what is dropped and set aside. May be nil.
}

func (o Options) withDefaults() Options {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Tolerance <= 0 {
		o.Tolerance = DefaultTolerance
	}
	if o.Restart <= 0 {
		o.Restart = DefaultRestart
	}
	if o.Keep <= 0 {
		o.Keep = DefaultKeep
	}
	if o.KeepHours <= 0 {
		o.KeepHours = DefaultKeepHours
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}
