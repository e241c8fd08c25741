package theme

// palette is the colours of one background, as indexes into the 256 colours
// every terminal has had for decades: they look alike everywhere, and a cell
// that changes costs the wire half of what a true colour would. Each colour of
// text reads at 4.5:1 or better on its background, and on the selected row.
type palette struct {
	tones    [8]string // by Tone; "": the terminal's own
	faint    string    // rules, borders, hints
	text     string    // titles
	barFore  string    // the top line
	barBack  string
	selBack  string
	markFore string
}

// dark is for dark backgrounds: muted, with red kept for what is wrong.
var dark = palette{
	tones: [8]string{
		Plain:  "",
		Dim:    "246",
		Good:   "108",
		Change: "110",
		Warn:   "179",
		Bad:    "210",
		Money:  "187",
		Accent: "116",
	},
	faint:    "246",
	text:     "254",
	barFore:  "252",
	barBack:  "236",
	selBack:  "238",
	markFore: "222",
}

// light is for light backgrounds: the same hues, deep enough to read.
var light = palette{
	tones: [8]string{
		Plain:  "",
		Dim:    "241",
		Good:   "22",
		Change: "25",
		Warn:   "94",
		Bad:    "124",
		Money:  "58",
		Accent: "24",
	},
	faint:    "241",
	text:     "234",
	barFore:  "236",
	barBack:  "254",
	selBack:  "253",
	markFore: "90",
}
