package retrieve

import (
	"path"
	"regexp"
	"strings"

	"docent/rag"
)

// nameParts part a file's name where its words are run together, as in
// "HolidayRules2023" and "ACME_2023_10K".
var nameParts = regexp.MustCompile(`(?:19|20)\d\d|\p{Lu}\p{Ll}+|\p{Lu}+|\p{Ll}+|\d+`)

// Numbers are the runs of digits in a text.
var Numbers = regexp.MustCompile(`\d+`)

// madeUp is a name that a program made: it says nothing.
var madeUp = regexp.MustCompile(`^[0-9A-Fa-f-]{16,}$`)

// FileWords are the words of the name that a document's file has, or of the end
// of its address, "" for none: who files "ACME_2023_annual.pdf" says in it whose
// report of which year it is, which the title in the file often does not.
func FileWords(doc rag.DocumentInfo) string {
	uri, _, _ := strings.Cut(strings.ReplaceAll(doc.URI, `\`, "/"), "?")
	name := path.Base(uri)
	name = strings.TrimSuffix(name, path.Ext(name))
	if madeUp.MatchString(name) {
		return ""
	}
	var words []string
	for _, w := range nameParts.FindAllString(name, -1) {
		if len(w) > 1 {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}
