package answer

import (
	"regexp"
	"strconv"
	"strings"

	"docent/rag/lang"
	"docent/rag/verify"
)

const (
	lineLead = `^[\s>*_#•–—-]*(?:\d{1,2}[.)]\s+)?[*_\[]*`
	colon    = `[\s*_\])]*[:：][*_]*\s*`
)

var (
	claimForm    = regexp.MustCompile(lineLead + `(?i:claim|affirmation|statement)\s*#?\d*` + colon + `(.*)$`)
	quoteForm    = regexp.MustCompile(lineLead + `(?i:quotes?|citations?|extraits?|excerpts?)[\s#(\[*_]*(?i:passages?)?[\s#(\[*_]*((?:\d+(?:\s*[,&]\s*)?)*)` + colon + `(.*)$`)
	bareQuote    = regexp.MustCompile(lineLead + `(?i:quotes?|citations?|extraits?|excerpts?)[\s#(\[*_]*(?i:passages?)?[\s#(\[*_]*(\d+)[\s)\]*_–—-]*(["“«].*)$`)
	missingForm  = regexp.MustCompile(lineLead + `(?i:missing|manque|manquant)` + colon + `(.*)$`)
	notFoundForm = regexp.MustCompile(`^\W*(?:NOT[ _]FOUND\b.*|(?i:not[ _]found|not in the (?:documents|passages)|introuvable|non trouvée?)\W*)()$`)
	// inlineQuote is a quote on the line of its claim.
	inlineQuote = regexp.MustCompile(`\s(?:QUOTE|CITATION)S?\s*[(\[]?\d*[)\]]?\s*[:：]`)
)

// forms are those of the lines: what they are, and their text with the numbers before
// it, if they may have any.
var forms = []struct {
	kind lineKind
	form *regexp.Regexp
}{{claimLine, claimForm}, {quoteLine, quoteForm}, {quoteLine, bareQuote}, {missingLine, missingForm}, {notFoundLine, notFoundForm}}

func parseLine(line string) (kind lineKind, numbers []int, text string) {
	if strings.TrimSpace(line) == "" {
		return blankLine, nil, ""
	}
	for _, f := range forms {
		if m := f.form.FindStringSubmatch(line); m != nil {
			return f.kind, numbersIn(strings.Join(m[1:len(m)-1], "")), m[len(m)-1]
		}
	}
	return otherLine, nil, ""
}

func numbersIn(s string) []int {
	var numbers []int
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' }) {
		if n, err := strconv.Atoi(f); err == nil {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

var (
	// markers are citations in the text of a claim, in brackets.
	markers = regexp.MustCompile(`\s*[\[(](?:(?i:passages?|quotes?|p\.)\s*)?\d{1,2}(?:\s*[,;]\s*\d{1,2})*[\])]`)
	// gaps part the runs of a quote from which something was left out.
	gaps = regexp.MustCompile(`\s*(?:[\[(]\s*(?:…|\.\.\.)\s*[\])]|…|\.\.\.)\s*`)
)

// claimText is the claim without what a model puts around and behind it.
func claimText(s string) string {
	s = markers.ReplaceAllString(s, "")
	s = strings.NewReplacer("**", "", "__", "").Replace(s)
	return unquoted(verify.SafeText(s))
}

// quoteForms are the ways to read a quote, likeliest first, each as the runs of
// text that it consists of: with all its lines or without the last ones, which
// may be talk; as it stands, or without the marks around it.
func (q writtenQuote) quoteForms() [][]string {
	var forms [][]string
	for n := len(q.lines); n > 0; n-- {
		whole := lang.Normalize(strings.TrimSpace(strings.Join(q.lines[:n], "\n")))
		bare := unquoted(strings.ReplaceAll(strings.ReplaceAll(markers.ReplaceAllString(whole, ""), "**", ""), "`", ""))
		ends := strings.Trim(bare, "\"“”«»„ .,;:!?…\u00a0\u202f")
		for _, form := range []string{whole, bare, strings.TrimRight(bare, " .,;:!?…"), ends} {
			if form != "" {
				forms = append(forms, []string{form})
			}
		}
		if runs := gaps.Split(strings.Trim(bare, ". …"), -1); len(runs) > 1 {
			forms = append(forms, runs)
		}
	}
	return forms
}

// unquoted takes off quotation marks that go around a text.
func unquoted(s string) string {
	s = strings.TrimSpace(s)
	for _, marks := range [][2]string{{"\"", "\""}, {"“", "”"}, {"«", "»"}, {"„", "“"}, {"‘", "’"}, {"'", "'"}, {"*", "*"}, {"_", "_"}} {
		if strings.HasPrefix(s, marks[0]) && strings.HasSuffix(s, marks[1]) && len(s) > len(marks[0])+len(marks[1]) {
			inner := s[len(marks[0]) : len(s)-len(marks[1])]
			if !strings.Contains(inner, marks[1]) {
				return strings.Trim(inner, " \u00a0\u202f")
			}
		}
	}
	return s
}
