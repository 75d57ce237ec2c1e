package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"docent/rag"
	"docent/rag/library"
)

func (a *app) documentsCommand() *cobra.Command {
	return group("documents", "List, show and remove documents", "  docent documents list\n  docent documents show faq-visit --text",
		a.documentsListCommand(), a.documentsShowCommand(), a.documentsRemoveCommand())
}

func (a *app) documentsListCommand() *cobra.Command {
	var as string
	c := &cobra.Command{
		Use:     "list",
		Short:   "List the documents of the library",
		Example: "  docent documents list\n  docent documents list --as anna --json",
		Args:    takes(0, 0, "no argument"),
		RunE:    func(c *cobra.Command, _ []string) error { return a.listDocuments(c.Context(), as) },
	}
	c.Flags().StringVar(&as, "as", "", "list what this `user` may see")
	return c
}

func (a *app) documentsShowCommand() *cobra.Command {
	var as string
	var text bool
	c := &cobra.Command{
		Use:               "show ID",
		Short:             "Show a document",
		Long:              "show prints what is known of a document, or with --text exactly its stored text:\nthe bytes that the start and end of citations and passages count.",
		Example:           "  docent documents show faq-visit\n  docent documents show conges-payes-2f1c0a9b3d --text",
		Args:              takes(1, 1, "one document ID"),
		ValidArgsFunction: a.completeDocuments,
		RunE: func(c *cobra.Command, args []string) error {
			if text && a.json {
				return usage(c, errors.New("--text prints the text as it is; it excludes --json"))
			}
			return a.showDocument(c.Context(), rag.DocumentID(args[0]), as, text)
		},
	}
	c.Flags().StringVar(&as, "as", "", "show it only if this `user` may see it")
	c.Flags().BoolVar(&text, "text", false, "print exactly the stored text")
	return c
}

func (a *app) documentsRemoveCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "remove ID...",
		Short:             "Remove documents from the library",
		Long:              "remove takes documents out of the library, all of them or, if one is unknown, none.\nTheir files stay as they are, and the next ingest of such a file brings it back.",
		Example:           "  docent documents remove faq-visit faq-pension",
		Args:              takes(1, -1, "at least one document ID"),
		ValidArgsFunction: a.completeDocuments,
		RunE: func(c *cobra.Command, args []string) error {
			ids := make([]rag.DocumentID, len(args))
			for i, id := range args {
				ids[i] = rag.DocumentID(id)
			}
			return a.removeDocuments(c.Context(), ids)
		},
	}
}

func (a *app) listDocuments(ctx context.Context, as string) (err error) {
	s, err := a.openAny(ctx, library.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	table := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	head := "DOCUMENT\tTITLE\tLANGUAGE\tSPACE\tPASSAGES\tBYTES\tDATE\tSTATUS\tURI\n"
	for d, err := range s.Documents(ctx, s.config.audience(as)) {
		switch {
		case err != nil:
		case a.json:
			err = writeJSON(a.stdout, documentOf(d))
		default:
			_, err = fmt.Fprintf(table, "%s%s\t%s\t%s\t%s\t%d\t%d\t%s\t%s\t%s\n", head, d.ID, truncate(printable(d.Title), 48),
				dash(d.Language), printable(d.Space), d.Passages, d.Bytes, dash(d.Date), dash(string(d.Status)), printable(d.URI))
			head = ""
		}
		if err != nil {
			return err
		}
	}
	return table.Flush()
}

func dash(s string) string { return cmp.Or(printable(s), "-") }

func (a *app) showDocument(ctx context.Context, id rag.DocumentID, as string, text bool) (err error) {
	s, err := a.openAny(ctx, library.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	doc, err := s.Document(ctx, id, s.config.audience(as))
	switch {
	case err != nil:
		return err
	case text:
		_, err = io.WriteString(a.stdout, doc.Text)
		return err
	case a.json:
		return writeJSON(a.stdout, documentOf(doc.DocumentInfo))
	}
	p := page{terminal: a.terminal(a.stdout)}
	p.line("%s", p.bold(location(doc.Title, nil, "", doc.Date)))
	for _, row := range [][2]string{
		{"document", string(doc.ID)}, {"uri", doc.URI}, {"file", doc.File}, {"format", dash(doc.Format)}, {"author", dash(doc.Author)}, {"language", dash(doc.Language)}, {"space", doc.Space},
		{"status", dash(string(doc.Status))}, {"version", dash(doc.Version)}, {"aliases", dash(strings.Join(doc.Aliases, ", "))},
		{"passages", fmt.Sprint(doc.Passages)}, {"bytes", fmt.Sprint(doc.Bytes)}, {"hash", doc.Hash},
	} {
		p.field(row[0], row[1])
	}
	return p.print()
}

// removeDocuments also forgets the files of the documents: the library is to
// be what the next ingest makes of them, not a mixture.
func (a *app) removeDocuments(ctx context.Context, ids []rag.DocumentID) (err error) {
	s, err := a.openAny(ctx, library.Options{})
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	var files []string
	for _, id := range ids {
		doc, err := s.Document(ctx, id, rag.Operator())
		if err != nil {
			return err
		}
		files = append(files, doc.File)
	}
	if err := s.DeleteFiles(ctx, files...); err != nil {
		return err
	}
	if err := s.Delete(ctx, ids...); err != nil {
		return err
	}
	if a.json {
		return writeJSON(a.stdout, removedJSON{Removed: ids})
	}
	for i, id := range ids {
		note := ""
		if _, err := os.Stat(files[i]); err == nil {
			note = fmt.Sprintf("; its file %s is still there, and an ingest of it brings it back", files[i])
		}
		if _, err := fmt.Fprintf(a.stdout, "removed %s%s\n", id, printable(note)); err != nil {
			return err
		}
	}
	return nil
}

// completeDocuments offers the IDs of the library to a shell.
func (a *app) completeDocuments(c *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	s, err := a.openAny(c.Context(), library.Options{ReadOnly: true})
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer func() { _ = s.Close() }()
	var ids []cobra.Completion
	for d, err := range s.Documents(c.Context(), rag.Operator()) {
		if err != nil {
			break
		}
		ids = append(ids, cobra.CompletionWithDesc(string(d.ID), truncate(printable(d.Title), 48)))
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
