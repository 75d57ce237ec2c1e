package pdf

import (
	"image"
	"slices"
	"strings"
	"unicode"
)

const (
	// seenResolution is that of the picture that words are looked for in, in dots
	// an inch: letters of six points are four dots high.
	seenResolution, mostSeenPixels = 48, 4 << 20
	// leastInk is by how much, of 255, the dots of a word differ at least. Pale
	// grey letters of six points, #eee, do by ten.
	leastInk = 6
	// smallestGlyph is the height of the capitals of letters of two points; see
	// read.Ink.
	smallestGlyph = 1.4
)

// see takes out of the characters of a page the words of which a picture of it
// shows nothing: in the colour of their ground, covered, cut off, of a layer that is
// off, invisible with no picture below, or too small.
func (f *pdfFile) see(i int, page *pdfPage) error {
	if len(page.glyphs) == 0 {
		return nil
	}
	picture, free, err := f.render(i, seenResolution, mostSeenPixels)
	if err != nil {
		return err
	}
	defer free()
	scale := float32(picture.Bounds().Dx()) / max(page.width, 1)
	var kept []glyph
	var unseen strings.Builder
	printed := page.printed
	for from := 0; from < len(page.glyphs); {
		to := wordEnd(page.glyphs, from)
		word := page.glyphs[from:to]
		if page.hides(word[0]) || hasLetters(word) && (isTooSmall(word) || !shows(picture, word, scale, page.height)) {
			writeHidden(&unseen, word)
			printed -= min(to, page.printed) - min(from, page.printed)
		} else {
			kept = append(kept, word...)
		}
		from = to
	}
	page.glyphs, page.printed, page.unseen = kept, printed, unseen.String()
	return nil
}

// wordEnd is where the run ends that begins at a character: a word, or what
// stands between two.
func wordEnd(glyphs []glyph, from int) int {
	to := from + 1
	for to < len(glyphs) && glyphs[to].isVoid() == glyphs[from].isVoid() && abs32(glyphs[to].bottom-glyphs[to-1].bottom) < 2*cellSide+glyphs[from].height() {
		to++
	}
	return to
}

// isVoid reports whether a character has no place where it could be seen.
func (g glyph) isVoid() bool { return g.blank() || g.width() <= 0 || g.height() <= 0 }

// isTooSmall reports whether no letter of a word is of a size to be read.
func isTooSmall(word []glyph) bool {
	return !slices.ContainsFunc(word, func(g glyph) bool { return max(g.height(), g.width()) >= smallestGlyph })
}

// hasLetters reports whether a word has more than signs, of which a picture may
// show too little.
func hasLetters(word []glyph) bool {
	return !word[0].isVoid() && slices.ContainsFunc(word, func(g glyph) bool { return unicode.IsLetter(g.r) || unicode.IsDigit(g.r) })
}

// shows reports whether a picture has anything where a word stands.
func shows(picture image.Image, word []glyph, scale, height float32) bool {
	left, right, bottom, top := word[0].left, word[0].right, word[0].bottom, word[0].top
	for _, g := range word {
		left, right, bottom, top = min(left, g.left), max(right, g.right), min(bottom, g.bottom), max(top, g.top)
	}
	box := image.Rect(int(left*scale), int((height-top)*scale), int(right*scale)+1, int((height-bottom)*scale)+1).Intersect(picture.Bounds())
	lightest, darkest := [3]uint32{}, [3]uint32{0xffff, 0xffff, 0xffff}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			for i, v := range [3]uint32{r, g, b} {
				lightest[i], darkest[i] = max(lightest[i], v), min(darkest[i], v)
				if lightest[i] >= darkest[i]+leastInk<<8 {
					return true
				}
			}
		}
	}
	return false
}

// writeHidden adds a word that nobody sees.
func writeHidden(b *strings.Builder, word []glyph) {
	if slices.ContainsFunc(word, func(g glyph) bool { return !g.blank() }) {
		for _, g := range word {
			b.WriteRune(g.r)
		}
		b.WriteByte(' ')
	}
}
