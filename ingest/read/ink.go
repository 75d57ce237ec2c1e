package read

import (
	"math"
	"strconv"
	"strings"
)

// Ink is how a run of text is drawn, as far as that tells whether a person who
// opens the document sees it. The zero value is plain text.
type Ink struct {
	// Hidden says that it is not shown.
	Hidden bool
	// Color is that of the letters and Ground what is behind them. The zero Color
	// is not known: letters that are seen, on a page that is white.
	Color, Ground Color
	// Size is that of the letters in points, 0 where it is not known.
	Size float64
}

const (
	// smallestSize is that of letters which can be told from dots, in points: small
	// print has five or six, signs beside letters three.
	smallestSize = 2
	// leastContrast is the ratio of luminances below which letters have the colour
	// of their ground, and leastDifference how far apart in red, green or blue two
	// colours of one luminance are. Pale grey, #eee, is 1.16 from white; the
	// standard for pages that all can read (WCAG 2) asks for 4.5.
	leastContrast, leastDifference = 1.1, 40
)

// Seen reports whether it can be seen.
func (i Ink) Seen() bool {
	return !i.Hidden && (i.Size == 0 || i.Size >= smallestSize) && i.Color.showsOn(i.Ground)
}

// Color is one of 16 million, or not known.
type Color int32

// White is the colour of pages, Pictured that of a ground on which everything is
// seen: a picture, or colours that run into each other.
const (
	White    = Color(1<<24 | 0xffffff)
	Pictured = Color(-1)
)

// RGB is the colour of these parts.
func RGB(r, g, b uint8) Color { return 1<<24 | Color(r)<<16 | Color(g)<<8 | Color(b) }

// HexColor is the colour written as "FFF", "FFFFFF" or, with how opaque it is
// before it, "FFFFFFFF", after "#" or not; 0 for anything else, as "auto".
func HexColor(s string) Color {
	s = strings.TrimPrefix(s, "#")
	if len(s) == 3 {
		s = string([]byte{s[0], s[0], s[1], s[1], s[2], s[2]})
	}
	n, err := strconv.ParseUint(s, 16, 32)
	if err != nil || len(s) != 6 && len(s) != 8 {
		return 0
	}
	return 1<<24 | Color(n&0xffffff)
}

func (c Color) parts() [3]float64 {
	return [3]float64{float64(c >> 16 & 0xff), float64(c >> 8 & 0xff), float64(c & 0xff)}
}

// luminance is how bright it is, from 0 to 1.
func (c Color) luminance() float64 {
	sum := 0.0
	for i, v := range c.parts() {
		sum += [3]float64{0.2126, 0.7152, 0.0722}[i] * math.Pow(v/255, 2.2)
	}
	return sum
}

// showsOn reports whether letters of the colour are seen on a ground.
func (c Color) showsOn(ground Color) bool {
	if ground == 0 {
		ground = White
	}
	if c <= 0 || ground < 0 {
		return true
	}
	light, dark := c.luminance()+0.05, ground.luminance()+0.05
	if max(light, dark)/min(light, dark) >= leastContrast {
		return true
	}
	on := ground.parts()
	for i, v := range c.parts() {
		if math.Abs(v-on[i]) >= leastDifference {
			return true
		}
	}
	return false
}

// Hide keeps text that nobody sees who opens the document. It stands at the end,
// in blocks that are Unseen.
func (c *Builder) Hide(text string) {
	if text = strings.TrimSpace(FlatLine(text)); text == "" {
		return
	}
	if n := len(c.hidden); n == 0 || c.hidden[n-1].page != c.Page {
		c.hidden = append(c.hidden, hidden{page: c.Page})
	}
	last := &c.hidden[len(c.hidden)-1]
	last.texts = append(last.texts, text)
}

// hidden is text that nobody sees, with the page that it is on.
type hidden struct {
	page  int
	texts []string
}

// PutHidden adds what was hidden so far.
func (c *Builder) PutHidden() {
	all, page := c.hidden, c.Page
	c.hidden = nil
	for _, h := range all {
		c.Page = h.page
		c.Add(Unseen, 0, strings.Join(h.texts, " "))
	}
	c.Page = page
}
