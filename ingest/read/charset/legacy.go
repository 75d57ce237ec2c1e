package charset

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// DecodeDamaged decodes what is not valid UTF-8. Where more characters are
// UTF-8 than not, only the bytes that are not count as windows-1252.
func DecodeDamaged(data []byte) string {
	var wide, stray int
	for rest := data; len(rest) > 0; {
		if rest[0] < utf8.RuneSelf {
			rest = rest[1:]
			continue
		}
		r, n := utf8.DecodeRune(rest)
		switch {
		case n > 1:
			wide++
		case r == utf8.RuneError:
			stray++
		}
		rest = rest[n:]
	}
	if wide < stray {
		return legacyText(data)
	}
	table := TableOf(charmap.Windows1252)
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for rest := data; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		if n == 1 {
			r = table[rest[0]]
		}
		b.WriteRune(r)
		rest = rest[n:]
	}
	return b.String()
}

// table is a charset of one byte a character.
type table [256]rune

// TableOf fills what a charset leaves open with the control characters of the
// same numbers, as the HTML standard does.
func TableOf(c *charmap.Charmap) *table {
	var t table
	for i := range t {
		t[i] = c.DecodeByte(byte(i))
		if t[i] == utf8.RuneError {
			t[i] = rune(i)
		}
	}
	return &t
}

func (t *table) Decode(data []byte) string {
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for _, c := range data {
		b.WriteRune(t[c])
	}
	return b.String()
}

// western are the charsets that Western Europe used, the likeliest first. They
// agree on so much that no statistics of letters tell them apart; what tells
// is where the others put a sign no writer would.
var western = []*charmap.Charmap{charmap.Windows1252, charmap.ISO8859_15, charmap.Macintosh}

// legacyText decodes text from before Unicode. Detectors of charsets take one
// for another where they only differ in signs, so they are asked about what
// they know: other scripts, and the languages of Central Europe.
func legacyText(data []byte) string {
	best := TableOf(western[0])
	most := best.plausibility(data, westernLetters)
	for _, c := range western[1:] {
		t := TableOf(c)
		if n := t.plausibility(data, westernLetters); n > most {
			best, most = t, n
		}
	}
	found, central := detected(data)
	if found != nil && !central {
		if text, err := found.NewDecoder().Bytes(data); err == nil && bytes.Count(text, []byte("\ufffd"))*100 <= len(text) {
			return string(text)
		}
	}
	// A Western text hardly reads worse in the charsets of Central Europe, and
	// a text of theirs much worse in the Western ones.
	unlikely := most + len(bytes.Join(beyondASCII(data), nil))
	for _, c := range []*charmap.Charmap{charmap.Windows1250, charmap.ISO8859_2, charmap.Windows1254} {
		t := TableOf(c)
		n := t.plausibility(data, centralLetters)
		if c == found && n >= most || n > unlikely {
			best, most, unlikely = t, n, max(n, unlikely)
		}
	}
	return best.Decode(data)
}

// beyondASCII are the runs of bytes beyond ASCII.
func beyondASCII(data []byte) [][]byte {
	return bytes.FieldsFunc(data, func(r rune) bool { return r < utf8.RuneSelf })
}

// detectable is how much of a text its charset is detected by.
const detectable = 64 << 10

// centralEurope has, by the name that the detector gives them and by whether
// there are bytes that only Windows uses, the charsets that share most letters
// with the Western ones.
var centralEurope = map[string]*charmap.Charmap{
	"ISO-8859-2": charmap.ISO8859_2, "windows-1250": charmap.Windows1250,
	"ISO-8859-9": charmap.Windows1254, "windows-1254": charmap.Windows1254,
}

// detected asks the detector, and returns nil for what it cannot know better.
// Central is set for a charset that shares most letters with the Western ones.
func detected(data []byte) (found encoding.Encoding, central bool) {
	data = telling(data)
	results, err := chardet.NewTextDetector().DetectAll(data)
	if err != nil {
		return nil, false
	}
	best := slices.MaxFunc(results, func(a, b chardet.Result) int {
		return cmp.Or(cmp.Compare(a.Confidence, b.Confidence), strings.Compare(b.Charset, a.Charset))
	})
	if c := centralEurope[best.Charset]; c != nil {
		return c, true
	}
	if !foreignScript(data) || best.Charset == "ISO-8859-1" || best.Charset == "windows-1252" {
		return nil, false
	}
	e, err := htmlindex.Get(strings.ReplaceAll(best.Charset, "GB-", "gb"))
	if err != nil {
		return nil, false
	}
	return e, false
}

// foreignScript reports whether a text is in another script than the Latin
// one: a quarter of it is beyond ASCII, or most of what is stands together, as
// the letters of whole words do among the tags of a page.
func foreignScript(data []byte) bool {
	var all, together int
	for _, run := range beyondASCII(data) {
		if all += len(run); len(run) >= 3 {
			together += len(run)
		}
	}
	return all*4 > len(data) || together*2 > all
}

// telling is the part of a text that its charset is detected by: it begins
// where the first character beyond ASCII stands.
func telling(data []byte) []byte {
	n := max(0, slices.IndexFunc(data, func(c byte) bool { return c >= utf8.RuneSelf }))
	data = data[max(0, n-detectable/8):]
	return data[:min(len(data), detectable)]
}
