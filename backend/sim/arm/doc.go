// Package arm is the simulated world's Azure Resource Manager face: an
// http.Handler with the paths, casing, paging, long-running operations, error
// bodies, rate-limit headers and throttling of the real service, and a
// transport that reaches it without a socket.
//
// The wire is the contract. What a client built on the official SDK sees here
// is what recorded traffic of the real service shows, surprises included:
// double properties, null bodies right after a PUT, status bodies that say
// "failed" with HTTP 200, a PATCH answered 202, upper-case VM sizes.
//
// There are no goroutines. Each request takes the server's one lock, moves the
// world on to the time of the clock, and answers. Two things are beyond ARM: the
// response header X-Amltop-Clock, which tells the simulator's time and speed,
// and the injected faults of [Fault].
package arm
