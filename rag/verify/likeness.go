package verify

import (
	"slices"
	"strings"

	"docent/rag/lang"
)

// forms are a word as it stands, without its ending and with that of its dictionary
// form, so far as rules tell it.
func forms(t *token) []string {
	if t.Stem == t.Surface || len(t.Stem) < 3 || t.kind == name {
		return []string{t.Surface}
	}
	if t.language == "fr" {
		return []string{t.Surface, t.Stem, t.Stem + "er", t.Stem + "ir", t.Stem + "e"}
	}
	return []string{t.Surface, t.Stem, t.Stem + "e"}
}

// likeness is how well a token of a claim is met by one of the quotes: 1 for the
// same, sameMeaning and above for what says the same, less for what is near it.
// opposed is set for its opposite.
func (e *evidence) likeness(c, q *token) (score float64, opposed bool) {
	switch {
	case !q.says():
		return 0, false
	case c.kind == measure && q.kind == number && q.figure.value == "1":
		if lang.UnitOfMeasure(c.Surface) == q.figure.measure {
			return 1, false
		}
		return 0, false
	case c.kind == number || q.kind == number:
		if c.kind == q.kind && (c.figure.equals(e.inUnits(q.figure, c.figure)) || e.completes(c.figure, q.figure)) {
			return 1, false
		}
		return 0, false
	case c.kind == calendar || q.kind == calendar:
		if m := lang.Month(c.Surface); c.kind == q.kind && (m > 0 && m == lang.Month(q.Surface) || m == 0 && (lang.SameName(c.Surface, q.Surface) || c.language != q.language && lang.SameName(strings.TrimSuffix(c.Surface, "s"), strings.TrimSuffix(q.Surface, "s")))) {
			return 1, false
		}
		return 0, false
	case c.kind == measure || q.kind == measure:
		if m := lang.UnitOfMeasure(c.Surface); m != "" && m == lang.UnitOfMeasure(q.Surface) {
			return 1, false
		}
		return 0, false
	case c.kind == name:
		return e.nameLikeness(c, q), false
	}
	return e.wordLikeness(c, q)
}

// inUnits is a figure of the quotes without a unit in the one that a claim gives it,
// where the quotes name that elsewhere, as the head of a table does.
func (e *evidence) inUnits(q, c figure) figure {
	if q.unit == "" && q.measure == "" && e.units[c.unit] {
		q.unit = c.unit
	}
	return q
}

// completes reports whether a date of a claim is one of the quotes with a year or
// month that stands elsewhere in them.
func (e *evidence) completes(c, q figure) bool {
	if c.kind != date || q.kind != date || len(c.value) < len("2024-02") || c.value[0] == '-' {
		return false
	}
	year := slices.ContainsFunc(e.dates, func(d string) bool { return strings.HasPrefix(d, c.value[:4]) })
	return year && (q.value == "-"+c.value[4:] || len(c.value) == len("2024-02") && strings.HasPrefix(q.value, "-"+c.value[4:]))
}

func (e *evidence) wordLikeness(c, q *token) (score float64, opposed bool) {
	if c.Surface == q.Surface {
		return 1, false
	}
	same := c.language == q.language
	if same && c.Stem == q.Stem && !sidesDiffer(c, q) {
		return .95, false
	}
	if opposite(c.Surface, q.Surface) {
		return .6, true
	}
	for _, a := range c.sides {
		for _, b := range q.sides {
			switch {
			case a.Axis != b.Axis || a.Strict || grammatical[a.Axis] || a.Axis == "modal" || a.Axis == "deny":
			case a.Pole == b.Pole && a.Axis != "valid" && a.Axis != "place":
				score = max(score, .7)
			case isOpposite(a.Pole, b.Pole):
				opposed = true
			default:
				return 0, false
			}
		}
	}
	switch {
	case score > 0:
		return score, false
	case opposed:
		return .45, true
	case differInPrefix(c.Surface, q.Surface):
		return 0, false
	case lang.IsCognate(c.Surface, q.Surface) || !same && lang.SameName(c.Surface, q.Surface):
		return .85, false
	}
	return min(.8, e.cosine(c, q)), false
}

func sidesDiffer(c, q *token) bool {
	for _, a := range c.sides {
		for _, b := range q.sides {
			if a.Axis == b.Axis && a.Pole != b.Pole {
				return true
			}
		}
	}
	return false
}

func isOpposite(a, b string) bool { return a == "+" && b == "-" || a == "-" && b == "+" }

func (e *evidence) cosine(c, q *token) float64 {
	best := 0.0
	for _, w := range forms(c) {
		v := e.near(w)
		if v == nil {
			continue
		}
		for _, o := range forms(q) {
			best = max(best, float64(v[e.index[o]]))
		}
	}
	if best < nearMeaning {
		return 0
	}
	return best
}

// negating are the beginnings that turn a word into its opposite.
var negating = lang.GrammarSet("privative")

func opposite(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	return len(b) > 3 && len(a)-len(b) < 5 && strings.HasSuffix(a, b) && negating[a[:len(a)-len(b)]]
}

// differInPrefix holds for two words of one ending whose beginnings are those of
// different units: a megawatt and a gigawatt.
func differInPrefix(a, b string) bool {
	x, y := measureOf(lang.Word{Surface: a}, a), measureOf(lang.Word{Surface: b}, b)
	return x != y && x != "" && y != ""
}

// nameLikeness compares a name of a claim: with names, or with words in small
// letters that are written so in another language or that name nothing.
func (e *evidence) nameLikeness(c, q *token) float64 {
	same, capital := c.language == q.language, lang.IsCapital(q.raw)
	placed := lang.Demonyms(c.Surface) != nil || lang.Month(c.Surface) > 0
	if other := lang.Demonyms(q.Surface); other != nil && lang.Demonyms(c.Surface) != nil && !lang.SameName(c.Surface, q.Surface) {
		return 0
	}
	switch {
	case sidesDiffer(c, q):
		return 0
	case hasAxis(c.sides, "person") && hasAxis(q.sides, "person"):
		return 1
	case c.Surface == q.Surface && (capital || !placed && !lang.IsAcronym(c.raw)):
		return 1
	case c.Surface == q.Surface:
		return 0
	case lang.SameName(c.Surface, q.Surface) && (capital || q.language == "fr" && len(c.raw) > 3):
		return .9
	case !capital && !placed && !lang.IsAcronym(c.raw):
		if s, opposed := e.wordLikeness(c, q); !opposed && s >= sameMeaning {
			return s
		}
		return 0
	case !capital:
		return 0
	case same && c.Stem == q.Stem && len(c.Stem) > 4 && !placed:
		return .9
	case lang.IsCognate(c.Surface, q.Surface) && (!same || placed && lang.Demonyms(q.Surface) != nil) || !same && nearlyWritten(c.Surface, q.Surface):
		return .85
	}
	if cos := e.cosine(c, q); !same && cos >= sameMeaning {
		return min(cos, .8)
	}
	return 0
}

// nearlyWritten holds for names that differ by a letter: Iraq and Irak, Syrie and
// Syria.
func nearlyWritten(a, b string) bool {
	if len(a) < 4 || len(a) != len(b) {
		return false
	}
	n := 0
	for i := range len(a) {
		if a[i] != b[i] {
			n++
		}
	}
	return n <= 1 && a[0] == b[0]
}
