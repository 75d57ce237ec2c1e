package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) searchCommand() *cobra.Command {
	var f from
	var explain bool
	c := &cobra.Command{
		Use:   "search QUERY | -",
		Short: "List the passages that speak of something, best first",
		Example: `  docent search "congés payés"
  docent search --json --limit 3 "purchase order" | jq .hits[].uri
  docent search --from ./handbook --explain "laptop"`,
		Args: arguments(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			lib, done, err := a.open(cmd.Context(), f)
			if err != nil {
				return err
			}
			defer closing(&err, done)
			r := retriever(lib, f)
			return a.each(cmd.Context(), args, func(ctx context.Context, q question) (bool, error) {
				found, err := r.Search(ctx, a.request(q, f))
				if err != nil {
					return false, err
				}
				if a.json {
					return len(found.Hits) > 0, writeJSON(a.stdout, searchJSON(q.ID, q.Question, found.Hits))
				}
				if len(found.Hits) == 0 {
					_, err = fmt.Fprintf(a.stdout, "Nothing found in %d documents.\n", found.Searched.Documents)
				}
				a.printHits(found.Hits, explain)
				return len(found.Hits) > 0, err
			})
		},
	}
	a.searchFlags(c, &f)
	c.Flags().BoolVar(&explain, "explain", false, "show the scores of each passage")
	return c
}
