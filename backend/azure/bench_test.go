package azure

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/machinelearning/armmachinelearning/v4"

	"github.com/amltop/amltop/backend"
)

// hundred is a page of a hundred computes, as a busy workspace has it.
func hundred(b *testing.B) []byte {
	b.Helper()
	var p struct {
		Value []json.RawMessage `json:"value"`
	}
	if err := json.Unmarshal([]byte(testdata(b, "computes.json")), &p); err != nil {
		b.Fatal(err)
	}
	rows := make([]string, 0, 100)
	for i := range 100 {
		n := fmt.Sprintf("n%d-", i)
		rows = append(rows, strings.NewReplacer(`"name": "`, `"name": "`+n, "/computes/", "/computes/"+n).Replace(string(p.Value[i%6])))
	}
	return []byte(`{"value":[` + strings.Join(rows, ",") + `]}`)
}

// BenchmarkDecodeComputes decodes and maps a page of 100 computes.
func BenchmarkDecodeComputes(b *testing.B) {
	body := hundred(b)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		rows := &rows[wireCompute]{}
		if _, err := rows.page(body); err != nil {
			b.Fatal(err)
		}
		var all backend.Computes
		for i := range rows.list {
			addCompute(&all, &rows.list[i], "ws")
		}
		if len(all.Clusters)+len(all.Instances) != 100 {
			b.Fatal("rows are missing")
		}
	}
}

// BenchmarkDecodeComputesSDK is what the same page costs the SDK's own types.
func BenchmarkDecodeComputesSDK(b *testing.B) {
	body := hundred(b)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		var p armmachinelearning.PaginatedComputeResourcesList
		if err := p.UnmarshalJSON(body); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkComputes is a whole list call: request, policies, answer, rows; and
// the same where the answer is the one held.
func BenchmarkComputes(b *testing.B) {
	for _, bm := range []struct {
		name      string
		unchanged bool
	}{{"changed", false}, {"unchanged", true}} {
		b.Run(bm.name, func(b *testing.B) {
			c := clientOn(b, newScript(ok("GET", "/computes?", string(hundred(b)))))
			ws := testWorkspace()
			held, err := c.Computes(b.Context(), ws, 0)
			if err != nil {
				b.Fatal(err)
			}
			if !bm.unchanged {
				held.Version = 0
			}
			b.ReportAllocs()
			for b.Loop() {
				got, err := c.Computes(b.Context(), ws, held.Version)
				if err != nil || (len(got.Instances) == 0) != bm.unchanged {
					b.Fatal(len(got.Instances), err)
				}
			}
		})
	}
}
