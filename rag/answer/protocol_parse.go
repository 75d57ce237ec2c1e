package answer

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"docent/rag/lang"
	"docent/rag/verify"
)

// What stands before a tag: marks, a number, who speaks; and behind it.
const (
	lineLead = `^[\s>*_#•–—"-]*(?:\d{1,2}[.)]\s+)?(?:\p{L}+:\s+)?[*_\[]*`
	colon    = `[\s*_\])]*(?:[:：][*_]*|\s[–—-]\s)\s*`
)

// lineForms tell lines by their tags, in the words of all languages.
type lineForms struct {
	claim, quote, bareQuote, missing, notFound, inline *regexp.Regexp
}

var tags = sync.OnceValue(func() (f lineForms) {
	words := func(kind string) string { return `(?i:` + strings.Join(phrases()[kind], "|") + `)` }
	number := `((?:[\s#(\[*_,&]*(?:` + words("passage tag") + `\.?\s+)*(?:\d+|[A-Z])?)*)`
	f.claim = regexp.MustCompile(lineLead + words("claim tag") + `\s*#?(\d*)` + colon + `(.*)$`)
	f.quote = regexp.MustCompile(lineLead + words("quote tag") + `\b` + number + colon + `(.*)$`)
	f.bareQuote = regexp.MustCompile(lineLead + words("quote tag") + `\b` + number + `[\s)\]*_–—-]*(["“«].*)$`)
	f.missing = regexp.MustCompile(lineLead + words("missing tag") + colon + `(.*)$`)
	f.notFound = regexp.MustCompile(`^\W*(?:NOT[ _]FOUND\b.*|` + words("not found") + `\W*|` + words("not found") + `\s*[:：].*)()$`)
	// a quote on the line of its claim
	f.inline = regexp.MustCompile(`\s(?:QUOTE|CITATION)S?\s*[(\[]?\d*[)\]]?\s*[:：]`)
	return f
})

var (
	headingForm = regexp.MustCompile(`^#{1,6}\s+(.+)$`)
	// fieldForm is a line of YAML within a quote: its passage, or its text.
	fieldForm  = regexp.MustCompile(`^\s*-?\s*(?:(?:passage|id|source|document)s?\s*:\s*\W*(\d+)\W*|(?:text|texte|quote)\s*:\s*(.*))$`)
	chatTokens = regexp.MustCompile(`<\|[^|<>]*\|>`)
)

var onlyNumbers = regexp.MustCompile(`\D+`)

// parseLine is what a line is, and its text with the numbers before it, if any.
func parseLine(line string) (kind lineKind, numbers []int, text string) {
	if strings.TrimSpace(line) == "" {
		return blankLine, nil, ""
	}
	for _, f := range []struct {
		kind lineKind
		form *regexp.Regexp
	}{{claimLine, tags().claim}, {quoteLine, tags().quote}, {quoteLine, tags().bareQuote}, {missingLine, tags().missing}, {notFoundLine, tags().notFound}} {
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
	// markers are citations in the text of a claim, in brackets, passageLead what a quote
	// begins with where it names its passage.
	markers = regexp.MustCompile(`\s*[\[(](?:(?i:passages?|quotes?|p\.)\s*)?\d{1,2}(?:\s*[,;]\s*\d{1,2})*[\])]`)
	// gaps part the runs of a quote from which something was left out.
	passageLead = regexp.MustCompile(`^(?i:passages?)\s*\[?(\d+)\]?\s*[,:–—-]\s*`)
	gaps        = regexp.MustCompile(`\s*(?:[\[(]\s*(?:…|\.\.\.)\s*[\])]|…|\.\.\.)\s*`)
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
		whole := passageLead.ReplaceAllString(lang.Normalize(strings.TrimSpace(strings.Join(q.lines[:n], "\n"))), "")
		whole = strings.ReplaceAll(whole, `\"`, `"`)
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
