// Command picture draws a terminal screen as SVG. The pictures in the README
// and in docs/ are made with it from the running program:
//
//	tmux capture-pane -epNt amltop | go run ./cmd/picture > docs/overview-dark.svg
//
// It reads text with escape sequences from standard input. With -light it
// draws on a light background.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	light := flag.Bool("light", false, "draw on a light background")
	flag.Parse()
	if err := draw(os.Stdin, os.Stdout, *light); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func draw(in io.Reader, out io.Writer, light bool) error {
	text, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("read the screen: %w", err)
	}
	p := dark
	if light {
		p = bright
	}
	if _, err := io.WriteString(out, svg(string(text), p)); err != nil {
		return fmt.Errorf("write the picture: %w", err)
	}
	return nil
}
