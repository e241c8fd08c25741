package pane

import (
	"runtime"
	"sync"
)

// split works on n rows in as many stretches as there are processors, and
// returns when all are done. Short lists are not worth it.
func split(n int, work func(part, from, to int)) (parts int) {
	parts = min(runtime.GOMAXPROCS(0), max(n/inline, 1), 8)
	var wg sync.WaitGroup
	for p := 1; p < parts; p++ {
		wg.Go(func() { work(p, n*p/parts, n*(p+1)/parts) })
	}
	work(0, 0, n/parts)
	wg.Wait()
	return parts
}
