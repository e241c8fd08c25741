package arm

import "time"

// FaultKind is what goes wrong.
type FaultKind string

// The kinds of fault.
const (
	faultLatency FaultKind = "latency"

	// Refusals: the work is not done.
	fault400       FaultKind = "400"
	fault401       FaultKind = "401"
	fault403       FaultKind = "403"
	fault404       FaultKind = "404"
	fault409       FaultKind = "409"
	faultLock      FaultKind = "lock"
	faultQuota     FaultKind = "quota"
	fault429       FaultKind = "429"
	fault500       FaultKind = "500"
	fault503       FaultKind = "503"
	faultHTML      FaultKind = "html"
	faultErrorBody FaultKind = "errorbody"

	// Spoilt answers: the work is done.
	faultCut       FaultKind = "cut"
	faultMalformed FaultKind = "malformed"
	faultTruncated FaultKind = "truncated"
	faultHuge      FaultKind = "huge"
	faultType      FaultKind = "type"
	faultEscape    FaultKind = "escape"
	faultSkew      FaultKind = "skew"
	faultLoop      FaultKind = "loop"
	faultForeign   FaultKind = "foreign"
	faultNoHeader  FaultKind = "noheader"

	// Answers that lie.
	faultStuck  FaultKind = "stuck"
	faultFailed FaultKind = "failed"
	faultStale  FaultKind = "stale"
)

// faultTrait is what there is to know about a kind.
type faultTrait struct {
	kind    FaultKind
	pause   time.Duration // default; 0: it takes no duration
	amount  int           // default; 0: it takes no amount
	changes bool          // strikes requests only that change something
	meaning string        // for help and documentation
}

// faultKinds lists them, in the order of the help.
var faultKinds = []faultTrait{
	{kind: faultLatency, pause: 2 * time.Second, meaning: "answers late"},
	{kind: fault400, meaning: "answers BadRequest"},
	{kind: fault401, meaning: "answers ExpiredAuthenticationToken with WWW-Authenticate"},
	{kind: fault403, meaning: "answers AuthorizationFailed"},
	{kind: fault404, meaning: "answers ResourceNotFound"},
	{kind: fault409, meaning: "answers Conflict"},
	{kind: faultLock, changes: true, meaning: "answers ScopeLocked to a write or a delete"},
	{kind: faultQuota, changes: true, meaning: "answers a write with the error of an exhausted quota"},
	{kind: fault429, pause: 10 * time.Second, meaning: "answers TooManyRequests with Retry-After"},
	{kind: fault500, meaning: "answers InternalServerError"},
	{kind: fault503, pause: 5 * time.Second, meaning: "answers ServiceUnavailable with Retry-After"},
	{kind: faultHTML, amount: 200, meaning: "answers a proxy's page; `html=502` with that status"},
	{kind: faultErrorBody, meaning: "answers 200 with an error in the body"},
	{kind: faultCut, meaning: "does the work and cuts the connection within the answer"},
	{kind: faultMalformed, meaning: "does the work and answers with broken JSON"},
	{kind: faultTruncated, meaning: "does the work and answers the first half, as if that were all"},
	{kind: faultHuge, amount: 1024, meaning: "does the work and answers 1 GiB; `huge=64` 64 MiB"},
	{kind: faultType, meaning: "does the work and calls its JSON text/plain"},
	{kind: faultEscape, meaning: "does the work and puts control characters into the names"},
	{kind: faultSkew, pause: time.Hour, meaning: "does the work and dates the answer an hour ahead"},
	{kind: faultLoop, meaning: "does the work and lets the list's next page be the same again"},
	{kind: faultForeign, meaning: "does the work and points to another host for the next page or the operation"},
	{kind: faultNoHeader, meaning: "does the work and does not say where the operation is polled"},
	{kind: faultStuck, meaning: "says InProgress for ever when an operation is polled"},
	{kind: faultFailed, meaning: "says Failed when an operation is polled"},
	{kind: faultStale, pause: 30 * time.Second, meaning: "repeats an old answer to a GET"},
}

// about is what there is to know about a kind; the zero value for one that
// does not exist.
func about(kind FaultKind) faultTrait {
	for _, t := range faultKinds {
		if t.kind == kind {
			return t
		}
	}
	return faultTrait{}
}
