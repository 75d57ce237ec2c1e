package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"docent/rag"
	"docent/rag/extract"
)

// lookup is what ask and search have in common.
type lookup struct {
	from, spaces []string
	as           string
	limit        int
	explain      bool
	threshold    float64
	noModel      bool
}

// mostHits bounds --limit: a library ranks no more candidates on each side.
const mostHits = 100

func (l *lookup) flags(c *cobra.Command, limit string) {
	f := c.Flags()
	f.StringArrayVar(&l.from, "from", nil, "ingest this `path` first, into a throw-away library or that of --library; may be repeated")
	f.StringArrayVar(&l.spaces, "space", nil, "search this `space` only; may be repeated")
	f.StringVar(&l.as, "as", "", "search what this `user` may see")
	f.IntVar(&l.limit, "limit", 0, limit)
	c.ValidArgsFunction = cobra.NoFileCompletions
}

// answerFlags are those of commands that answer.
func (l *lookup) answerFlags(c *cobra.Command) {
	c.Flags().Float64Var(&l.threshold, "threshold", 0, fmt.Sprintf("the least `confidence` to answer with (default %v, or answer: threshold: in docent.yaml)", extract.DefaultThreshold))
	c.Flags().BoolVar(&l.noModel, "no-model", false, "answer in the documents' own sentences, also where a language model is configured")
}

func (l *lookup) check(c *cobra.Command) error {
	if c.Flags().Changed("limit") && (l.limit < 1 || l.limit > mostHits) {
		return usage(c, fmt.Errorf("--limit is between 1 and %d, not %d", mostHits, l.limit))
	}
	if c.Flags().Changed("threshold") && !isThreshold(l.threshold) {
		return usage(c, fmt.Errorf("--threshold is above 0 and at most 1, not %v", l.threshold))
	}
	return nil
}

// intoSpace is the space that --from ingests into: the one that is searched,
// or everyone's.
func (l *lookup) intoSpace() string {
	if len(l.spaces) == 1 {
		return l.spaces[0]
	}
	return ""
}

func (l *lookup) request(s *session, q question) rag.SearchRequest {
	return rag.SearchRequest{Question: q.text, Audience: s.config.audience(l.as), Spaces: l.spaces, Limit: l.limit}
}

func (a *app) askCommand() *cobra.Command {
	var l lookup
	c := &cobra.Command{
		Use:   "ask QUESTION",
		Short: "Answer a question with the words that say so",
		Long: `ask answers a question from the documents, in the question's language, and
shows the words that say so; or it says what was searched and what came nearest.
Where a language model is configured it writes the answer, and what of it the
documents do not bear out is left out.

With - as the question, questions come from standard input, one a line: plain,
or as {"id":"…","question":"…"}. They are answered in order.`,
		Example: `  docent ask --from handbook "How many days a year may I work from abroad?"
  docent ask "Combien de jours de congés par an ?"
  docent ask --as anna --explain Who signs purchase orders
  docent ask --json - <questions.jsonl`,
		Args: takes(1, -1, "a question, or -"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := l.check(c); err != nil {
				return err
			}
			return a.ask(c.Context(), l, args)
		},
	}
	l.flags(c, "the `number` of passages that an answer may use (default 8)")
	a.readFlags(c)
	l.answerFlags(c)
	c.Flags().BoolVar(&l.explain, "explain", false, "show each passage with its lexical, vector and fused score")
	return c
}

func (a *app) ask(ctx context.Context, l lookup, args []string) (err error) {
	s, err := a.openFrom(ctx, l.from, l.intoSpace())
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	answers, err := a.answerer(ctx, s, l)
	if err != nil {
		return err
	}
	return a.each(ctx, args, func(q question) error {
		answer, err := answers.Answer(ctx, l.request(s, q))
		if err != nil {
			return err
		}
		a.tellFailures(answer)
		if err := a.showAnswer(s.config, q, answer, l.explain); err != nil {
			return err
		}
		if answer.Status == rag.NotFound {
			return errNotAnswered
		}
		return nil
	})
}

func (a *app) showAnswer(c config, q question, answer rag.Answer, explain bool) error {
	if a.json {
		return writeJSON(a.stdout, answerOf(q, answer, c.costOf(answer)))
	}
	p := page{terminal: a.terminal(a.stdout)}
	if q.line > 0 {
		p.question(q)
	}
	p.answer(answer)
	if explain {
		p.explanation(answer.Evidence)
		p.spent(c.spentOn(answer))
	}
	return p.print()
}
