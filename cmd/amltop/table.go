package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// printTable aligns columns with two spaces between them, every cell whole.
func printTable(w io.Writer, header []string, rows [][]string) error {
	widths := make([]int, len(header))
	for i, title := range header {
		widths[i] = ansi.StringWidth(title)
	}
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	out := bufio.NewWriter(w)
	line := func(cells []string) {
		var b strings.Builder
		for i, cell := range cells {
			b.WriteString(cell)
			b.WriteString(strings.Repeat(" ", widths[i]-ansi.StringWidth(cell)+2))
		}
		_, _ = out.WriteString(strings.TrimRight(b.String(), " ") + "\n")
	}
	titles := make([]string, len(header))
	for i, title := range header {
		titles[i] = strings.ToUpper(title)
	}
	line(titles)
	for _, row := range rows {
		line(row)
	}
	if err := out.Flush(); err != nil { // the writer keeps its first error
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}
