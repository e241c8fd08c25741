package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The tables that are committed must be what the generator makes of the
// reference data, which may lie beside the repository.
func TestCommittedTablesEqualARegeneration(t *testing.T) {
	t.Parallel()
	data := filepath.Join("..", "..", "..", "..", "shared", "data")
	if _, err := os.Stat(data); err != nil {
		t.Skipf("the reference data is not beside this clone: %v", err)
	}
	out := t.TempDir()
	if err := run([]string{"-data", data, "-out", out}, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadDir(out)
	if err != nil || len(written) != 4 {
		t.Fatalf("%d tables, error %v; want 4", len(written), err)
	}
	for _, f := range written {
		want, err := os.ReadFile(filepath.Join(out, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("..", f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator writes: run it again", f.Name())
		}
	}
}

// source is a small set of reference data, by file name.
func source() map[string]string {
	return map[string]string{
		"vm-sizes.csv": "name,family,series,vcpus,gpus,gpu_model,memory_gb,os_disk_mb,resource_disk_mb,low_priority_capable,premium_io,supported_compute_types,price_linux_standard_usd_hour,price_linux_lowpriority_usd_hour,isolated,rdma,source\n" +
			"Standard_E4_v9,standardEFamily,Ev9,4,0,,437.5,,8,,true,AmlCompute;MIR,0.250,0.05,true,false,docs;azps-2025-11\n" +
			"Standard_D2_v9,standardDFamily,Dv9,2,1,GPU,3.5,100,8,true,false,AmlSpark,,,false,true,docs\n",
		"vm-series.csv": "series,restriction_2020,category,gpu_architecture,cuda_min,supported_by_today,retired,retirement_status\n" +
			"Ev9,,Memory,,,AmlCompute,,\n" +
			"Dv9,requires approval,GPU,Volta,9.0,AmlSpark;MIR,2030-01-31,announced\n",
		"vm-regions.csv": "region,vm_size,price_linux_standard_usd_hour,price_linux_spot_usd_hour,price_linux_lowpriority_usd_hour\n" +
			"westus,Standard_E4_v9,1,,\n" +
			"eastus,Standard_E4_v9,0.25,0.1,\n" +
			"westus,Standard_D2_v9,,0.000001,\n",
		"managed-online-skus.csv": "vm_size,skip_20pct_reservation\nStandard_E4_v9,true\nStandard_D2_v9,false\n",
	}
}

func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestBuild(t *testing.T) {
	t.Parallel()
	tables, err := build(write(t, source()))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"sizes.txt":   "D2_v9|Dv9|2|1|3584|100|8|lr|S|GPU\nE4_v9|Ev9|4|0|448000||8|pis|AM|\n",
		"series.txt":  "Dv9|standardDFamily|approval|GPU|Volta|9.0|SM|2030-01-31|announced\nEv9|standardEFamily||Memory|||A||\n",
		"prices.txt":  "@eastus\nE4_v9 0.25 0.05 0.1\n@westus\nD2_v9 - - 0.000001\nE4_v9 1\n",
		"managed.txt": "D2_v9\nE4_v9 exempt\n",
	}
	for _, table := range tables {
		var rows strings.Builder
		for line := range strings.Lines(table.text) {
			if !strings.HasPrefix(line, "#") {
				rows.WriteString(line)
			}
		}
		if rows.String() != want[table.file] {
			t.Errorf("%s:\n%swant\n%s", table.file, rows.String(), want[table.file])
		}
	}
	if len(tables) != len(want) {
		t.Errorf("%d tables, want %d", len(tables), len(want))
	}
}

func TestBadDataIsRefusedAndNothingWritten(t *testing.T) {
	t.Parallel()
	tests := []struct{ what, file, old, new, want string }{
		{"column missing", "vm-sizes.csv", "rdma", "infiniband", `no column "rdma"`},
		{"name", "vm-sizes.csv", "Standard_E4_v9", "Basic_E4_v9", "vm-sizes.csv:2: size \"Basic_E4_v9\""},
		{"memory", "vm-sizes.csv", "437.5", "437.0001", "not whole MiB"},
		{"flag", "vm-sizes.csv", "true,false,docs", "yes,false,docs", `"yes" is neither true nor false`},
		{"compute type", "vm-sizes.csv", "AmlSpark", "Spark", `unknown "Spark"`},
		{"two series in a family", "vm-sizes.csv", "standardEFamily", "StandardDFamily", "belongs to series Ev9 and Dv9"},
		{"a bar in a cell", "vm-sizes.csv", "GPU", "A|B", "would break the table"},
		{"price", "vm-sizes.csv", "0.250", "free", "not a decimal number"},
		{"zero price", "vm-sizes.csv", "0.250", "0", "is no price"},
		{"contradictory prices", "vm-sizes.csv", "0.250", "0.26", "price 0.25 contradicts 0.26"},
		{"restriction", "vm-series.csv", "requires approval", "ask", `unknown restriction "ask"`},
		{"series without size", "vm-series.csv", "Ev9", "Ev8", "series Ev8 has no size"},
		{"exemption", "managed-online-skus.csv", "v9,true", "v9,", "neither true nor false"},
		{"no rows", "vm-regions.csv", source()["vm-regions.csv"], "region\n", "no rows"},
		{"ragged", "vm-regions.csv", "0.1,", "0.1", "wrong number of fields"},
	}
	for _, tt := range tests {
		files := source()
		files[tt.file] = strings.Replace(files[tt.file], tt.old, tt.new, 1)
		out := t.TempDir()
		err := run([]string{"-data", write(t, files), "-out", out}, &bytes.Buffer{})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.what, err, tt.want)
		}
		if left, err := os.ReadDir(out); err != nil || len(left) > 0 {
			t.Errorf("%s: %d files written, error %v", tt.what, len(left), err)
		}
	}
}

func TestDataFolderIsRequired(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"-data", filepath.Join(t.TempDir(), "nowhere")}} {
		if err := run(args, &bytes.Buffer{}); err == nil {
			t.Errorf("run %v: no error", args)
		}
	}
}
