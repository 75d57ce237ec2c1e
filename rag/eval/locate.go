package eval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/rag/lang"
)

// Unit is a run of a document's text as a set gives it.
type Unit struct {
	Text string
	// Before is the letters and digits that stand before it in the document, in
	// bytes of their squeezed form; -1 where only the text is known, which may
	// stand there several times.
	Before int
}

// squeezed is a text's letters and digits, folded, with their places: what is
// the same in a document however it was read.
type squeezed struct {
	text, source string
	// at are the offsets of the runes that the bytes of text were made of.
	at []int
}

func squeeze(s string) squeezed {
	var b strings.Builder
	q := squeezed{source: s, at: make([]int, 0, len(s))}
	for i, r := range s {
		n := b.Len()
		switch {
		case !unicode.IsLetter(r) && !unicode.IsNumber(r):
			continue
		case r < utf8.RuneSelf:
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteString(fold(string(r)))
		}
		for range b.Len() - n {
			q.at = append(q.at, i)
		}
	}
	q.text = b.String()
	return q
}

// locate returns where a unit stands in a text, squeezed: in all places, or in
// the nearest to where it is expected.
func (q squeezed) locate(u Unit) []lang.Span {
	want := squeeze(u.Text).text
	var starts []int
	for from := 0; want != ""; {
		at := strings.Index(q.text[from:], want)
		if at < 0 {
			break
		}
		starts = append(starts, from+at)
		from += at + len(want)
	}
	if u.Before >= 0 && len(starts) > 1 {
		nearest := slices.MinFunc(starts, func(a, b int) int { return cmp.Compare(distance(a, u.Before), distance(b, u.Before)) })
		starts = []int{nearest}
	}
	spans := make([]lang.Span, len(starts))
	for i, at := range starts {
		last := q.at[at+len(want)-1]
		_, size := utf8.DecodeRuneInString(q.source[last:])
		spans[i] = lang.Span{Start: q.at[at], End: last + size}
	}
	return spans
}

func distance(a, b int) int { return max(a-b, b-a) }

// quotes reports whether a run of the text holds one of the units: they overlap
// by at least half of the shorter of the two.
func quotes(run lang.Span, units []lang.Span) bool {
	return slices.ContainsFunc(units, func(u lang.Span) bool {
		common := min(run.End, u.End) - max(run.Start, u.Start)
		return common > 0 && 2*common >= min(run.End-run.Start, u.End-u.Start)
	})
}

// Locate returns where the unit stands in the text of a document: in all places
// where only its text is known.
func (u Unit) Locate(text string) []lang.Span { return squeeze(text).locate(u) }
