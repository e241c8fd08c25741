package ui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
)

// signing is a sign-in with a code, under way.
type signing struct {
	cancel context.CancelFunc
	box    *dialog.Code
}

// codeMsg is the code to enter; [App.signIn] sends it.
type codeMsg struct {
	of   *signing
	code model.DeviceCode
}

// signedInMsg says how signing in ended; [App.signIn] sends it.
type signedInMsg struct {
	of  *signing
	err error
}

// codeAnswer asks for the code on the clipboard and the page in the browser.
type codeAnswer struct{}

// signIn begins to sign in with a code. Closing its dialog gives up.
func (a *App) signIn() tea.Cmd {
	switch {
	case a.opt.SignIn == nil:
		a.notify(model.HealthChange, "nobody has to sign in here; amltop --backend azure shows Azure")
		return nil
	case a.signing != nil:
		return nil
	}
	ctx, cancel := context.WithCancel(a.ctx)
	s := &signing{cancel, &dialog.Code{Open: codeAnswer{}}}
	a.signing = s
	a.dialogs.Open(s.box)
	ask, codes := a.opt.SignIn, make(chan model.DeviceCode, 1)
	return tea.Batch(
		func() tea.Msg {
			defer cancel()
			return signedInMsg{s, ask(ctx, func(c model.DeviceCode) { codes <- c })}
		},
		func() tea.Msg {
			select {
			case c := <-codes:
				return codeMsg{s, c}
			case <-ctx.Done():
				return nil
			}
		})
}

// showCode shows a code that came.
func (a *App) showCode(msg codeMsg) tea.Cmd {
	msg.of.box.URL, msg.of.box.Code = msg.code.URL, msg.code.Code
	return nil
}

// openCode puts the code on the clipboard and the page in the browser, where
// there is one.
func (a *App) openCode() tea.Cmd {
	if a.signing == nil {
		return nil
	}
	box := a.signing.box
	if a.opt.Browse == nil {
		return a.copy(box.Code)
	}
	return tea.Batch(a.copy(box.Code), a.browse(box.URL))
}

// abandonSignIn ends a sign-in whose dialog was closed.
func (a *App) abandonSignIn() {
	if a.signing != nil && !a.dialogs.Has(a.signing.box) {
		a.signing.cancel()
		a.signing = nil
		a.notify(model.HealthChange, "signing in was given up; :signin begins again")
	}
}

// signedIn takes the end of a sign-in: everything is asked for anew.
func (a *App) signedIn(msg signedInMsg) tea.Cmd {
	if a.signing != msg.of {
		return nil // given up
	}
	a.signing = nil
	a.dialogs.Remove(msg.of.box)
	switch {
	case a.ctx.Err() != nil:
		return nil
	case msg.err != nil:
		a.notify(model.HealthBad, "not signed in: "+signInReason(msg.err))
		return nil
	}
	a.notify(model.HealthGood, "signed in")
	return a.refresh("")
}

// signInReason is why signing in failed, with what to type.
func signInReason(err error) string {
	var e *model.SignInError
	if errors.As(err, &e) && e.Next() != "" {
		return e.Why + "; " + e.Next()
	}
	return reason(err)
}

// noteSignIn says once that the sign-in has ended, with what to type, and once
// that it works again. What was read before stays on the screen.
func (a *App) noteSignIn(before error) {
	out, was := errors.Is(a.silent.err, model.ErrSignIn), errors.Is(before, model.ErrSignIn)
	switch {
	case out && !was && a.explanation() == nil:
		a.notify(model.HealthBad, "the sign-in is over: "+signInReason(a.silent.err)+". What is shown stays, and ages.")
	case was && a.silent.err == nil:
		a.notify(model.HealthGood, "signed in again")
	}
}
