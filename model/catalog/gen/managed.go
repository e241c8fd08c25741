package main

import (
	"slices"
	"strings"
)

const managedHead = `# VM sizes for managed online endpoints, per Azure's list. Written by gen; do not edit.
# name without "Standard_"; "exempt": its deployments need no 20 % of extra quota for upgrades
`

func managedTable(managed []record) (string, error) {
	rows := make([]string, 0, len(managed))
	for _, r := range managed {
		c, err := r.all("vm_size", "skip_20pct_reservation")
		if err != nil {
			return "", err
		}
		row, err := shortName(r, c[0])
		if err != nil {
			return "", err
		}
		switch c[1] {
		case "true":
			row += " exempt"
		case "false":
		default:
			return "", r.errorf("skip_20pct_reservation: %q is neither true nor false", c[1])
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b string) int {
		return strings.Compare(strings.ToLower(a), strings.ToLower(b))
	})
	return managedHead + strings.Join(rows, "\n") + "\n", nil
}
