package main

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

const namePrefix = "Standard_"

// recordedTag marks a size as part of the service's answer of 2025-11-04.
const recordedTag = "azps-2025-11"

const sizesHead = `# VM sizes of Azure ML, sorted by lower-case name. Written by gen; do not edit.
# name without "Standard_" | series | vCPUs | GPUs | memory MiB | OS disk MB | temporary disk MB | flags | compute types | GPU model
# flags: l low priority, p premium storage, i isolated, r RDMA, s in the service's answer of 2025-11-04
# compute types: A AmlCompute, C ComputeInstance, M MIR (managed online), S AmlSpark
# An empty cell is unknown.
`

var typeLetters = map[string]string{
	"AmlCompute": "A", "ComputeInstance": "C", "MIR": "M", "AmlSpark": "S",
}

func sizesTable(sizes []record) (string, error) {
	type row struct{ key, text string }
	rows := make([]row, 0, len(sizes))
	for _, r := range sizes {
		text, err := sizeRow(r)
		if err != nil {
			return "", err
		}
		name, _, _ := strings.Cut(text, "|")
		rows = append(rows, row{strings.ToLower(name), text})
	}
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.key, b.key) })
	var b strings.Builder
	b.WriteString(sizesHead)
	for _, r := range rows {
		b.WriteString(r.text)
		b.WriteByte('\n')
	}
	return b.String(), nil
}

func sizeRow(r record) (string, error) {
	c, err := r.all("name", "series", "vcpus", "gpus", "memory_gb", "os_disk_mb", "resource_disk_mb", "gpu_model")
	if err != nil {
		return "", err
	}
	short, err := shortName(r, c[0])
	if err != nil {
		return "", err
	}
	memory, err := strconv.ParseFloat(c[4], 64)
	if err != nil {
		return "", r.errorf("memory_gb: %w", err)
	}
	mib := memory * 1024
	if mib != math.Trunc(mib) {
		return "", r.errorf("memory_gb: %s GiB is not whole MiB", c[4])
	}
	flags, err := sizeFlags(r)
	if err != nil {
		return "", err
	}
	types, err := sizeTypes(r)
	if err != nil {
		return "", err
	}
	return strings.Join([]string{
		short, c[1], c[2], c[3], strconv.FormatFloat(mib, 'f', 0, 64), c[5], c[6], flags, types, c[7],
	}, "|"), nil
}

func shortName(r record, name string) (string, error) {
	short, ok := strings.CutPrefix(name, namePrefix)
	if !ok {
		return "", r.errorf("size %q does not start with %s", name, namePrefix)
	}
	return short, nil
}

func sizeFlags(r record) (string, error) {
	flags := ""
	for _, f := range []struct{ column, letter string }{
		{"low_priority_capable", "l"}, {"premium_io", "p"}, {"isolated", "i"}, {"rdma", "r"},
	} {
		v, err := r.get(f.column)
		if err != nil {
			return "", err
		}
		switch v {
		case "true":
			flags += f.letter
		case "false", "": // unknown counts as no: nothing is offered on a guess
		default:
			return "", r.errorf("%s: %q is neither true nor false", f.column, v)
		}
	}
	source, err := r.get("source")
	if err != nil {
		return "", err
	}
	if slices.Contains(strings.Split(source, ";"), recordedTag) {
		flags += "s"
	}
	return flags, nil
}

func sizeTypes(r record) (string, error) {
	v, err := r.get("supported_compute_types")
	if err != nil {
		return "", err
	}
	letters := ""
	for t := range strings.SplitSeq(v, ";") {
		l, ok := typeLetters[t]
		if !ok {
			return "", r.errorf("supported_compute_types: unknown %q", t)
		}
		letters += l
	}
	return letters, nil
}
