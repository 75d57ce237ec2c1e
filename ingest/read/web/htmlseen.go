package web

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"docent/ingest/read"
)

// struckAttribute marks what a style strikes through.
const struckAttribute = "docent-struck"

// strike leaves out an element that is struck through, and so no longer holds.
func (p *page) strike(n *html.Node) bool {
	switch n.DataAtom {
	case atom.S, atom.Del, atom.Strike:
	default:
		if attribute(n, struckAttribute) == "" {
			return false
		}
	}
	if strings.TrimSpace(textOf(n)) != "" {
		*p.struck++
		p.cut = true
	}
	return true
}

// seer takes out of the tree of a page what nobody sees.
type seer struct {
	*rules
	opened map[string]bool
	hide   func(text string)
}

// prune goes through what is in an element, which is drawn as ink says.
func (s *seer) prune(n *html.Node, ink read.Ink) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" && !ink.Seen():
			s.hide(c.Data)
			n.RemoveChild(c)
		case c.Type == html.ElementNode && !dropped[c.DataAtom] && c.DataAtom != atom.Br: // verses stand on lines of their own without
			if inner, shown := s.look(c, ink); shown {
				s.prune(c, inner)
			} else {
				s.hide(shownText(c))
				n.RemoveChild(c)
			}
		}
		c = next
	}
}

// shownText is the text in an element, without that of scripts and the like.
func shownText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if blockLevel[n.DataAtom] {
			b.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil && !dropped[n.DataAtom]; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

// look is how what is in an element is drawn, in one that is drawn as ink says. It
// reports whether the element is shown, if only by a button.
func (s *seer) look(n *html.Node, ink read.Ink) (read.Ink, bool) {
	d := s.of(n)
	if strings.Contains(d["text-decoration"], "line-through") {
		n.Attr = append(n.Attr, html.Attribute{Key: struckAttribute, Val: "1"})
	}
	away := n.DataAtom == atom.Dialog
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			away = away || a.Val != "until-found" && d["display"] == ""
		case "popover":
			away = true
		case "open":
			away = false
		}
	}
	return d.ink(ink), !away && !d.away() || s.opened[attribute(n, "id")]
}

// away reports whether declarations put an element out of sight.
func (d declarations) away() bool {
	if d["display"] == "none" || d["mso-hide"] == "all" {
		return true
	}
	for _, part := range []string{d["opacity"], argument(d["filter"], "opacity"), argument(d["transform"], "scale")} {
		if v, unit, ok := length(part); ok && (v < 0.05 || unit == "%" && v < 5) {
			return true
		}
	}
	return d.offPage() || d.clipped()
}

// offPage reports whether an element stands far from its place. Beyond the end of a
// page it may go on.
func (d declarations) offPage() bool {
	const before, beyond = -500, 5000 // pixels
	moved := []string{d["text-indent"], d["margin-left"], d["margin-top"], argument(d["transform"], "translate")}
	if p := d["position"]; p != "" && p != "static" {
		moved = append(moved, d["left"], d["right"], d["top"], d["bottom"])
	}
	for _, part := range moved {
		v, unit, ok := length(part)
		if ok && (pixels(v, unit) <= before || pixels(v, unit) >= beyond) {
			return true
		}
	}
	return false
}

var (
	noRect  = regexp.MustCompile(`^rect\(\s*([\d.]+)[a-z]*[\s,]+([\d.]+)[a-z]*[\s,]+([\d.]+)[a-z]*[\s,]+([\d.]+)[a-z]*\s*\)`)
	noShape = regexp.MustCompile(`^(?:inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|circle\(\s*0|ellipse\(\s*0|polygon\((?:\s*0[a-z%]*[\s,]*)+\))`)
)

// clipped reports whether nothing is left of an element for what it is cut to.
func (d declarations) clipped() bool {
	m := noRect.FindStringSubmatch(d["clip"])
	if m != nil && m[1] == m[3] && m[2] == m[4] || noShape.MatchString(d["clip-path"]) {
		return true
	}
	for _, side := range []string{"width", "height", "max-width", "max-height"} {
		if v, unit, ok := length(d[side]); ok && pixels(v, unit) <= 2 && (strings.Contains(d["overflow"], "hidden") || strings.Contains(d["overflow"], "clip")) {
			return true
		}
	}
	return false
}

var firstArgument = regexp.MustCompile(`\b([a-z]+?)(?:x|y|3d)?\(\s*([^,)]+)`)

// argument is the first one of a function in a value.
func argument(value, function string) string {
	for _, m := range firstArgument.FindAllStringSubmatch(value, -1) {
		if m[1] == function {
			return m[2]
		}
	}
	return ""
}

var lengthForm = regexp.MustCompile(`^([-+]?(?:\d+\.?\d*|\.\d+))([a-z%]*)$`)

func length(s string) (v float64, unit string, ok bool) {
	m := lengthForm.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return 0, "", false
	}
	v, err := strconv.ParseFloat(m[1], 64)
	return v, m[2], err == nil
}

// inPixels is how many pixels a unit has, on a page of a thousand with letters of
// the usual size.
var inPixels = map[string]float64{"": 1, "px": 1, "pt": 4.0 / 3, "pc": 16, "in": 96, "cm": 37.8, "mm": 3.78, "em": 16, "rem": 16, "ex": 8, "ch": 8, "%": 10, "vw": 10, "vh": 10}

func pixels(v float64, unit string) float64 { return v * inPixels[unit] }

// ink is how an element is drawn in one that is drawn as ink says.
func (d declarations) ink(ink read.Ink) read.Ink {
	switch d["visibility"] {
	case "hidden", "collapse":
		ink.Hidden = true
	case "visible":
		ink.Hidden = false
	}
	for _, value := range []string{d["color"], d["-webkit-text-fill-color"]} {
		if c, opaque := color(value); c != 0 {
			ink.Color = c
			ink.Hidden = ink.Hidden || opaque < 0.1
		}
	}
	if ground := d["background"] + d["background-image"]; strings.Contains(ground, "url(") || strings.Contains(ground, "gradient(") {
		ink.Ground = read.Pictured
	} else if c, opaque := color(colorForm.FindString(ground)); c != 0 && opaque > 0.5 {
		ink.Ground = c
	}
	if v, unit, ok := length(d["font-size"]); ok {
		const usual, least = 12, 0.001 // points
		switch unit {
		case "%":
			v = v / 100 * max(ink.Size, usual)
		case "em":
			v *= max(ink.Size, usual)
		default:
			v = pixels(v, unit) * 3 / 4
		}
		ink.Size = max(v, least)
	}
	return ink
}

var (
	colorForm = regexp.MustCompile(`#[0-9a-f]+|(?:rgb|hsl)a?\([^)]*\)|[a-z]+`)
	numbers   = regexp.MustCompile(`[\d.]+%?`)
)

// color is what a value names, 0 for none, and how opaque it is, from 0 to 1.
func color(s string) (c read.Color, opaque float64) {
	if named, known := colornames.Map[s]; known {
		return read.RGB(named.R, named.G, named.B), 1
	}
	if s == "transparent" || len(s) == 9 && strings.HasSuffix(s, "00") || len(s) == 5 && s[0] == '#' && s[4] == '0' {
		return read.White, 0
	}
	if strings.HasPrefix(s, "#") {
		return read.HexColor(s[:1+(len(s)-1)/3*3]), 1
	}
	parts := numbers.FindAllString(s, -1)
	if len(parts) < 3 {
		return 0, 0
	}
	if opaque = 1; len(parts) > 3 {
		opaque = share(parts[3], 1)
	}
	if !strings.HasPrefix(s, "hsl") {
		return read.RGB(uint8(255*share(parts[0], 255)), uint8(255*share(parts[1], 255)), uint8(255*share(parts[2], 255))), opaque
	}
	if light := share(parts[2], 100); share(parts[1], 100) < 0.05 || light < 0.02 || light > 0.98 {
		return read.RGB(uint8(255*light), uint8(255*light), uint8(255*light)), opaque
	}
	return 0, opaque // a colour, whichever
}

// share is the part that a number is of the most that it can be.
func share(s string, most float64) float64 {
	number, percent := strings.CutSuffix(s, "%")
	v, _ := strconv.ParseFloat(number, 64) // of digits and points
	if percent {
		most = 100
	}
	return min(v/most, 1)
}
