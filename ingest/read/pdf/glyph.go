package pdf

import (
	"math"
	"math/bits"
	"unicode"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/structs"
	"golang.org/x/text/unicode/norm"
)

// glyph is a character with its place on the page, in points from the lower
// left corner of what is seen. Where the engine adds a space or the end of a
// line, or the file has a space, the place has no height.
type glyph struct {
	r                        rune
	left, bottom, right, top float32
}

func (g glyph) width() float32  { return g.right - g.left }
func (g glyph) height() float32 { return g.top - g.bottom }

// blank reports whether nothing is seen of a character.
func (g glyph) blank() bool {
	return g.r <= ' ' && g.r != lineHyphen || g.r == '\u00a0' || unicode.IsSpace(g.r)
}

// lineHyphen is what PDFium puts for a hyphen at the end of a line.
const lineHyphen = '\x02'

// pdfPage is what a page holds.
type pdfPage struct {
	// number is counted from 1.
	number        int
	width, height float32
	glyphs        []glyph
	// unseen is the text that nobody sees.
	unseen string
	// printed is the number of glyphs that stand before those of fields, or 0
	// where there are no fields.
	printed int
	// widgets are the fields of forms on it.
	widgets []widget
	// letters is the number of characters that are seen.
	letters int
	// picture is set where the page shows more than its few letters.
	picture bool
	// foreign is set where codes without names are in no order that is known.
	foreign bool
	lines   []textLine
	// highest and lowest are the bases of the outermost lines.
	highest, lowest float32
}

// frame is the part of a page that is seen, the way it is turned.
type frame struct {
	left, bottom, right, top float64
	turned                   enums.FPDF_PAGE_ROTATION
	width, height            float32
}

func newFrame(box structs.FPDF_FS_RECTF, turned enums.FPDF_PAGE_ROTATION) frame {
	f := frame{
		left: float64(min(box.Left, box.Right)), right: float64(max(box.Left, box.Right)),
		bottom: float64(min(box.Bottom, box.Top)), top: float64(max(box.Bottom, box.Top)), turned: turned,
	}
	f.width, f.height = float32(f.right-f.left), float32(f.top-f.bottom)
	if turned%2 == 1 {
		f.width, f.height = f.height, f.width
	}
	return f
}

// glyph places a character.
func (f frame) glyph(r rune, p responses.CharPosition) glyph {
	switch f.turned {
	case enums.FPDF_PAGE_ROTATION_90_CW:
		p = responses.CharPosition{Left: p.Bottom - f.bottom, Right: p.Top - f.bottom, Bottom: f.right - p.Right, Top: f.right - p.Left}
	case enums.FPDF_PAGE_ROTATION_180_CW:
		p = responses.CharPosition{Left: f.right - p.Right, Right: f.right - p.Left, Bottom: f.top - p.Top, Top: f.top - p.Bottom}
	case enums.FPDF_PAGE_ROTATION_270_CW:
		p = responses.CharPosition{Left: f.top - p.Top, Right: f.top - p.Bottom, Bottom: p.Left - f.left, Top: p.Right - f.left}
	default:
		p = responses.CharPosition{Left: p.Left - f.left, Right: p.Right - f.left, Bottom: p.Bottom - f.bottom, Top: p.Top - f.bottom}
	}
	return glyph{r: r, left: float32(p.Left), right: float32(p.Right), bottom: float32(p.Bottom), top: float32(p.Top)}
}

// tidyGlyphs drops what is seen once although it is drawn twice, and puts accents on their letters.
func (p *pdfPage) tidyGlyphs(params Params) {
	seen := make(drawn, len(p.glyphs))
	kept := p.glyphs[:0]
	printed, codes := p.printed, uint(0)
	for i, g := range p.glyphs {
		again := params.Overprint && !sharesPlace(kept, g) && seen.twice(g)
		if !g.blank() && again {
			if i < p.printed {
				printed--
			}
			continue
		}
		switch {
		case g.r == lineHyphen:
			g.r = '-'
		case g.r > lineHyphen && g.r < '\t' && g.height() > 0:
			codes |= 1 << g.r
		}
		kept = append(kept, g)
	}
	p.glyphs, p.printed = kept, printed
	p.foreign = !params.Nameless || bits.OnesCount(codes) > 3 // TeX's fonts have capital Greek there
	if params.Accents {
		p.joinAccents()
	}
}

// hides reports whether a character stands outside of the page. What nobody
// sees is nothing to quote, and may be meant for machines only.
func (p *pdfPage) hides(g glyph) bool {
	if p.width <= 0 || p.height <= 0 {
		return false
	}
	x, y := (g.left+g.right)/2, (g.bottom+g.top)/2
	return x < -1 || y < -1 || x > p.width+1 || y > p.height+1
}

// drawn are the characters of a page by what they are and where, the last of
// each.
type drawn map[uint64]glyph

// cellSide is the side of the squares that a page is looked up by, in points.
const cellSide = 2

func cell(v float32) int { return int(math.Floor(float64(v / cellSide))) }

// place is the key of a character in a square: a map of numbers is fast.
func place(r rune, x, y int) uint64 {
	return uint64(r)<<42 ^ uint64(x&0x1fffff)<<21 ^ uint64(y&0x1fffff)
}

// twice reports whether the same character was drawn at almost the same place
// before, as some programs do for bold print and shadows, and keeps it if not.
func (d drawn) twice(g glyph) bool {
	if g.width() <= 0 || g.height() <= 0 {
		return false
	}
	near := min(0.35*g.width(), 0.2*g.height(), cellSide)
	for x := cell(g.left - near); x <= cell(g.left+near); x++ {
		for y := cell(g.bottom - near); y <= cell(g.bottom+near); y++ {
			o, ok := d[place(g.r, x, y)]
			if ok && abs32(o.left-g.left) < near && abs32(o.bottom-g.bottom) < near && abs32(o.width()-g.width()) < near {
				return true
			}
		}
	}
	d[place(g.r, cell(g.left), cell(g.bottom))] = g
	return false
}

// sharesPlace reports whether a character is the second of two alike that are
// drawn as one, as in "difficile": it has the place of the first, which is wide
// enough for both.
func sharesPlace(before []glyph, g glyph) bool {
	n := len(before)
	return (g.r == 'f' || g.r == 't') && n > 0 && before[n-1] == g && g.width() > 0.62*g.height() && (n == 1 || before[n-2] != g)
}

func abs32(v float32) float32 { return max(v, -v) }

// accents are the marks that old LaTeX fonts draw as characters of their own,
// before the letter or after it.
var accents = map[rune]rune{
	'`': '\u0300', '´': '\u0301', '\u02b9': '\u0301', '^': '\u0302', 'ˆ': '\u0302', '~': '\u0303', '˜': '\u0303',
	'¯': '\u0304', '˘': '\u0306', '˙': '\u0307', '¨': '\u0308', '˚': '\u030a', '˝': '\u030b', 'ˇ': '\u030c', '¸': '\u0327', '˛': '\u0328',
	unnamed + 0x12: '\u0300', unnamed + 0x13: '\u0301', unnamed + 0x14: '\u030c', unnamed + 0x15: '\u0306', unnamed + 0x16: '\u0304',
	unnamed + 0x17: '\u030a', unnamed + 0x18: '\u0327',
}

// undotted are the letters without the dot that an accent takes the place of.
var undotted = map[rune]rune{'ı': 'i', 'ȷ': 'j', unnamed + 0x10: 'i', unnamed + 0x11: 'j'}

// lostAccent is left where an accent was.
const lostAccent = 0

// farthestLetter is how far from its accent a letter may stand in the file:
// the engine orders what is drawn by where it begins.
const farthestLetter = 150

// joinAccents puts an accent that stands over or under a letter on that letter,
// the next in the file.
func (p *pdfPage) joinAccents() {
	for i, g := range p.glyphs {
		mark, ok := accents[g.r]
		for near := 1; ok && near <= farthestLetter; near++ {
			if p.crown(i+near, g, mark) || p.crown(i-near, g, mark) {
				p.glyphs[i] = glyph{r: lostAccent}
				break
			}
		}
	}
}

// crown puts a mark on the letter at an index, if it stands there.
func (p *pdfPage) crown(at int, g glyph, mark rune) bool {
	if at < 0 || at >= len(p.glyphs) || p.glyphs[at].blank() || !g.crowns(p.glyphs[at]) {
		return false
	}
	letter := &p.glyphs[at]
	r := accented(letter.r, mark)
	if r != 0 {
		letter.r, letter.top = r, max(letter.top, g.top)
	}
	return r != 0
}

// crowns reports whether a mark stands over or under a letter. Where it stands
// beside it or before it, it is a character like others.
func (g glyph) crowns(letter glyph) bool {
	if middle := (g.left + g.right) / 2; middle < letter.left || middle > letter.right {
		return false
	}
	height := letter.height()
	over := g.bottom > letter.top-height/4 && g.bottom < letter.top+height/3
	under := g.top < letter.bottom+height/3 && g.top > letter.bottom-height/2
	return over || under
}

// accented is a letter with a mark, or 0 where there is no such letter.
func accented(letter, mark rune) rune {
	if r, ok := undotted[letter]; ok {
		letter = r
	}
	if !unicode.IsLetter(letter) {
		return 0
	}
	composed := []rune(norm.NFC.String(string([]rune{letter, mark})))
	if len(composed) != 1 {
		return 0
	}
	return composed[0]
}
