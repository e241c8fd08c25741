package sim

import (
	"runtime"
	"testing"
	"time"
)

func BenchmarkLoadDemo(b *testing.B) {
	for b.Loop() {
		if _, err := Load("demo"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for _, name := range []string{"demo", "fleet"} {
		sc := load(b, name)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			var kept *World
			for b.Loop() {
				w, err := New(sc, 1)
				if err != nil {
					b.Fatal(err)
				}
				kept = w
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/1e6, "MB-live")
			runtime.KeepAlive(kept)
		})
	}
}

func BenchmarkAdvanceDay(b *testing.B) {
	for _, name := range []string{"demo", "fleet"} {
		sc := load(b, name)
		b.Run(name, func(b *testing.B) {
			w, err := New(sc, 1)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				w.AdvanceTo(w.Now().Add(24 * time.Hour))
			}
		})
	}
}
