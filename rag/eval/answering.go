package eval

import (
	"slices"
	"strconv"
	"strings"

	"docent/rag"
	"docent/rag/lang"
)

// Citation is a citation as gold sees it.
type Citation struct {
	// Document is the document's id, or a file's name with #page.
	Document string `json:"doc"`
	Text     string `json:"text"`
}

// answerScores scores an answer; an empty one is a refusal.
func answerScores(g *Gold, answer string, refused bool, citations []Citation) Scores {
	s := make(Scores)
	if refused {
		s[RefusalPrecision] = indicator(g.Unanswerable)
	}
	if g.Unanswerable {
		s[RefusalRecall] = indicator(refused)
		return s
	}
	s[WrongRefusals] = indicator(refused)
	if !refused {
		s[AnswerWords] = float64(len(strings.Fields(answer)))
	}
	if len(g.Answers) == 0 {
		return s
	}
	said := normalizeAnswer(answer)
	s[Exact], s[F1], s[GoldInAnswer] = 0, 0, indicator(g.accepts(answer))
	for _, a := range g.Answers {
		want := normalizeAnswer(a)
		s[Exact] = max(s[Exact], indicator(said == want))
		s[F1] = max(s[F1], tokenF1(said, want))
	}
	if len(g.KeyFacts) > 0 {
		s[KeyFacts] = 1
		for _, fact := range g.KeyFacts {
			s[KeyFacts] = min(s[KeyFacts], indicator(fact.MatchString(answer)))
		}
	}
	s[CitationHit] = indicator(slices.ContainsFunc(citations, g.supports))
	return s
}

// accepts reports whether a text holds an accepted answer.
func (g *Gold) accepts(text string) bool {
	said := normalizeAnswer(text)
	return slices.ContainsFunc(g.Answers, func(a string) bool {
		want := normalizeAnswer(a)
		return want != "" && strings.Contains(said, want)
	})
}

// supports reports whether a citation is of what the gold names.
func (g *Gold) supports(c Citation) bool {
	if slices.Contains(g.documentIDs(), c.Document) {
		return true
	}
	cited := normalizeAnswer(c.Text)
	for _, e := range g.Evidence {
		want := normalizeAnswer(e)
		// The beginning will do, since a quote may end before the evidence.
		if begin := lang.FirstBytes(want, 60); begin != "" && strings.Contains(cited, begin) {
			return true
		}
		if c.Text != "" && strings.Contains(want, cited) {
			return true
		}
	}
	return len(g.Evidence) == 0 && slices.ContainsFunc(g.Answers, func(a string) bool {
		return strings.Contains(cited, normalizeAnswer(a))
	})
}

func (g *Gold) documentIDs() []string {
	if g.Document == "" {
		return nil
	}
	places := []string{g.Document}
	for _, p := range g.Pages {
		places = append(places, g.Document+"#"+strconv.Itoa(p))
	}
	return places
}

// claimText is what an answer says: its claims without markers, and nothing of
// what docent says about them.
func claimText(a rag.Answer) string {
	claims := make([]string, len(a.Claims))
	for i, c := range a.Claims {
		claims[i] = c.Text
	}
	return strings.Join(claims, " ")
}
