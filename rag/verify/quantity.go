package verify

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"docent/rag/lang"
)

// figureKind is what a figure is.
type figureKind uint8

const (
	amount figureKind = iota
	date
	clock
)

// figure is a number, a date or a time of day in the form in which all languages
// agree.
type figure struct {
	lang.Span
	kind figureKind
	// value is a canonical decimal, a date of ISO 8601 or "14:30".
	value string
	// unit is "%" or a currency, measure what is counted by, as measureOf has it.
	unit, measure string
	// others are what the digits may say as well: as the other language writes
	// them, or with the scale that a range ends with.
	others []string
	// counts is set where a word follows that it counts and that is no measure.
	counts bool
	// counted is where the measure stands.
	counted lang.Span
	// decade is set for all years that begin alike: "the 1990s".
	decade bool
	// loose is set for what may be no figure: "8 h" as a time, "un" as a number.
	loose bool
}

func (f figure) number() (float64, bool) {
	n, err := strconv.ParseFloat(f.value, 64)
	return n, err == nil && f.kind == amount
}

// readFigures finds the figures of a text in order.
func readFigures(language, s string) []figure {
	var found []figure
	add := func(f figure) {
		if !slices.ContainsFunc(found, func(o figure) bool { return f.Start < o.End && f.End > o.Start }) {
			found = append(found, f)
		}
	}
	for _, f := range append(spokenTimes(language, s), halves(language, s)...) {
		add(f)
	}
	dates := lang.Dates(language, s)
	for _, d := range dates {
		add(figure{Span: lang.Span{Start: d.Start, End: d.End}, kind: date, value: d.Value})
	}
	for _, c := range lang.TimesOfDay(s) {
		if c.Clear {
			add(figure{Span: lang.Span{Start: c.Start, End: c.End}, kind: clock, value: c.Value})
		}
	}
	numbers, other := lang.Numbers(language, s), otherReadings(language, s)
	for i, n := range numbers {
		f := figure{Span: lang.Span{Start: n.Start, End: n.End}, value: n.Value, unit: n.Unit}
		if day, ok := rangeDay(s, n, dates); ok {
			f.kind, f.value = date, day
		} else {
			f.measure, f.counted = measureAfter(s, n.End)
			if o, ok := other[n.Start]; ok && o != n.Value {
				f.others = append(f.others, o)
			}
			if i+1 < len(numbers) && f.unit == "" && isPounds(s[n.End:numbers[i+1].Start]) && len(numbers[i+1].Value) == 2 {
				f.value, f.End, f.loose = n.Value+"."+strings.TrimRight(numbers[i+1].Value, "0"), numbers[i+1].End, true
			} else if i+1 < len(numbers) && isRange(s[n.End:numbers[i+1].Start]) {
				f.scale(language, s, n, numbers[i+1])
				if m, _ := measureAfter(s, numbers[i+1].End); f.unit == "" {
					f.measure = cmp.Or(f.measure, m)
				}
			}
			f.decade = len(n.Value) == 4 && n.Value[3] == '0' && strings.HasPrefix(s[n.End:], "s ")
			f.counts = f.measure == "" && f.unit == "" && countsWord(language, s[n.End:])
			f.subunit(s)
			if f.unit == "" && f.measure == "" && strings.HasPrefix(strings.TrimSpace(s[f.End:]), "pound") {
				f.unit, f.counted = "GBP", lang.Span{Start: f.End, End: f.End + len(" pounds")}
			}
		}
		add(f)
	}
	for i, w := range lang.Words(language, s) {
		if v, ok := ordinals[w.Surface]; ok {
			add(figure{Span: lang.Span{Start: w.Start, End: w.End}, value: v})
		}
		if v, ok := timesOver[w.Surface]; ok {
			f := figure{Span: lang.Span{Start: w.Start, End: w.End}, value: v, measure: "times"}
			if w.Surface == "both" {
				f.measure, f.loose = "", true
			}
			add(f)
		}
		if share, ok := shares[w.Surface]; ok && i >= 0 {
			v, _ := strconv.ParseFloat(share, 64)
			times := lastNumber(found, s, w.Start)
			f := figure{Span: lang.Span{Start: w.Start, End: w.End}, unit: "%", value: canonical(100 * v)}
			if times >= 0 {
				n, _ := found[times].number()
				f.Start, f.value = found[times].Start, canonical(100*v*n)
				found = slices.Delete(found, times, times+1)
			} else if shareNeedsNumber[w.Surface] && !articleBefore(s[:w.Start]) {
				continue
			}
			add(f)
		}
	}
	slices.SortFunc(found, func(a, b figure) int { return cmp.Compare(a.Start, b.Start) })
	return found
}

// shares are parts of a whole, folded; those of shareNeedsNumber are so only behind
// a number or an article.
var (
	shares           = lang.Grammar("share")
	shareNeedsNumber = lang.GrammarSet("counted-share")
)

// timesOver say how often.
var timesOver = lang.Grammar("times")

func articleBefore(before string) bool {
	before = strings.ToLower(strings.TrimRight(before, " -"))
	return strings.HasSuffix(before, " a") || strings.HasSuffix(before, "one") || before == "a"
}

func lastNumber(found []figure, s string, at int) int {
	return slices.IndexFunc(found, func(f figure) bool {
		return f.kind == amount && f.unit == "" && f.End <= at && strings.Trim(s[f.End:at], " -\u00a0") == ""
	})
}

// otherReadings are the numbers as the other language writes them, by where they
// begin.
func otherReadings(language, s string) map[int]string {
	read := make(map[int]string)
	for _, n := range lang.Numbers(map[string]string{"fr": "en", "en": "fr"}[language], s) {
		if s[n.Start] >= '0' && s[n.Start] <= '9' || strings.ContainsAny(s[n.Start:n.End], "0123456789") {
			read[n.Start] = n.Value
		}
	}
	return read
}

// canonical writes a number as lang.Numbers does.
func canonical(n float64) string {
	return strconv.FormatFloat(math.Round(n*1e4)/1e4, 'f', -1, 64)
}

// subunit reads "30 centimes" as 0.30 of a currency.
func (f *figure) subunit(s string) {
	words := lang.Words("", lang.FirstBytes(s[f.End:], 20))
	if len(words) > 0 && subunits[words[0].Surface] && strings.TrimSpace(s[f.End:f.End+words[0].Start]) == "" {
		if n, ok := f.number(); ok {
			f.value, f.End, f.loose = canonical(n/100), f.End+words[0].End, true
		}
	}
}

var subunits = lang.GrammarSet("subunit")

// spoken are times of day in words that go from the full hour.
var spoken = regexp.MustCompile(`(?i)\b(?:(?:a\s+)?(quarter|half)\s+(past|to)\s+(\p{L}+|\d{1,2})|(\p{L}+|\d{1,2})(?:\s+heures?)?\s+(et\s+quart|et\s+demie?|moins\s+le\s+quart))`)

func spokenTimes(language, s string) []figure {
	var found []figure
	for _, m := range spoken.FindAllStringSubmatchIndex(s, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return strings.ToLower(s[m[2*i]:m[2*i+1]])
		}
		hour, minutes := cmp.Or(group(3), group(4)), 15
		switch how := group(1) + group(2) + group(5); {
		case strings.HasPrefix(how, "half"), strings.Contains(how, "demi"):
			minutes = 30
		case strings.HasSuffix(how, "to"), strings.HasPrefix(how, "moins"):
			minutes = -15
		}
		n := 12
		if hour != "midi" && hour != "noon" {
			read := lang.Numbers(language, hour)
			if len(read) != 1 {
				continue
			}
			n, _ = strconv.Atoi(read[0].Value)
		}
		at := (n*60 + minutes + 1440) % 1440
		found = append(found, figure{Span: lang.Span{Start: m[0], End: m[1]}, kind: clock, value: pad(at/60) + ":" + pad(at%60)})
	}
	return found
}

// halved are amounts with a half in words.
var halved = regexp.MustCompile(`(?i)\b(?:(\p{L}+|\d+) and a half(?: (million|billion|thousand)| times)|(\p{L}+|\d+)[ \x{a0}]+(\p{L}+)[ \x{a0}]+(?:and a half|et demie?)|(?:half an?|demi|half)[ -](\p{L}+))\b`)

func halves(language, s string) []figure {
	var found []figure
	for _, m := range halved.FindAllStringSubmatchIndex(s, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return lang.Fold(s[m[2*i]:m[2*i+1]])
		}
		f, n, scale := figure{Span: lang.Span{Start: m[0], End: m[1]}}, 0.0, 1.0
		if word := group(1) + group(3); word != "" {
			n = 1
			if read := lang.Numbers(language, word); len(read) == 1 {
				n, _ = strconv.ParseFloat(read[0].Value, 64)
			} else if word != "a" && word != "an" && word != "un" && word != "une" && word != "one" {
				continue
			}
		}
		unit := group(4) + group(5)
		if strings.HasSuffix(s[m[0]:m[1]], " times") {
			unit = "times"
		}
		f.measure = measureOf(lang.Word{Surface: unit}, unit)
		if group(2) != "" || f.measure == "" {
			read := lang.Numbers(language, "2 "+group(2)+unit+s[m[1]:min(len(s), m[1]+10)])
			if len(read) == 0 || len(read[0].Value) < 4 {
				continue
			}
			scale, f.unit = math.Pow10(len(read[0].Value)-1), read[0].Unit
		}
		f.value = canonical((n + .5) * scale)
		found = append(found, f)
	}
	return found
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

func isWithin(figures []figure, w lang.Word) bool {
	_, ok := figureAt(figures, w)
	return ok
}

// ordinals are the ordinal numbers that are nothing else, folded.
var ordinals = lang.Grammar("ordinal")

// prefixes are those of units, by word and by letter.
var (
	prefixes = []struct{ word, letter string }{{"giga", "G"}, {"mega", "M"}, {"kilo", "k"}, {"tera", "T"}, {"milli", "m"}, {"micro", "u"}, {"centi", "c"}, {"nano", "n"}, {"hecto", "h"}}
	symbols  = regexp.MustCompile(`^([kMGTmcnµμ])(W|Wh|B|o|Hz|V|A|bit|l|L|g|m|s)$`)
)

// measureOf is the measure that a word names, the same in both languages; one with
// a prefix is told from those with others.
func measureOf(w lang.Word, raw string) string {
	if m := lang.UnitOfMeasure(w.Surface); m != "" {
		return m
	}
	if w.Surface == "fois" || w.Surface == "times" {
		return "times"
	}
	if m := symbols.FindStringSubmatch(raw); m != nil {
		return strings.NewReplacer("µ", "u", "μ", "u").Replace(m[1]) + strings.ToLower(m[2][:1])
	}
	for _, p := range prefixes {
		if base, ok := strings.CutPrefix(w.Surface, p.word); ok && len(base) > 2 && base != "graphie" {
			return p.letter + base[:1]
		}
	}
	if strings.HasPrefix(w.Surface, "micron") {
		return "um"
	}
	return ""
}

// measureAfter is the measure of what is counted: the word after the number or
// the one after that, as in "25 working days".
func measureAfter(s string, at int) (string, lang.Span) {
	rest := lang.FirstBytes(s[at:], 40)
	words := lang.Words("", rest)
	for i, w := range words[:min(2, len(words))] {
		between := rest[:w.Start]
		if strings.ContainsAny(between, ".,;:()\n|") || i > 0 && (words[0].Surface == "par" || words[0].Surface == "per" || words[0].Surface == "a") {
			break
		}
		if m := measureOf(w, rest[w.Start:w.End]); m != "" && (i == 0 || len(w.Surface) > 2) {
			if i > 0 && words[0].Surface == "percentage" {
				w.Start = words[0].Start
			}
			return m, lang.Span{Start: at + w.Start, End: at + w.End}
		}
	}
	return "", lang.Span{}
}

// countsWord reports whether a text begins with a word that a number before it
// counts.
func countsWord(language, after string) bool {
	words := lang.Words(language, lang.FirstBytes(after, 40))
	return len(words) > 0 && !words[0].Stop && strings.TrimSpace(after[:words[0].Start]) == "" && !lang.IsCapital(after[words[0].Start:])
}

// isPounds reports whether an amount of money goes on after its unit: "three pounds
// eighty".
func isPounds(between string) bool {
	between = strings.TrimSpace(between)
	return between == "pounds" || between == "pound" || between == "euros" || between == "dollars"
}

// isRange reports whether what stands between two numbers makes a range of
// them.
func isRange(between string) bool {
	switch strings.ToLower(strings.Trim(between, " \u00a0\u202f")) {
	case "à", "a", "-", "–", "—", "et", "to", "and", "through", "ou", "or", "au":
		return true
	}
	return false
}

// scale reads the digits of n with what follows the digits of next.
func (f *figure) scale(language, s string, n, next lang.Number) {
	tail := s[next.Start:min(len(s), next.End)]
	digits := strings.LastIndexAny(tail, "0123456789") + 1
	own := strings.Trim(s[n.Start:n.End], " \u00a0€$£%")
	if digits == 0 || strings.Trim(own, "0123456789.,\u00a0\u202f ") != "" {
		return
	}
	if read := lang.Numbers(language, own+tail[digits:]); len(read) == 1 {
		f.others = append(f.others, read[0].Value)
		m, _ := measureAfter(s, next.End)
		f.unit, f.measure = cmp.Or(f.unit, next.Unit), cmp.Or(f.measure, m)
	}
}

// rangeDay is the date of a number that is the first day of "7 to 9 February
// 2024" or the last of "February 7–9".
func rangeDay(s string, n lang.Number, dates []lang.Date) (string, bool) {
	if len(n.Value) > 2 || n.Value == "0" || strings.ContainsAny(n.Value, "-.") {
		return "", false
	}
	for i, d := range dates {
		if strings.Count(d.Value, "-") < 2 {
			continue
		}
		before := n.End <= d.Start && isRange(strings.TrimRight(skipWeekday(s[n.End:d.Start]), " "))
		after := n.Start >= d.End && isRange(s[d.End:n.Start])
		if !before && !after {
			continue
		}
		value := d.Value[:len(d.Value)-2] + pad(atoi(n.Value))
		if after && strings.HasPrefix(value, "--") && i+1 < len(dates) && len(dates[i+1].Value) == 4 {
			value = dates[i+1].Value + value[1:]
		}
		return value, true
	}
	return "", false
}

// skipWeekday leaves out the day of the week of "4 au vendredi 22 août".
func skipWeekday(s string) string {
	words := strings.Fields(s)
	if n := len(words); n > 1 && IsWeekday(lang.Fold(words[n-1])) {
		return strings.Join(words[:n-1], " ")
	}
	return s
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// seconds are measures of time by their length.
var seconds = map[string]float64{"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400, "month": 30.4375 * 86400, "quarter": 91.3125 * 86400, "year": 365.25 * 86400}

// length is a figure's length of time.
func (f figure) length() (float64, bool) {
	n, ok := f.number()
	s := seconds[f.measure]
	return n * s, ok && s > 0
}

// equals reports whether a claim's figure is one of the quotes: in the same unit,
// or in one that the claim leaves out.
func (f figure) equals(q figure) bool {
	switch {
	case f.decade && q.kind == date:
		return strings.HasPrefix(q.value, f.value[:3])
	case f.kind == date && q.kind == date:
		return f.value == q.value || strings.HasPrefix(q.value, f.value+"-") || strings.HasPrefix(f.value, "--") && strings.HasSuffix(q.value, f.value[1:])
	case f.kind == date:
		return len(f.value) == 4 && q.kind == amount && q.value == f.value
	case q.kind == date:
		return f.kind == amount && f.unit == "" && (f.value == q.value[:min(4, len(q.value))] || len(q.value) > 7-len("2024")+3 && f.measure == "" && atoi(q.value[len(q.value)-2:]) == atoi(f.value) && strings.Count(q.value, "-") >= 2)
	case f.kind == clock && q.kind == clock:
		return f.value == q.value
	case f.kind == clock || q.kind == clock:
		c, n := f, q
		if q.kind == clock {
			c, n = q, f
		}
		return n.unit == "" && (n.measure == "hour" || n.measure == "") && strings.TrimPrefix(c.value, "0") == n.value+":00"
	}
	if a, ok := f.length(); ok {
		if b, ok := q.length(); ok && math.Abs(a-b) < 1e-6*a && (f.measure != "month" || f.measure == q.measure) {
			return true
		}
	}
	return (f.value == q.value || slices.Contains(f.others, q.value) || slices.Contains(q.others, f.value)) && f.unitOf(q)
}

// unitOf reports whether a claim's unit may be that of the quotes: 12 % are not 12,
// and 10 € not 10 $. A claim may leave a unit out.
func (f figure) unitOf(q figure) bool {
	if f.measure != "" && q.measure != "" && f.measure != q.measure || f.counts && q.measure != "" {
		return false
	}
	return f.unit == q.unit || f.unit == "" && q.unit != "%" || f.loose && q.unit != "%" || q.loose && f.unit != "%"
}
