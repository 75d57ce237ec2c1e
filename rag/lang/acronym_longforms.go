package lang

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// LongForms returns what a text says that an acronym stands for, in the order
// of the text: the words before it where it is in parentheses, or those in the
// parentheses after it. The acronym's letters are in them in order, the first
// at the beginning of a word (Schwartz and Hearst, "A Simple Algorithm for
// Identifying Abbreviation Definitions in Biomedical Text", 2003).
func LongForms(text, acronym string) []string {
	var found []string
	for at := 0; acronym != ""; {
		i := strings.Index(text[at:], acronym)
		if i < 0 {
			break
		}
		start := at + i
		at = start + len(acronym)
		if !standsAlone(text, start, at) {
			continue
		}
		long := longBefore(text[:start], acronym)
		if long == "" {
			long = longAfter(text[at:], acronym)
		}
		if long != "" {
			found = append(found, long)
		}
	}
	return found
}

// standsAlone reports whether a run of a text is a whole word, and no part of
// one with hyphens: DB in "DB-9" is another word.
func standsAlone(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return !isCompounding(before) && !isCompounding(after)
}

func isCompounding(r rune) bool { return isLetterOrDigit(r) || r == '-' }

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// opened is what stands between a long form and its acronym.
var opened = regexp.MustCompile(`\(\s*(?:(?:ou|or|en|sigle|abrégé|abbreviated|acronyme|acronym|short)\s+)*[«“"]?\s*$`)

func longBefore(before, acronym string) string {
	open := opened.FindStringIndex(before)
	if open == nil {
		return ""
	}
	sentence := before[:open[0]]
	if i := strings.LastIndexAny(sentence, ".\n();:"); i >= 0 {
		sentence = sentence[i+1:]
	}
	words := strings.Fields(sentence)
	return longForm(strings.Join(words[max(0, len(words)-mostWords(acronym)):], " "), acronym)
}

// longAfter looks into parentheses that follow the acronym at once.
func longAfter(after, acronym string) string {
	inside, ok := strings.CutPrefix(strings.TrimLeft(after, " \u00a0"), "(")
	if !ok {
		return ""
	}
	if end := strings.IndexAny(inside, ")(;:\n"); end >= 0 {
		inside = inside[:end]
	}
	words := strings.Fields(inside)
	if len(words) > mostWords(acronym) {
		return ""
	}
	return longForm(strings.Join(words, " "), acronym)
}

// mostWords bounds the words of a long form: twice what the paper has, since
// French puts two small words between two that give a letter.
func mostWords(acronym string) int {
	n := utf8.RuneCountInString(acronym)
	return 2 * min(n+5, 2*n)
}

// longForm is the shortest end of a candidate that has the letters of the
// acronym, "" where there is none, or none of two words.
func longForm(candidate, acronym string) string {
	runes := []rune(candidate)
	at := len(runes)
	letters := []rune(Fold(acronym))
	for i := len(letters) - 1; i >= 0; i-- {
		if !isLetterOrDigit(letters[i]) {
			continue
		}
		for at--; at >= 0 && !gives(runes, at, letters[i], i == 0); at-- {
		}
		if at < 0 {
			return ""
		}
	}
	long := string(runes[at:])
	if !strings.Contains(strings.TrimSpace(long), " ") || strings.Contains(long, acronym) {
		return ""
	}
	return long
}

// gives reports whether a letter of a long form, folded, is one of an acronym,
// the first of which begins a word.
func gives(runes []rune, at int, letter rune, first bool) bool {
	if first && at > 0 && isLetterOrDigit(runes[at-1]) {
		return false
	}
	return strings.HasPrefix(Fold(string(runes[at])), string(letter))
}
