package main

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// paper is what a terminal's own two colours look like.
type paper struct{ fg, bg color.Color }

var (
	dark   = paper{color.RGBA{0xd8, 0xde, 0xe9, 0xff}, color.RGBA{0x16, 0x1b, 0x22, 0xff}}
	bright = paper{color.RGBA{0x24, 0x29, 0x2f, 0xff}, color.RGBA{0xff, 0xff, 0xff, 0xff}}
)

// Size of a cell and of the margin, in SVG units.
const (
	cellW, cellH = 8.43, 18.0
	margin       = 12.0
	baseline     = 13.5
)

// svg draws a screen: a rectangle for every run of background, a text for
// every run of equal style.
func svg(screen string, p paper) string {
	screen = strings.TrimRight(strings.ReplaceAll(screen, "\r", ""), "\n")
	styled := uv.NewStyledString(screen)
	bounds := styled.Bounds()
	buf := uv.NewScreenBuffer(bounds.Dx(), bounds.Dy())
	buf.Method = ansi.GraphemeWidth
	styled.Draw(buf, bounds)

	var b strings.Builder
	w, h := float64(bounds.Dx())*cellW+2*margin, float64(bounds.Dy())*cellH+2*margin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">`+"\n", w, h)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", hex(p.bg))
	for y := range bounds.Dy() {
		row(&b, buf, y, bounds.Dx(), p)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// run is a stretch of cells of one style.
type run struct {
	x, cells int
	text     string
	style    uv.Style
}

func row(b *strings.Builder, buf uv.ScreenBuffer, y, width int, p paper) {
	var runs []run
	for x := 0; x < width; {
		cell := buf.CellAt(x, y)
		if cell == nil || cell.Width == 0 {
			x++
			continue
		}
		last := len(runs) - 1
		if last >= 0 && runs[last].style == cell.Style && ascii(runs[last].text) && ascii(cell.Content) {
			runs[last].text += cell.Content
			runs[last].cells += cell.Width
		} else {
			runs = append(runs, run{x, cell.Width, cell.Content, cell.Style})
		}
		x += cell.Width
	}
	for _, r := range runs {
		r.draw(b, y, p)
	}
}

// ascii reports whether text has the font's own advance width; other glyphs may
// come from another font and are placed one by one.
func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func (r run) draw(b *strings.Builder, y int, p paper) {
	fg, bg := r.style.Fg, r.style.Bg
	if fg == nil {
		fg = p.fg
	}
	if r.style.Attrs&uv.AttrReverse != 0 {
		if bg == nil {
			bg = p.bg
		}
		fg, bg = bg, fg
	}
	left, top := margin+float64(r.x)*cellW, margin+float64(y)*cellH
	width := float64(r.cells) * cellW
	if bg != nil {
		fmt.Fprintf(b, `<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f" fill="%s"/>`+"\n", left, top, width+0.3, cellH+0.3, hex(bg))
	}
	if strings.TrimSpace(r.text) == "" {
		return
	}
	extra := ""
	if r.style.Attrs&uv.AttrBold != 0 {
		extra += ` font-weight="bold"`
	}
	if r.style.Attrs&uv.AttrItalic != 0 {
		extra += ` font-style="italic"`
	}
	if r.style.Attrs&uv.AttrFaint != 0 {
		extra += ` opacity="0.6"`
	}
	if r.style.Underline != 0 {
		extra += ` text-decoration="underline"`
	}
	fmt.Fprintf(b, `<text x="%.2f" y="%.2f" textLength="%.2f" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="%s"%s>%s</text>`+"\n",
		left, top+baseline, width, hex(fg), extra, html.EscapeString(r.text))
}

func hex(c color.Color) string {
	r, g, bl, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, bl>>8)
}
