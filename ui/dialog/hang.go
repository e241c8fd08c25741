package dialog

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/amltop/amltop/ui/cells"
)

// hung wraps a line so that what goes on below stands under where its text
// began: columns stay columns, and JSON keeps its shape.
func hung(line string, width int) []string {
	first := cells.Wrap(line, width)[0]
	plain := ansi.Strip(line)
	from := ansi.StringWidth(first)
	after := ansi.Cut(plain, from, ansi.StringWidth(plain))
	from += len(after) - len(strings.TrimLeft(after, " "))
	rows, indent := []string{first}, hang(plain, width)
	rest := ansi.Cut(line, from, ansi.StringWidth(line))
	if strings.TrimSpace(ansi.Strip(rest)) == "" {
		return rows
	}
	for _, row := range cells.Wrap(rest, width-indent) {
		rows = append(rows, cells.Blank(indent)+row)
	}
	return rows
}

// hang is how far the rest of a line is indented: to its second column, if it
// has one, else a little more than its beginning. Never over half the width.
func hang(plain string, width int) int {
	text := strings.TrimLeft(plain, " ")
	lead := len(plain) - len(text)
	indent := lead + 2
	if label, value, found := strings.Cut(text, "  "); found && lead > 0 {
		indent = lead + ansi.StringWidth(label) + 2 + len(value) - len(strings.TrimLeft(value, " "))
	}
	if indent > width/2 {
		indent = min(lead+2, width/2)
	}
	return max(0, indent)
}
