package ui

import tea "charm.land/bubbletea/v2"

// SourceFailed is the message of a source that failed, for tests.
func SourceFailed(err error) tea.Msg { return sourceFailedMsg{err} }
