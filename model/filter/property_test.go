package filter

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// terms are samples that properties are tried on.
var terms = []string{
	"a", "an", "gpu", "west", "v3", "nc.*v3", "^a", "b$", "[ab]c", "-f av", "owner:ana", "state=running",
	"price>5", "idle>1h", "up<=2d", "é", "ana|ben", `"a b"`,
}

func randomRecord(r *rand.Rand) *fake {
	letters := []rune("abcnvgpuws013 -._éÉABCNVĀ")
	f := newFake()
	for _, c := range columns {
		var b strings.Builder
		for range r.IntN(8) {
			b.WriteRune(letters[r.IntN(len(letters))])
		}
		f.with(c, b.String())
		if r.IntN(2) == 0 {
			f.number(c, float64(r.IntN(10000)))
		}
	}
	return f
}

func TestInverseIsTheComplement(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, text := range terms {
		yes, err1 := Parse(text, columns)
		not := "!" + text
		if rest, fuzzy := strings.CutPrefix(text, "-f "); fuzzy {
			not = "-f !" + rest
		}
		no, err2 := Parse(not, columns)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		for range 300 {
			if rec := randomRecord(r); yes.Match(rec) == no.Match(rec) {
				t.Fatalf("%q and %q agree on %q", text, not, rec.all)
			}
		}
	}
}

func TestTermsAllHold(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		a, b := terms[r.IntN(len(terms))], terms[r.IntN(len(terms))]
		ea, _ := Parse(a, columns)
		eb, _ := Parse(b, columns)
		both, err := Parse(a+" "+b, columns)
		if err != nil {
			t.Fatal(err)
		}
		rec := randomRecord(r)
		if both.Match(rec) != (ea.Match(rec) && eb.Match(rec)) {
			t.Fatalf("%q and %q on %q", a, b, rec.all)
		}
	}
}

// TestSubstring holds the fast search against the obvious one.
func TestSubstring(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20000 {
		text, part := randomRecord(r).all, randomRecord(r).texts["name"]
		if want := strings.Contains(strings.ToLower(text), strings.ToLower(part)); newSubstring(part).in(text) != want {
			t.Fatalf("%q in %q: want %v", part, text, want)
		}
	}
}

// TestRequired holds regular expressions with their short cut against those without.
func TestRequired(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, p := range []string{"a.*b", "(a|b)c", "an+a?", "^ab|cd$", "a{2}", "(ab)?c", "[abc]v", "(ab|)c", "x*", "a|b*"} {
		e, err := Parse(p, nil)
		if err != nil {
			t.Fatal(err)
		}
		re := regexp.MustCompile("(?im)" + p)
		for range 3000 {
			if rec := randomRecord(r); e.Match(rec) != re.MatchString(rec.all) {
				t.Fatalf("%q on %q: the short cut is wrong", p, rec.all)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range append(terms, `"`, `\`, "-f", "!", "a:b:c", "price>=", "owner:(", `o:"a\"b" c`) {
		f.Add(text)
	}
	rec := ana()
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Parse(text, columns)
		if err != nil {
			if !e.Empty() {
				t.Errorf("%q: an expression beside the error", text)
			}
			return
		}
		if e.Empty() && !e.Match(rec) {
			t.Errorf("%q says nothing but does not match", text)
		}
		quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
		lit, err := Parse(quoted, columns)
		if err != nil {
			t.Fatalf("%q in quotes: %v", text, err)
		}
		probe := newFake().with("name", "<"+text+">")
		if !lit.Match(probe) {
			t.Errorf("%q in quotes does not match itself", text)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	records := make([]*fake, 100_000)
	for i := range records {
		records[i] = newFake()
		records[i].all = strings.ToLower(fmt.Sprintf("inst-%06d\nworkspace-%d\nana@contoso.example\nStandard_NC24s_v3\nRunning\n3h12m\n12.24\nlate: idle 1h rule\nwesteurope", i, i/100))
	}
	for _, text := range []string{"999", "zzz", "nc.*v3", "inst-.*(7|8)$", "-f i99", "[0-9]{3}7"} {
		e, err := Parse(text, columns)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, r := range records {
					e.Match(r)
				}
			}
		})
	}
}
