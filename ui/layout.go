package ui

// Sizes below which the screen is a sentence, and below which parts go.
const (
	leastWidth    = 20
	leastHeight   = 5
	tabsHeight    = 8  // from here on there is a line of tabs
	messageHeight = 7  // from here on a message has a line of its own
	roomyHeight   = 16 // from here on a long message has more than one
	messageLines  = 3  // as many as it gets at most
)

// layout is which lines the screen has: a pure function of its size and of
// what there is to say.
type layout struct {
	small   bool // too small for anything but a sentence
	tabs    int  // line of the tabs; -1: none
	title   int
	top     int // first line of the pane
	body    int // lines of the pane
	message int // first line of the message; -1: none
	said    int // lines of the message
	foot    int // last line: key hints, or what is being typed
}

// arrange lays the screen out for a message of a number of lines.
func arrange(width, height, message int) layout {
	l := layout{tabs: -1, message: -1}
	if width < leastWidth || height < leastHeight {
		l.small = true
		return l
	}
	next := 1
	if height >= tabsHeight {
		l.tabs, next = next, next+1
	}
	l.title, l.top = next, next+1
	l.foot = height - 1
	bottom := l.foot
	if message > 0 && height >= messageHeight {
		l.said = 1
		if height >= roomyHeight {
			l.said = min(message, messageLines)
		}
		bottom -= l.said
		l.message = bottom
	}
	l.body = max(1, bottom-l.top)
	return l
}

// arrange lays the screen out for what there is to show.
func (a *App) arrange() layout {
	text, _ := a.message()
	return arrange(a.width, a.height, len(a.messageWrapped(text)))
}
