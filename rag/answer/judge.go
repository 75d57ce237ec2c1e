package answer

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
)

// errNoJudgement says that of some claim a judge said nothing.
var errNoJudgement = errors.New("the language model did not judge all claims")

// Judging says which claims a model compares with their quotes once more.
type Judging string

// The zero value has it look at those that code has not proven; with JudgeAll claims
// are told at the end, not as they come.
const (
	JudgeRead Judging = ""
	JudgeAll  Judging = "on"
	JudgeNone Judging = "off"
)

// haveJudged has the model compare claims with their quotes, all in one call, and drops
// what it does not clearly bear out. It can do no more than that: a judgement that fails,
// or says nothing of a claim, leaves what code found. It reports whether all were judged;
// an error is one of ctx.
func (t *telling) haveJudged(ctx context.Context, w *writing) (judged bool, err error) {
	var doubted []*place
	s := prompts.Statements{Language: t.request.Language}
	var shown []string
	for _, p := range w.places[w.told:] {
		if p.Grade == rag.Read && w.judge != JudgeNone || p.holds() && w.judge == JudgeAll {
			doubted = append(doubted, p)
			said := prompts.Statement{N: len(doubted), Text: lang.OneLine(p.claim.Text)}
			for _, c := range p.Citations {
				said.Quotes = append(said.Quotes, w.inContext(c))
			}
			s.Statements = append(s.Statements, said)
			shown = append(append(shown, said.Text), said.Quotes...)
		}
	}
	if len(doubted) == 0 {
		return true, nil
	}
	if t.answer.Failure != nil {
		return false, nil //nolint:nilerr // it is told with the answer
	}
	s.Mark = hashOf(shown...)[:markLength]
	p := prompts.Judge(s)
	g, err := t.ask(ctx, rag.ModelRequest{System: p.System, Turns: []rag.Turn{{Text: p.User}}, MaxTokens: auxiliaryTokens, Schema: verdictsSchema}, nil)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	found := verdicts(withoutThoughts(g.Text), len(doubted))
	for i, p := range doubted {
		if found[i] == rejected {
			p.Grade = rag.Refuted
			w.dropped = append(w.dropped, rag.Dropped{Text: p.claim.Text, Reasons: []string{"the language model judged that its quotes do not bear it out"}})
		}
	}
	if judged = err == nil && slices.Min(found) > unclear; !judged {
		t.answer.Warn(fmt.Errorf("have the claims judged by %s: %w", t.Model.Name(), cmp.Or(err, errNoJudgement)))
	}
	return judged, nil
}

// inContext is a quote with its sentence and where it stands.
func (w *writing) inContext(c rag.Citation) string {
	text, span := w.Texts[c.Document], lang.Span{Start: c.Start, End: c.End}
	place := ""
	for _, h := range w.Evidence {
		if h.ID.Document == c.Document && h.Start <= span.Start && span.End <= h.End {
			span = sentenceAround(text, lang.Span{Start: h.Start, End: h.End}, span)
			place = piece{hits: []rag.Hit{h}}.place()
			break
		}
	}
	quote := lang.OneLine(text[span.Start:span.End])
	if place == "" {
		return quote
	}
	return "[" + place + "] " + quote
}

// verdict is what a judge says of a claim.
type verdict int

// What is spoken of in words that are no clear yes, in a judgement that is clear of
// another, is rejected.
const (
	unjudged verdict = iota
	unclear
	upheld
	rejected
)

var (
	// objectForm is an object of JSON without others in it, under a number perhaps, and
	// perhaps cut off; fieldOf is one of its fields.
	objectForm = regexp.MustCompile(`(?:"#?(\d{1,3})"\s*:\s*)?\{([^{}]*)(?:\}|$)`)
	fieldOf    = regexp.MustCompile(`"([^"]*)"\s*:\s*("(?:[^"\\]|\\.)*"|true|false|\d+)`)
	// verdictForm is a line, or what follows the name of a statement, with its number or
	// several.
	verdictForm = regexp.MustCompile(`(?i)^[^\pL\pN]*(?:(?:statements?|claims?|affirmations?|number|no\.?|n°)\s*#?)?(\d{1,3}(?:(?:\s*[,&]\s*|\s+(?:and|et)\s+)\d{1,3})*)\b(.*)$`)
	statementNo = regexp.MustCompile(`(?i)\b(?:statements?|claims?|affirmations?)\s*#?\d`)
	verdictCut  = regexp.MustCompile(`[|,;.:()!—–]|\s-+\s`)
	verdictMark = strings.NewReplacer("✅", " yes ", "✓", " yes ", "✔", " yes ", "❌", " no ", "✗", " no ", "✘", " no ", "true", "yes", "false", "no")
)

// verdicts reads what a judge says of n claims: as JSON of whatever names, as lines, as
// a table, or in words.
func verdicts(text string, n int) []verdict {
	found, numbered := make([]verdict, n), false
	text = objectForm.ReplaceAllStringFunc(text, verdictLines)
	text = statementNo.ReplaceAllString(text, "\n$0")
	for line := range strings.Lines(text) {
		m := verdictForm.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		for _, i := range numbersIn(m[1]) {
			numbered = true
			if i >= 1 && i <= n {
				found[i-1] = max(found[i-1], max(unclear, verdictIn(m[2])))
			}
		}
	}
	all, half := verdictIn(text), slices.Max(found) > unclear
	for i, v := range found {
		if v == unclear && half || !numbered && all == rejected && (n == 1 || says("judge none", plain(text))) {
			found[i] = rejected
		}
	}
	return found
}

// verdictLines are the fields of an object as lines: a number with its verdict.
func verdictLines(object string) string {
	m := objectForm.FindStringSubmatch(object)
	number, said, lines := m[1], "", ""
	for _, f := range fieldOf.FindAllStringSubmatch(m[2], -1) {
		var value any
		_ = json.Unmarshal([]byte(f[2]), &value) // it is JSON
		text := strings.TrimSpace(fmt.Sprint(value))
		switch key := strings.Trim(f[1], "# "); {
		case onlyNumbers.ReplaceAllString(key, "") == key && key != "":
			lines += key + ": " + text + "\n"
		case number == "" && onlyNumbers.ReplaceAllString(text, "") == text:
			number = text
		case said == "" && verdictIn(text) != unjudged && len(strings.Fields(text)) <= mostVerdictWords:
			said = text
		}
	}
	if number != "" && (said != "" || strings.HasSuffix(object, "}")) {
		lines += number + ": " + said + "\n"
	}
	return "\n" + lines
}

// mostVerdictWords is how many words a field has that is a verdict and no reason.
const mostVerdictWords = 4

// verdictIn is what words say: the first run of them that is a verdict and nothing
// else, or the first with one in it, where a no goes before a yes.
func verdictIn(text string) (first verdict) {
	for _, run := range verdictCut.Split(verdictMark.Replace(lang.Fold(text)), -1) {
		run = plain(run)
		no, isNo := phraseIn("judge no", run)
		yes, isYes := phraseIn("judge yes", run)
		said := unjudged
		switch {
		case isNo:
			said = rejected
		case isYes:
			said = upheld
		}
		if said != unjudged && (run == " "+no+" " || run == " "+yes+" ") {
			return said
		}
		if first == unjudged {
			first = said
		}
	}
	return first
}

// verdictsSchema is what a judge writes where its server holds it to a schema.
var verdictsSchema = object("verdicts", listOf(object("statement", fieldType("integer"), "holds", fieldType("boolean"))))

// claimsSchema is what a model writes, there too, that has written in no form that is
// read. Before, it is not asked for: what is held to a schema cannot be shown as it
// comes, some servers take none beside tools, and none of them holds a quote to its
// document, which is what claims fall for.
var claimsSchema = object(
	"claims", listOf(object("claim", fieldType("string"), "quotes", listOf(object("passage", fieldType("integer"), "quote", fieldType("string"))))),
)

// object is the schema of an object of these fields, names and schemas in turns, all of
// them required.
func object(fields ...any) map[string]any {
	properties, names := map[string]any{}, []string{}
	for i := 0; i < len(fields); i += 2 {
		name, _ := fields[i].(string)
		names, properties[name] = append(names, name), fields[i+1]
	}
	return map[string]any{"type": "object", "properties": properties, "required": names, "additionalProperties": false}
}

func listOf(of map[string]any) map[string]any { return map[string]any{"type": "array", "items": of} }

func fieldType(name string) map[string]any { return map[string]any{"type": name} }
