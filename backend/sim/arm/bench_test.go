package arm

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amltop/amltop/backend/sim"
)

// BenchmarkListComputes renders one page of a workspace of 100 instances.
func BenchmarkListComputes(b *testing.B) {
	var text strings.Builder
	text.WriteString("name = \"big\"\n[[people]]\nname = \"ana\"\n[[subscriptions]]\nid = \"8c1f2b1e-52a4-4b8e-9d53-0f6f5f2f7a01\"\nname = \"big\"\n" +
		"[[subscriptions.regions]]\nname = \"eastus\"\ndedicated = 1000\ndefault_family = 1000\n[[subscriptions.workspaces]]\nname = \"vision\"\nresource_group = \"rg-vision\"\nlocation = \"eastus\"\n")
	for i := range 100 {
		fmt.Fprintf(&text, "[[subscriptions.workspaces.instances]]\nname = \"ci-%03d\"\nvm_size = \"Standard_DS3_v2\"\nowner = \"ana\"\nstate = \"Running\"\n", i)
	}
	path := filepath.Join(b.TempDir(), "big.toml")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	sc, err := sim.Load(path)
	if err != nil {
		b.Fatal(err)
	}
	w, err := sim.New(sc, 1)
	if err != nil {
		b.Fatal(err)
	}
	benchmarkGet(b, New(w, Options{PageSize: 100}), visionPath+"/computes")
}

// BenchmarkListSizes answers the sizes of a region, which are rendered once.
func BenchmarkListSizes(b *testing.B) {
	sc, err := sim.Load("empty")
	if err != nil {
		b.Fatal(err)
	}
	w, err := sim.New(sc, 1)
	if err != nil {
		b.Fatal(err)
	}
	benchmarkGet(b, New(w, Options{}), "/subscriptions/"+w.Subscriptions()[0].ID+"/providers/"+namespace+"/locations/eastus/vmSizes")
}

func benchmarkGet(b *testing.B, s *Server, path string) {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, "https://management.azure.com"+path+"?api-version=2024-04-01", nil)
	if err != nil {
		b.Fatal(err)
	}
	transport := s.Transport()
	b.ReportAllocs()
	for b.Loop() {
		resp, err := transport.RoundTrip(r)
		if err != nil || resp.StatusCode != http.StatusOK {
			b.Fatal(resp, err)
		}
		n, err := io.Copy(io.Discard, resp.Body)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(n)
	}
}
