package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"docent/rag"
)

func (a *app) askCommand() *cobra.Command {
	var f from
	var explain bool
	c := &cobra.Command{
		Use:   "ask QUESTION | -",
		Short: "Answer a question with the exact words behind it, or say that the documents do not",
		Long: `Ask answers a question from the library in the documents' own sentences, each
with a citation that was checked against the stored text. When the documents do
not answer it says so, names what came nearest, and exits with 4.

With - questions come from standard input, one a line, as plain text or as
{"id": "…", "question": "…"}.`,
		Example: `  docent ask "Qui signe les bons de commande ?"
  docent ask --from ./handbook "How many days of leave do I have?"
  docent ask --json - < questions.txt`,
		Args: arguments(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			lib, done, err := a.open(cmd.Context(), f)
			if err != nil {
				return err
			}
			defer closing(&err, done)
			answerer := rag.Answerer{Retriever: retriever(lib, f)}
			return a.each(cmd.Context(), args, func(ctx context.Context, q question) (bool, error) {
				answer, err := answerer.Answer(ctx, a.request(q, f))
				if err != nil {
					return false, err
				}
				found := answer.Status != rag.NotFound
				if a.json {
					return found, writeJSON(a.stdout, answerJSON(q.ID, answer))
				}
				a.printAnswer(answer, explain)
				if args[0] == "-" {
					_, err = fmt.Fprintln(a.stdout)
				}
				return found, err
			})
		},
	}
	a.searchFlags(c, &f)
	c.Flags().BoolVar(&explain, "explain", false, "show every passage considered with its scores")
	return c
}

func (a *app) request(q question, f from) rag.SearchRequest {
	return rag.SearchRequest{Question: q.Question, Audience: a.audience(f.user), Spaces: f.spaces, Limit: f.limit}
}

// searchFlags are those that ask and search share.
func (a *app) searchFlags(c *cobra.Command, f *from) {
	flags := c.Flags()
	flags.StringArrayVar(&f.paths, "from", nil, "read these files and folders first, into a throw-away library or that of --library")
	flags.StringVar(&f.user, "as", "", "see only what this user may see (spaces: in docent.yaml)")
	flags.StringArrayVar(&f.spaces, "space", nil, "search only these spaces")
	flags.IntVar(&f.limit, "limit", 0, "how many passages to consider or list (default 8 for ask, 10 for search)")
}
