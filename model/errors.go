package model

import (
	"errors"
	"strings"
	"time"
)

// The classes of refusal the program acts on; find them with errors.Is.
var (
	ErrNotFound    = errors.New("not found")
	ErrConflict    = errors.New("busy")
	ErrDenied      = errors.New("not permitted")
	ErrSignIn      = errors.New("not signed in")
	ErrThrottled   = errors.New("throttled")
	ErrUnreachable = errors.New("unreachable")
	ErrReadOnly    = errors.New("read-only")
	ErrNotNow      = errors.New("not possible now")            // the state of the target does not allow it
	ErrWrongKind   = errors.New("not for this kind of target") // no target of the kind has such a command
)

// Refusal is the service's own "no", or the network's.
type Refusal struct {
	Class      error         // one of the sentinels above; nil: something else
	Status     int           // HTTP status; 0 if there was no answer
	Code       string        // the service's error code
	Message    string        // the service's words
	Action     string        // for ErrDenied: the missing permission, if the service named it
	Scope      string        // for ErrDenied: where it is missing
	RetryAfter time.Duration // for ErrThrottled: what the service asked for; 0: nothing
	Next       string        // what to do about it, in one sentence; "" if there is nothing to add
	Err        error         // what was wrapped
}

func (r *Refusal) Error() string {
	parts := make([]string, 0, 2)
	if r.Code != "" {
		parts = append(parts, r.Code)
	}
	if r.Message != "" {
		parts = append(parts, r.Message)
	}
	if len(parts) == 0 && r.Class != nil {
		parts = append(parts, r.Class.Error())
	}
	if len(parts) == 0 && r.Err != nil {
		parts = append(parts, r.Err.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap gives errors.Is and errors.As both the class and the cause.
func (r *Refusal) Unwrap() []error {
	var errs []error
	if r.Class != nil {
		errs = append(errs, r.Class)
	}
	if r.Err != nil {
		errs = append(errs, r.Err)
	}
	return errs
}

// Short is the refusal in a few words, for a cell or a status line: the code
// if there is one, else the class.
func Short(err error) string {
	if err == nil {
		return ""
	}
	var r *Refusal
	if errors.As(err, &r) {
		if r.Code != "" {
			return r.Code
		}
		if r.Class != nil {
			return r.Class.Error()
		}
	}
	text := err.Error()
	if i := strings.LastIndex(text, ": "); i >= 0 && i+2 < len(text) {
		return text[i+2:]
	}
	return text
}
