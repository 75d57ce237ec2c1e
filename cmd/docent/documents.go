package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"docent/rag"
	"docent/rag/library"
)

func (a *app) documentsCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "documents",
		Short: "List, show and remove documents",
		Args:  arguments(cobra.NoArgs),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(a.listCommand(), a.showCommand(), a.removeCommand())
	return c
}

// withLibrary opens the library, whatever it was made with, for f.
func (a *app) withLibrary(ctx context.Context, readOnly bool, f func(*library.Library) error) (err error) {
	opts := a.libraryOptions()
	opts.ReadOnly, opts.AnyFingerprint = readOnly, true
	lib, err := library.Open(ctx, a.library(), opts)
	if err != nil {
		return err
	}
	defer closing(&err, lib.Close)
	return f(lib)
}

func (a *app) listCommand() *cobra.Command {
	var user string
	c := &cobra.Command{
		Use:     "list",
		Short:   "List the documents",
		Example: "  docent documents list\n  docent documents list --json | jq .uri",
		Args:    arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withLibrary(cmd.Context(), true, func(lib *library.Library) error {
				table := tabwriter.NewWriter(a.stdout, 0, 4, 2, ' ', 0)
				if !a.json {
					fmt.Fprintln(table, "DOCUMENT\tLANGUAGE\tSPACE\tPASSAGES\tDATE\tTITLE")
				}
				for d, err := range lib.Documents(cmd.Context(), a.audience(user)) {
					if err != nil {
						return err
					}
					if a.json {
						if err := writeJSON(a.stdout, documentJSON(d)); err != nil {
							return err
						}
						continue
					}
					fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%s\n", d.ID, d.Language, d.Space, d.Passages, d.Date, shortened(printable(d.Title), 60))
				}
				return table.Flush()
			})
		},
	}
	c.Flags().StringVar(&user, "as", "", "list only what this user may see")
	return c
}

func (a *app) showCommand() *cobra.Command {
	var text bool
	var user string
	c := &cobra.Command{
		Use:   "show ID",
		Short: "Show a document, or with --text exactly its stored text",
		Long: `Show describes a document. With --text it prints the stored text, byte for
byte, so that a citation's quote is the bytes from its start to its end.`,
		Example: "  docent documents show conges-payes-1a2b3c4d\n  docent documents show conges-payes-1a2b3c4d --text | head -c 500",
		Args:    arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLibrary(cmd.Context(), true, func(lib *library.Library) error {
				d, err := lib.Document(cmd.Context(), rag.DocumentID(args[0]), a.audience(user))
				switch {
				case err != nil:
					return err
				case text:
					_, err = io.WriteString(a.stdout, d.Text)
					return err
				case a.json:
					return writeJSON(a.stdout, documentJSON(d.DocumentInfo))
				}
				table := tabwriter.NewWriter(a.stdout, 0, 4, 2, ' ', 0)
				fmt.Fprintf(table, "document\t%s\ntitle\t%s\nuri\t%s\nlanguage\t%s\ndate\t%s\nspace\t%s\npassages\t%d\nbytes\t%d\nhash\t%s\n",
					d.ID, printable(d.Title), printable(d.URI), d.Language, d.Date, d.Space, d.Passages, d.Bytes, d.Hash)
				return table.Flush()
			})
		},
	}
	c.Flags().BoolVar(&text, "text", false, "print exactly the stored text")
	c.Flags().StringVar(&user, "as", "", "show only what this user may see")
	return c
}

func (a *app) removeCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "remove ID…",
		Short:   "Remove documents; a later ingest of a changed file brings them back",
		Example: "  docent documents remove conges-payes-1a2b3c4d",
		Args:    arguments(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLibrary(cmd.Context(), false, func(lib *library.Library) error {
				var missing error
				for _, id := range args {
					// Looked up first, so that a mistyped ID is said.
					d, err := lib.Document(cmd.Context(), rag.DocumentID(id), rag.Operator())
					if errors.Is(err, rag.ErrNotFound) {
						missing = errors.Join(missing, err)
						continue
					}
					if err == nil {
						err = lib.Delete(cmd.Context(), d.ID)
					}
					if err != nil {
						return err
					}
					if !a.json {
						fmt.Fprintf(a.stdout, "removed %s (%s)\n", d.ID, printable(d.Title))
					}
				}
				return missing
			})
		},
	}
}
