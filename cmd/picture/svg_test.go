package main

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func TestDraw(t *testing.T) {
	var out bytes.Buffer
	screen := "plain \x1b[1;31mred & bold\x1b[m\n\x1b[7mreverse\x1b[m 世界 ▌\n"
	if err := draw(strings.NewReader(screen), &out, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"red &amp; bold", `font-weight="bold"`, ">世<", ">▌<", "#161b22"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the picture lacks %q", want)
		}
	}
	dec := xml.NewDecoder(&out)
	for {
		if _, err := dec.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("not XML: %v", err)
		}
	}
}

func TestLightPaper(t *testing.T) {
	if got := svg("x", bright); !strings.Contains(got, "#ffffff") || strings.Contains(got, "#161b22") {
		t.Errorf("not on light paper: %s", got)
	}
}
