package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/lang"
)

// queryFlags is what ask and search have in common.
type queryFlags struct {
	from, spaces []string
	as           string
	limit        int
	explain      bool
	threshold    float64
	noModel      bool
	// strict makes an error of an answer that the language model did not write.
	strict bool
}

// maxLimit bounds --limit: a library ranks no more candidates on each side.
const maxLimit = 100

func (f *queryFlags) flags(c *cobra.Command, limit int, what string) {
	f.searchFlags(c)
	c.Flags().IntVar(&f.limit, "limit", limit, what)
}

// searchFlags are those of commands that search.
func (f *queryFlags) searchFlags(c *cobra.Command) {
	flags := c.Flags()
	flags.StringArrayVar(&f.from, "from", nil, "ingest this `path` first, into a throw-away library or that of --library; may be repeated")
	flags.StringArrayVar(&f.spaces, "space", nil, "search this `space` only; may be repeated")
	flags.StringVar(&f.as, "as", "", "search what this `user` may see")
	c.ValidArgsFunction = cobra.NoFileCompletions
}

// answerFlags are those of commands that answer.
func (f *queryFlags) answerFlags(c *cobra.Command) {
	c.Flags().Float64Var(&f.threshold, "threshold", 0, fmt.Sprintf("the least `confidence` to answer with (default %v, or answer: threshold: in docent.yaml)", answer.DefaultThreshold))
	c.Flags().BoolVar(&f.noModel, "no-model", false, "answer in the documents' own sentences, also where a language model is configured")
}

func (f *queryFlags) check(c *cobra.Command) error {
	if c.Flags().Changed("limit") && (f.limit < 1 || f.limit > maxLimit) {
		return usage(c, fmt.Errorf("--limit is between 1 and %d, not %d", maxLimit, f.limit))
	}
	if c.Flags().Changed("threshold") && !isThreshold(f.threshold) {
		return usage(c, fmt.Errorf("--threshold is above 0 and at most 1, not %v", f.threshold))
	}
	return nil
}

// intoSpace is the space that --from ingests into: the one that is searched,
// or everyone's.
func (f *queryFlags) intoSpace() string {
	if len(f.spaces) == 1 {
		return f.spaces[0]
	}
	return ""
}

func (f *queryFlags) request(s *session, q question) rag.SearchRequest {
	return rag.SearchRequest{Question: q.text, Audience: s.config.audience(f.as), Spaces: f.spaces, Limit: f.limit}
}

func (a *app) askCommand() *cobra.Command {
	var f queryFlags
	c := &cobra.Command{
		Use:   "ask QUESTION",
		Short: "Answer a question with the words that say so",
		Long: `ask answers a question from the documents, in the question's language, and
shows the words that say so; or it says what was searched and what came nearest.
Where a language model is configured it looks things up and writes the answer, and
what of it the documents do not bear out is left out.

With - as the question, questions come from standard input, one a line: plain,
or as {"id":"…","question":"…"}. They are answered in order.`,
		Example: `  docent ask --from handbook "How many days a year may I work from abroad?"
  docent ask "Combien de jours de congés par an ?"
  docent ask --as anna --explain Who signs purchase orders
  docent ask --json - <questions.jsonl`,
		Args: takes(1, -1, "a question, or -"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := f.check(c); err != nil {
				return err
			}
			return a.ask(c.Context(), f, args)
		},
	}
	f.flags(c, 0, evidenceLimit())
	a.readFlags(c)
	f.answerFlags(c)
	c.Flags().BoolVar(&f.explain, "explain", false, "show each passage with its lexical, vector and fused score")
	c.Flags().BoolVar(&f.strict, "strict", false, "fail where the language model is configured and its call failed")
	return c
}

// evidenceLimit is what --limit is to who answers.
func evidenceLimit() string {
	return fmt.Sprintf("the `number` of passages that an answer may use; a language model is shown more (default %d)", answer.DefaultEvidence)
}

func (a *app) ask(ctx context.Context, f queryFlags, args []string) (err error) {
	s, answers, err := a.openAnswerer(ctx, f)
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	return a.eachQuestion(ctx, args, func(q question) error {
		answer, err := a.answerOne(ctx, s, answers, f, q)
		if err != nil {
			return err
		}
		switch {
		case f.strict && answer.Failure != nil:
			return errFallback
		case answer.Status == rag.NotFound:
			return errNotAnswered
		}
		return nil
	})
}

// openAnswerer opens what the flags ask to answer from.
func (a *app) openAnswerer(ctx context.Context, f queryFlags) (*session, answerer, error) {
	s, err := a.openFrom(ctx, f.from, f.intoSpace())
	if err != nil {
		return nil, nil, err
	}
	answers, err := a.answerer(s, f)
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return s, answers, nil
}

// answerOne answers a question and shows the answer: at a terminal each claim as it
// comes.
func (a *app) answerOne(ctx context.Context, s *session, answers answerer, f queryFlags, q question) (rag.Answer, error) {
	p := page{terminal: a.terminal(a.stdout)}
	streams := !a.json && p.width > 0
	if q.line > 0 && !a.json {
		p.question(q)
	}
	language := lang.DetectQuestion(q.text)
	answer, err := answers.Tell(ctx, f.request(s, q), func(c rag.Claim, _ []rag.Citation) error {
		if !streams {
			return nil
		}
		p.line("%s", p.claim(c, language))
		return p.print()
	})
	if err != nil {
		return answer, err
	}
	a.warnFailures(answer)
	if a.json {
		return answer, writeJSON(a.stdout, answerOf(q, answer, s.config.costOf(answer)))
	}
	if streams {
		p.ending(answer)
	} else {
		p.answer(answer)
	}
	if f.explain {
		p.explanation(answer.Evidence)
		p.spent(s.config.spentOn(answer))
	}
	return answer, p.print()
}
