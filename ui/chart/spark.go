package chart

import "github.com/amltop/amltop/model"

// Spark is amounts as a line of blocks, the last so many of them, the highest
// a full block. What nobody watched is a point.
func (c Chart) Spark(width int) string {
	p := plot{bars: c.Bars, rows: 1, highest: c.Max()}
	if p.highest <= 0 || width <= 0 {
		return ""
	}
	p.bars = p.bars[max(0, len(p.bars)-width):]
	g := c.glyphs()
	text := make([]rune, 0, len(p.bars))
	for _, bar := range p.bars {
		level := p.level(bar.Total)
		switch {
		case level == 0 && bar.Gap:
			text = append(text, []rune(g.gap)...)
		case c.ASCII:
			text = append(text, rune("_.:-=+*%#"[level]))
		default:
			text = append(text, g.level[max(level, 1)])
		}
	}
	return string(text)
}

// Meter is a bar of width cells of which some are filled: an amount beside a
// limit or beside the greatest. What goes beyond fills it.
func (c Chart) Meter(amount, limit model.Money, width int) string {
	filled := 0
	if limit > 0 && amount > 0 {
		filled = int(min(float64(amount)/float64(limit), 1)*float64(width*eighths) + 0.5)
		filled = max(filled, 1)
	}
	full, rest := filled/eighths, filled%eighths
	text := make([]rune, 0, width)
	for range full {
		text = append(text, c.full())
	}
	if rest > 0 && len(text) < width {
		text = append(text, c.start(rest))
	}
	for len(text) < width {
		text = append(text, ' ')
	}
	return string(text)
}

func (c Chart) full() rune {
	if c.ASCII {
		return '#'
	}
	return '█'
}

// start is the beginning of a cell, so many eighths of it.
func (c Chart) start(n int) rune {
	if c.ASCII {
		return []rune(" ......##")[n]
	}
	return []rune(" ▏▎▍▌▋▊▉█")[n]
}
