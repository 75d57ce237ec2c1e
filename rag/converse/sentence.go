package converse

import (
	"regexp"
	"strings"

	"docent/rag/lang"
)

// afterQuestion is where a sentence ends that asks, whatever comes next.
var afterQuestion = regexp.MustCompile(`[?？!]+[\s»”")]*(?:\s|$)`)

// sentences cuts a line at the ends of its sentences, also before a small letter
// where a question ends.
func sentences(line string) []string {
	var list []string
	for _, s := range lang.Sentences(line) {
		text := line[s.Start:s.End]
		for {
			m := afterQuestion.FindStringIndex(text)
			if m == nil || m[1] == len(text) {
				break
			}
			list = append(list, strings.TrimSpace(text[:m[1]]))
			text = text[m[1]:]
		}
		list = append(list, strings.TrimSpace(text))
	}
	return list
}

// smiley is one of those made of letters and marks, :pray: as Slack writes it,
// or the name that the message is addressed to.
var smiley = regexp.MustCompile(`(^|\s)(?:[:;=8xX]['-]?[)(DPpoO/|3*\]\[]|<3|:[a-z0-9_+'-]+:|@[\p{L}\p{N}_.-]+)([\s.,!?]|$)`)

// withoutPictograms leaves the words of a message.
func withoutPictograms(s string) string {
	for range 2 { // two in a row share the space between them
		s = smiley.ReplaceAllString(s, "$1$2")
	}
	return strings.Map(func(r rune) rune {
		switch {
		case isPictogram(r):
			return ' '
		case r == '\uFE0F' || r == '\u200D':
			return -1
		}
		return r
	}, s)
}
