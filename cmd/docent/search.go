package main

import (
	"context"

	"github.com/spf13/cobra"

	"docent/rag"
	"docent/rag/retrieve"
)

func (a *app) searchCommand() *cobra.Command {
	var f queryFlags
	c := &cobra.Command{
		Use:   "search QUERY",
		Short: "Search for passages",
		Long: `search ranks passages by their words and by their vectors, both together.

With - as the query, queries come from standard input, one a line: plain, or
as {"id":"…","question":"…"}. The library is opened once, and what others
ingest meanwhile is found by the next query.`,
		Example: `  docent search purchase orders
  docent search --limit 3 --space staff "bons de commande"
  docent search --json - <queries.txt`,
		Args: takes(1, -1, "a query, or -"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := f.check(c); err != nil {
				return err
			}
			return a.search(c.Context(), f, args)
		},
	}
	f.flags(c, retrieve.DefaultLimit, "the `number` of passages")
	a.readFlags(c)
	c.Flags().BoolVar(&f.explain, "explain", false, "show each passage whole, with its lexical, vector and fused score")
	return c
}

func (a *app) search(ctx context.Context, f queryFlags, args []string) (err error) {
	s, err := a.openFrom(ctx, f.from, f.intoSpace())
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	retriever, err := a.retriever(s)
	if err != nil {
		return err
	}
	return a.eachQuestion(ctx, args, func(q question) error {
		found, err := retriever.Search(ctx, f.request(s, q))
		if err != nil {
			return err
		}
		if found.Warning != nil {
			a.printError(found.Warning)
		}
		if err := a.showHits(q, found, f.explain); err != nil {
			return err
		}
		if len(found.Hits) == 0 {
			return errNotAnswered
		}
		return nil
	})
}

func (a *app) showHits(q question, found rag.Result, explain bool) error {
	if a.json {
		return writeJSON(a.stdout, searchOf(q, found.Hits))
	}
	p := page{terminal: a.terminal(a.stdout)}
	if q.line > 0 {
		p.question(q)
	}
	switch {
	case len(found.Hits) == 0:
		p.line("Nothing found in %d documents.", found.Searched.Documents)
	case explain:
		p.explanation(found.Hits)
	default:
		p.hits(found.Hits)
	}
	return p.print()
}
