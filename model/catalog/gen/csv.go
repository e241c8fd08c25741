package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// record is one row of a file, by column name.
type record struct {
	file string
	line int
	cell map[string]string
}

// get is the cell of a column; a column that the file lacks is an error, an
// empty cell is not.
func (r record) get(column string) (string, error) {
	v, ok := r.cell[column]
	if !ok {
		return "", fmt.Errorf("%s: no column %q", r.file, column)
	}
	if strings.ContainsAny(v, "|\n\t") {
		return "", r.errorf("%s: %q would break the table", column, v)
	}
	return v, nil
}

// all is get for several columns at once.
func (r record) all(columns ...string) ([]string, error) {
	out := make([]string, len(columns))
	for i, c := range columns {
		v, err := r.get(c)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func (r record) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", r.file, r.line, fmt.Errorf(format, args...))
}

func readCSV(path string) ([]record, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read reference data: %w", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read reference data: %s: %w", path, err)
	}
	if len(rows) < 2 {
		return nil, fmt.Errorf("read reference data: %s: no rows", path)
	}
	out := make([]record, 0, len(rows)-1)
	for i, row := range rows[1:] {
		r := record{file: filepath.Base(path), line: i + 2, cell: make(map[string]string, len(row))}
		for c, v := range row {
			r.cell[rows[0][c]] = strings.TrimSpace(v)
		}
		out = append(out, r)
	}
	return out, nil
}
