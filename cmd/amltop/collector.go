package main

import (
	"runtime/debug"
	"time"
)

// How much garbage may lie beside what is in use, in per cent of it. At the
// start nearly all is in use and collecting would only cost time; after that a
// fleet's rows stay, little is thrown away, and memory is worth more.
const (
	garbageAtStart = 300
	garbageLater   = 30
	startTakes     = 400 * time.Millisecond
)

// tuneCollector sets the garbage collector up for a program that stays open,
// unless the user did. The function it returns ends that.
func tuneCollector(env func(string) string) (stop func()) {
	if env("GOGC") != "" {
		return func() {}
	}
	before := debug.SetGCPercent(garbageAtStart)
	later := time.AfterFunc(startTakes, func() { debug.SetGCPercent(garbageLater) })
	return func() {
		later.Stop()
		debug.SetGCPercent(before)
	}
}
