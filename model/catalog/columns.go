package catalog

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/amltop/amltop/model"
)

// Compute types, as the service spells them.
const (
	typeCluster  = "AmlCompute"
	typeInstance = "ComputeInstance"
	typeManaged  = "MIR"
	typeSpark    = "AmlSpark"
)

// split cuts a line at "|" into exactly len(cells) cells.
func split(line string, cells []string) error {
	last := len(cells) - 1
	for i := range last {
		var found bool
		if cells[i], line, found = strings.Cut(line, "|"); !found {
			return fmt.Errorf("%d columns, not %d", i+1, len(cells))
		}
	}
	if strings.Contains(line, "|") {
		return fmt.Errorf("more than %d columns", len(cells))
	}
	cells[last] = line
	return nil
}

func whole(cell string) (int, error) {
	n, err := strconv.ParseUint(cell, 10, 31)
	if err != nil {
		return 0, fmt.Errorf("%q is no whole number", cell)
	}
	return int(n), nil
}

func setFlags(s *model.Size, flags string) error {
	for _, f := range flags {
		switch f {
		case 'l':
			s.LowPriorityCapable = true
		case 'p':
			s.PremiumIO = true
		case 'i':
			s.Isolated = true
		case 'r':
			s.RDMA = true
		case 's':
			s.Recorded = true
		default:
			return fmt.Errorf("unknown flag %q", f)
		}
	}
	return nil
}

// computeTypes spells out the letters of the compute types column.
func computeTypes(letters string) ([]string, error) {
	if letters == "" {
		return nil, errors.New("no compute type")
	}
	types := make([]string, 0, len(letters))
	for _, l := range letters {
		switch l {
		case 'A':
			types = append(types, typeCluster)
		case 'C':
			types = append(types, typeInstance)
		case 'M':
			types = append(types, typeManaged)
		case 'S':
			types = append(types, typeSpark)
		default:
			return nil, fmt.Errorf("unknown compute type %q", l)
		}
	}
	return types, nil
}
