package converse

import (
	"regexp"

	"docent/rag/lang"
)

// afterQuestion is where a sentence ends that asks, whatever comes next: a small
// letter as well.
var afterQuestion = regexp.MustCompile(`[?？!]+[\s»”")]*\s`)

// smiley is one of those made of letters and marks, :pray: as Slack writes it,
// or the name that the message is addressed to; pictogram is an emoji or part of one.
var (
	smiley    = regexp.MustCompile(`(^|\s)(?:[:;=8xX]['-]?[)(DPpoO/|3*\]\[]|<3|:[a-z0-9_+'-]+:|@[\p{L}\p{N}_.-]+)([\s.,!?]|$)`)
	pictogram = regexp.MustCompile(`[\p{So}\x{1F3FB}-\x{1F3FF}\x{FE0F}\x{200D}]`)
)

// cleaned has the words of a message, each question on a line of its own.
func cleaned(message string) string {
	message = lang.Normalize(message)
	for range 2 { // two in a row share the space between them
		message = smiley.ReplaceAllString(message, "$1$2")
	}
	return afterQuestion.ReplaceAllString(pictogram.ReplaceAllString(message, " "), "$0\n")
}
