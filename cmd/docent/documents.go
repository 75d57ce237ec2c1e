package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"docent/rag"
	"docent/rag/library"
	"docent/rag/retrieve"
)

func (a *app) documentsCommand() *cobra.Command {
	return group("documents", "List, show, remove and restore documents", "  docent documents list\n  docent documents show faq-visit --text",
		a.documentsListCommand(), a.documentsShowCommand(), a.documentsRemoveCommand(), a.documentsRestoreCommand())
}

func (a *app) documentsListCommand() *cobra.Command {
	var as string
	var removed bool
	c := &cobra.Command{
		Use:     "list",
		Short:   "List the documents of the library",
		Example: "  docent documents list\n  docent documents list --as anna --json\n  docent documents list --removed",
		Args:    takes(0, 0, "no argument"),
		RunE: func(c *cobra.Command, _ []string) error {
			if removed && as != "" {
				return usage(c, errors.New("--removed lists what only the operator sees; it excludes --as"))
			}
			return a.listDocuments(c.Context(), as, removed)
		},
	}
	c.Flags().StringVar(&as, "as", "", "list what this `user` may see")
	c.Flags().BoolVar(&removed, "removed", false, "list what was removed and can be restored")
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
	var purge bool
	c := &cobra.Command{
		Use:   "remove ID...",
		Short: "Remove documents from the library",
		Long: `remove takes documents out of the library, all of them or, if one is unknown, none.
Their files stay as they are, and the next ingest of such a file brings it back.

For a day, or as long as keep-removed: in docent.yaml says, docent documents restore
has them back. With --purge nothing of them is kept, nor of those removed before: the
library's file is written anew, and no byte of their text is left in it. Backups,
and what docent serve answered from them, are not touched.`,
		Example:           "  docent documents remove faq-visit faq-pension\n  docent documents remove --purge faq-visit",
		Args:              takes(1, -1, "at least one document ID"),
		ValidArgsFunction: a.completeDocuments,
		RunE: func(c *cobra.Command, args []string) error {
			return a.removeDocuments(c.Context(), documentIDs(args), purge)
		},
	}
	c.Flags().BoolVar(&purge, "purge", false, "leave no byte of them in the library's file")
	return c
}

func documentIDs(args []string) []rag.DocumentID {
	ids := make([]rag.DocumentID, len(args))
	for i, id := range args {
		ids[i] = rag.DocumentID(id)
	}
	return ids
}

func (a *app) documentsRestoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore ID...",
		Short: "Have removed documents back",
		Long: `restore puts back documents that were removed, by hand or with their file, for as
long as keep-removed: in docent.yaml says (a day by default); all of them or, if one
is not kept, none. One whose file is gone stays from then on until it is removed
by hand. docent documents list --removed lists what there is.`,
		Example: "  docent documents restore faq-visit\n  docent documents list --removed",
		Args:    takes(1, -1, "at least one document ID"),
		RunE:    func(c *cobra.Command, args []string) error { return a.restoreDocuments(c.Context(), documentIDs(args)) },
	}
}

func (a *app) restoreDocuments(ctx context.Context, ids []rag.DocumentID) (err error) {
	s, err := a.open(ctx, library.Options{})
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	kept := make(map[rag.DocumentID]library.Removed)
	for r, err := range s.Removed(ctx, ids...) {
		if err != nil {
			return err
		}
		kept[r.Document.ID] = r
	}
	for _, id := range ids {
		if _, ok := kept[id]; !ok {
			return &hinted{err: fmt.Errorf("document %s: nothing is kept of it", id), hint: "list what can be restored with: docent documents list --removed"}
		}
	}
	for _, id := range ids {
		r := kept[id]
		if _, err := os.Stat(r.Document.File); err != nil {
			r.Document.File = "" // the next ingest would remove it again
		}
		if err := (retrieve.Indexer{Embedder: s.embedder}).Index(ctx, r.Document.DocumentInfo, r.Passages); err != nil {
			return err
		}
		if err := s.Put(ctx, r.Document, r.Passages); err != nil {
			return err
		}
		if !a.json {
			if _, err := fmt.Fprintf(a.stdout, "restored %s\n", id); err != nil {
				return err
			}
		}
	}
	if a.json {
		return writeJSON(a.stdout, restoredDocumentsJSON{Restored: ids})
	}
	return nil
}

func (a *app) listDocuments(ctx context.Context, as string, removed bool) (err error) {
	s, err := a.openAny(ctx, library.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	table := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	head := "DOCUMENT\tTITLE\tLANGUAGE\tSPACE\tPASSAGES\tBYTES\tDATE\tSTATUS\tURI\n"
	documents := s.Documents(ctx, s.config.audience(as))
	if removed {
		documents = removedInfos(s.Removed(ctx))
	}
	for d, err := range documents {
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

func removedInfos(of iter.Seq2[library.Removed, error]) iter.Seq2[rag.DocumentInfo, error] {
	return func(yield func(rag.DocumentInfo, error) bool) {
		for r, err := range of {
			if !yield(r.Document.DocumentInfo, err) {
				return
			}
		}
	}
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
func (a *app) removeDocuments(ctx context.Context, ids []rag.DocumentID, purge bool) (err error) {
	s, err := a.openAny(ctx, library.Options{})
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	var files []string
	for _, id := range ids {
		file, err := fileOf(ctx, s, id, purge)
		if err != nil {
			return err
		}
		files = append(files, file)
	}
	if err := s.DeleteFiles(ctx, files...); err != nil {
		return err
	}
	remove := s.Delete
	if purge {
		remove = s.Purge
	}
	if err := remove(ctx, ids...); err != nil {
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

// fileOf is the file of a document, or of one that was removed before.
func fileOf(ctx context.Context, s *session, id rag.DocumentID, removed bool) (string, error) {
	doc, err := s.Document(ctx, id, rag.Operator())
	if removed && errors.Is(err, rag.ErrNotFound) {
		for r, err := range s.Removed(ctx, id) {
			return r.Document.File, err
		}
	}
	return doc.File, err
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
