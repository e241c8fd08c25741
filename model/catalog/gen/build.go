package main

import "path/filepath"

// table is one file of package catalog.
type table struct {
	file string
	text string
}

// build makes every table from the reference data in dir.
func build(dir string) ([]table, error) {
	sizes, err := readCSV(filepath.Join(dir, "vm-sizes.csv"))
	if err != nil {
		return nil, err
	}
	series, err := readCSV(filepath.Join(dir, "vm-series.csv"))
	if err != nil {
		return nil, err
	}
	regions, err := readCSV(filepath.Join(dir, "vm-regions.csv"))
	if err != nil {
		return nil, err
	}
	managed, err := readCSV(filepath.Join(dir, "managed-online-skus.csv"))
	if err != nil {
		return nil, err
	}

	families, err := familyOf(sizes)
	if err != nil {
		return nil, err
	}
	seriesText, err := seriesTable(series, families)
	if err != nil {
		return nil, err
	}
	sizesText, err := sizesTable(sizes)
	if err != nil {
		return nil, err
	}
	pricesText, err := pricesTable(sizes, regions)
	if err != nil {
		return nil, err
	}
	managedText, err := managedTable(managed)
	if err != nil {
		return nil, err
	}
	return []table{
		{"series.txt", seriesText},
		{"sizes.txt", sizesText},
		{"prices.txt", pricesText},
		{"managed.txt", managedText},
	}, nil
}
