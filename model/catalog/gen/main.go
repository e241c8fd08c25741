// Command gen writes the tables of package catalog from comma-separated
// reference data. It is run by hand when that data changes:
//
//	go run ./model/catalog/gen -data DIR
//
// The folder holds vm-sizes.csv, vm-series.csv, vm-regions.csv and
// managed-online-skus.csv. Nothing is written unless every table could be made.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	data := flags.String("data", "", "`folder` with the reference data")
	out := flags.String("out", filepath.Join("model", "catalog"), "`folder` to write the tables to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *data == "" {
		return errors.New("-data is required: the folder with the reference data")
	}
	tables, err := build(*data)
	if err != nil {
		return err
	}
	for _, t := range tables {
		path := filepath.Join(*out, t.file)
		if err := os.WriteFile(path, []byte(t.text), 0o644); err != nil {
			return fmt.Errorf("write table: %w", err)
		}
		fmt.Fprintf(stdout, "%s: %d bytes\n", path, len(t.text))
	}
	return nil
}
