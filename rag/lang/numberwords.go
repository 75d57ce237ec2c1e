package lang

import (
	"strconv"
	"strings"
)

// numberWord is what a word says of a number. Of units and tens, value is
// added; of hundreds and scales, what stands before is multiplied by it.
type numberWord struct {
	value int64
	times bool
	// joins is set for "et", "and", which hold the parts of a number together.
	joins bool
	// weak words are a number only with others: "un million", "a hundred".
	weak bool
	// opens words only begin a number: "a hundred", but "twenty and a half".
	opens bool
}

// spelledNumbers are by language; "" has those of both, less the words that are
// common ones in the other.
var spelledNumbers = numberTables()

func numberTables() map[string]map[string]numberWord {
	tables := map[string]map[string]numberWord{"fr": {}, "en": {}, "": {}}
	for _, list := range wordLists("numbers") {
		language, kind, _ := strings.Cut(list.key, " ")
		for _, entry := range list.words {
			word, digits, _ := strings.Cut(entry, "=")
			value, _ := strconv.ParseInt(digits, 10, 64)
			n := numberWord{value: value, times: kind == "times", weak: kind == "weak" || kind == "opens", opens: kind == "opens", joins: kind == "joins"}
			tables[language][word], tables[""][word] = n, n
		}
	}
	for _, word := range []string{"cent", "cents", "seize", "a", "an"} {
		delete(tables[""], word)
	}
	return tables
}

func numberWordsOf(language string) map[string]numberWord {
	if words, ok := spelledNumbers[language]; ok {
		return words
	}
	return spelledNumbers[""]
}

// spelled reads a number in words, whose first word begins at at, and returns
// where to go on.
func (s *numberScanner) spelled(at int) int {
	var sum spelledNumber
	end, next := at, at
	for {
		stop := wordEnd(s.text, next)
		w, ok := s.words[lowered(s.text[next:stop])]
		if !ok || stop == next || !sum.take(w) {
			break
		}
		if !w.joins {
			end = stop
		}
		next = stop + gap(s.text[stop:])
		if next == stop {
			break
		}
	}
	if !sum.certain {
		return max(end, wordEnd(s.text, at))
	}
	return s.add(Number{Value: strconv.FormatInt(sum.total+sum.current, 10), Start: at, End: end})
}

// gap returns the size of what may stand between the words of a number: a
// blank or a hyphen.
func gap(s string) int {
	if strings.HasPrefix(s, "-") {
		return 1
	}
	return blank(s)
}

// spelledNumber adds up the words of a number.
type spelledNumber struct {
	total, current int64
	started        bool
	certain        bool // by a word that is a number by itself
}

// take adds a word, and reports false for one that cannot follow: in "deux
// trois jours" there are two numbers.
func (n *spelledNumber) take(w numberWord) bool {
	switch {
	case w.joins:
		return n.started && n.current > 0
	case w.times && w.value == 100:
		if n.current%100 != 0 && n.current > 99 || n.current == 0 && n.started && n.total == 0 {
			return false
		}
		n.current += max(n.current%100, 1)*100 - n.current%100
	case w.times:
		if !n.started && w.value > 1000 || n.total != 0 && n.total%(w.value*1000) != 0 || n.total/w.value > 1e6 {
			return false
		}
		n.total += max(n.current, 1) * w.value
		n.current = 0
	case w.opens && n.started:
		return false
	default:
		if !n.adds(w.value) {
			return false
		}
	}
	n.started = true
	n.certain = n.certain || !w.weak
	return true
}

// adds adds a unit or ten after a rounder number: "cent vingt", "soixante-dix",
// "quatre-vingt-dix-sept".
func (n *spelledNumber) adds(value int64) bool {
	last := n.current % 100
	switch {
	case value == 20 && last == 4:
		n.current += 76
	case last == 0 && (value > 0 || !n.started):
		n.current += value
	case last%10 == 0 && last >= 20 && value < 10 && value > 0,
		(last == 60 || last == 80) && value < 20 && value > 0:
		n.current += value
	case (last == 70 || last == 90) && value > 0 && value < 10,
		last == 10 && value >= 7 && value < 10:
		n.current += value
	default:
		return false
	}
	return true
}
