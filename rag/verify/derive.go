package verify

import (
	"math"
	"slices"
	"strings"

	"docent/rag/lang"
)

// derive tells how a figure of the claim follows from those of the quotes; "" where
// it does not.
func (x *examination) derive(i int) string {
	f := x.claim.tokens[i].figure
	if f.kind == date {
		return x.deriveDate(f)
	}
	n, ok := f.number()
	if !ok || n == 0 {
		return ""
	}
	if n == 1 && f.measure != "times" && slices.ContainsFunc(x.tokens, func(t token) bool {
		return t.Surface == "un" || t.Surface == "une" || t.Surface == "one" || t.language == "en" && (t.Surface == "a" || t.Surface == "an")
	}) {
		return "counted"
	}
	if n > 1 && n == float64(x.counted(i)) {
		return "counted"
	}
	quoted := x.quotedFigures()
	if s, ok := f.length(); ok && f.measure != "minute" && slices.ContainsFunc(quoted, func(q figure) bool { return q.measure == "minute" }) {
		f.value, f.measure = canonical(s/60), "minute"
		n, _ = f.number()
	}
	if how := x.deriveAmount(f, n, quoted); how != "" {
		return how
	}
	// A number that the claim brings, and what so many come to.
	for k := range x.claim.tokens {
		c := &x.claim.tokens[k]
		m, ok := c.figure.number()
		if k == i || c.kind != number || !ok || x.pairs[k].at >= 0 {
			continue
		}
		for _, q := range quoted {
			if v, _ := q.number(); q.unit == c.figure.unit && isNear(n*v, m) || q.unit == f.unit && isNear(m*v, n) || q.unit == "%" && c.figure.unit == f.unit && (isNear(n*v/100, m) || isNear(m*v/100, n)) {
				return "multiplied"
			}
		}
	}
	return ""
}

func isNear(a, b float64) bool { return math.Abs(a-b) <= 1e-6*math.Abs(b)+1e-9 }

// rounds reports whether a number is another in fewer digits; exact digits are asked
// for where nothing says that it is about so.
func (f figure) rounds(v float64, about bool) bool {
	n, ok := f.number()
	if !ok || n == 0 || v == 0 {
		return false
	}
	digits := strings.Trim(strings.ReplaceAll(f.value, ".", ""), "0")
	if !about && len(digits) < 2 {
		return isNear(n, v)
	}
	last := 1.0
	if at := strings.IndexByte(f.value, '.'); at >= 0 {
		last = math.Pow10(-(len(f.value) - at - 1))
	} else if about || len(f.value) > 4 {
		last = math.Pow10(len(f.value) - len(strings.TrimRight(f.value, "0")))
	}
	slack := .5
	if about {
		slack = 1
	}
	return math.Abs(v-n) <= slack*last*(1+1e-9) && math.Abs(v-n) < .12*math.Abs(v)
}

// deriveAmount computes with one or two of the quoted figures, or with all.
func (x *examination) deriveAmount(f figure, n float64, quoted []figure) string {
	about := slices.ContainsFunc(x.claim.sides, func(c lang.Contrast) bool { return c.Axis == "about" || c.Axis == "compare" || c.Axis == "bound" })
	sum, same := 0.0, 0
	for a, p := range quoted {
		u, _ := p.number()
		if p.unitFits(f) {
			sum, same = sum+u, same+1
			if f.rounds(u, about) && p.unit == f.unit && !isNear(u, n) {
				return "rounded"
			}
		}
		if f.unit == "%" && p.unit == "%" && isNear(100-u, n) {
			return "the rest"
		}
		if factor := x.periods(); factor > 0 && p.unit == f.unit && f.rounds(u*factor, about) {
			return "multiplied"
		}
		for b, q := range quoted {
			if v, _ := q.number(); a != b {
				if how := f.fromTwo(p, q, u, v, n, about); how != "" && (how != "sum" || x.beside(p.counted.Start) && x.beside(q.counted.Start)) {
					return how
				}
			}
		}
	}
	if same > 2 && (isNear(sum, n) || f.rounds(sum/float64(same), about)) {
		return "sum or average"
	}
	return ""
}

// fromTwo computes with two figures of the values u and v.
func (f figure) fromTwo(p, q figure, u, v, n float64, about bool) string {
	alike, fits := p.unit == q.unit, p.unitFits(f) && q.unitFits(f)
	same := p.measure == q.measure
	switch points := f.measure == "point" && p.unit == "%" && q.unit == "%"; {
	case points && isNear(u-v, n):
		return "difference"
	case alike && fits && p.unit != "%" && (isNear(u-v, n) || same && f.rounds(u-v, true) && about):
		return "difference"
	case alike && fits && isNear(u+v, n):
		return "sum"
	case f.unit == "%" && alike && p.unit != "%" && u < v && f.rounds(100*u/v, true), f.unit == "%" && alike && p.unit != "%" && f.rounds(100*(u-v)/v, true):
		return "share"
	case f.unit != "%" && (f.measure == "" || f.measure == "times") && alike && (isNear(u/v, n) || f.rounds(u/v, true) && n < 100):
		return "ratio"
	case isNear(u*v, n) && f.unit != "" && (p.unit == f.unit || q.unit == f.unit), isNear(u*v/100, n) && p.unit == "%" && q.unit == f.unit, f.unit == "" && p.unit != "" && alike && f.rounds(u/v, true):
		return "product"
	}
	return ""
}

// unitFits reports whether figures may be added up to one.
func (f figure) unitFits(g figure) bool {
	return f.unit == g.unit && (f.measure == g.measure || g.measure == "" || f.measure == "")
}

// quotedFigures are the amounts of the quotes, and the years of their dates.
func (x *examination) quotedFigures() []figure {
	var list []figure
	for j := range x.tokens {
		q := &x.tokens[j]
		if v, ok := q.figure.number(); q.kind == number && ok && v != 0 {
			f := q.figure
			f.counted.Start = j
			list = append(list, f)
		} else if q.kind == number && q.figure.kind == clock {
			hours, minutes, _ := strings.Cut(q.figure.value, ":")
			list = append(list, figure{value: canonical(float64(60*atoi(hours) + atoi(minutes))), measure: "minute"})
		} else if q.kind == number && q.figure.kind == date && q.figure.value[0] != '-' {
			list = append(list, figure{value: q.figure.value[:len("2024")], measure: "year"})
		}
	}
	return list
}

// beside reports whether a figure of the quotes stands beside something that the
// claim speaks of.
func (x *examination) beside(j int) bool {
	for m := range x.tokens {
		if m == j || x.tokens[m].kind == number || x.tokens[m].clause != x.tokens[j].clause && x.tokens[m].cell < 0 || x.distance(m, j) > mostBeside {
			continue
		}
		for i := range x.claim.tokens {
			if x.scores[i][m] >= sameMeaning {
				return true
			}
		}
	}
	return false
}

const mostBeside = 6

// periods is how often what the quotes count by goes into what the claim does: seven
// days into a week, a twelfth of a year into a month; 0 for nothing.
func (x *examination) periods() float64 {
	claimed, quoted := longest(x.claim.tokens), longest(x.tokens)
	switch {
	case quoted == 0 || claimed == 0 || claimed == quoted:
		return 0
	case claimed < quoted:
		return 1 / math.Round(quoted/claimed)
	}
	return math.Round(claimed / quoted)
}

// longest is the longest period that is counted by.
func longest(tokens []token) float64 {
	most := 0.0
	for i := range tokens {
		t := &tokens[i]
		if t.kind == measure {
			most = max(most, seconds[lang.UnitOfMeasure(t.Surface)])
		}
		for _, c := range t.sides {
			if c.Axis == "period" {
				most = max(most, seconds[c.Pole])
			}
		}
	}
	return most
}

// counted is how many things the claim or the quotes list; 0 for no list.
func (x *examination) counted(i int) int {
	n, last := 0, -1
	for k := i + 1; k < len(x.claim.tokens); k++ {
		if n > 0 && conjunctions[x.claim.tokens[k].Surface] {
			n++
		}
		if t := &x.claim.tokens[k]; t.clause != last && t.clause > x.claim.tokens[i].clause && x.met(k) {
			n, last = n+1, t.clause
		}
	}
	if n > 1 {
		return n
	}
	return 0
}

// deriveDate dates a month or year that the quotes name by the date of their
// document or another of theirs: "last July", "the following year".
func (x *examination) deriveDate(f figure) string {
	if f.value[0] == '-' {
		return ""
	}
	year := atoi(f.value[:len("2024")])
	if len(f.value) > len("2024") {
		month := atoi(f.value[len("2024-") : len("2024-")+2])
		if !slices.ContainsFunc(x.tokens, func(t token) bool { return t.kind == calendar && lang.Month(t.Surface) == month }) {
			return ""
		}
	}
	for _, d := range x.dates {
		if len(d) < len("2024") || d[0] == '-' {
			continue
		}
		switch atoi(d[:len("2024")]) - year {
		case 0:
			return "the year of the document"
		case 1, -1:
			if x.saysRelative() || x.yearsApart(atoi(d[:len("2024")])-year) {
				return "a year from that of the quotes"
			}
		default:
			if x.yearsApart(atoi(d[:len("2024")]) - year) {
				return "so many years from one of the quotes"
			}
		}
	}
	return ""
}

// yearsApart reports whether the quotes speak of so many years.
func (x *examination) yearsApart(n int) bool {
	return slices.ContainsFunc(x.tokens, func(t token) bool {
		v, ok := t.figure.number()
		return t.kind == number && ok && t.figure.measure == "year" && int(v) == max(n, -n)
	})
}

func (x *examination) saysRelative() bool {
	return slices.ContainsFunc(x.statements, func(s statement) bool {
		return slices.ContainsFunc(s.sides, func(c lang.Contrast) bool { return c.Axis == "time" || c.Axis == "rank" })
	})
}
