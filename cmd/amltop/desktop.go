package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/pkg/browser"
)

// exporter writes the rows of a pane as CSV into the working folder. It never
// overwrites a file: the name carries the time.
func exporter(now func() time.Time) func(context.Context, string, []string, [][]string) (string, error) {
	return func(_ context.Context, name string, header []string, rows [][]string) (string, error) {
		path, err := filepath.Abs("amltop-" + name + "-" + now().Format("20060102-150405") + ".csv")
		if err != nil {
			return "", fmt.Errorf("export: %w", err)
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return "", fmt.Errorf("export: %w", err)
		}
		w := csv.NewWriter(file)
		if err := errors.Join(w.Write(header), w.WriteAll(rows), file.Close()); err != nil {
			return "", fmt.Errorf("export: %w", err)
		}
		return path, nil
	}
}

// browse opens an address in the user's browser. What the browser's launcher
// prints would tear the screen and goes nowhere.
func browse(_ context.Context, url string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	if err := browser.OpenURL(url); err != nil {
		return fmt.Errorf("open the browser: %w", err)
	}
	return nil
}
