package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"docent/rag"
	"docent/rag/library"
	"docent/rag/retrieve"
)

type checkFlags struct{ readFiles, repair bool }

func (a *app) checkCommand() *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use:   "check",
		Short: "Hold the library against itself, and mend it",
		Long: `check holds all that is stored against itself: the file as SQLite checks it, the
checksums of texts, passages and index entries, passages against the text that they
are slices of, the index against the documents; and the state of docent serve. The
exit code is 1 if something is damaged.

--read-files also reads the files that the library was filled from: one whose size
and times are as they were, and whose bytes are not, is damaged too. Others that
have changed since wait for the next ingest, and are counted.

--repair mends what can be derived, a text by its passages and the other way round,
the index by the texts. A document that cannot be mended is removed, and read again
by the next ingest of its file. Where the file is damaged as a whole, what can be
read of it is put into a new one, while nobody else may have it open.`,
		Example: "  docent check\n  docent check --read-files\n  docent check --repair --json",
		Args:    takes(0, 0, "no argument"),
		RunE:    func(c *cobra.Command, _ []string) error { return a.checkAll(c.Context(), f) },
	}
	c.Flags().BoolVar(&f.readFiles, "read-files", false, "read the documents' files too")
	c.Flags().BoolVar(&f.repair, "repair", false, "mend what can be mended, and remove what cannot")
	return c
}

func (a *app) checkAll(ctx context.Context, f checkFlags) (err error) {
	s, err := a.openToCheck(ctx, f.repair)
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	out := integrityJSON{Library: s.Path(), Lost: []lostJSON{}}
	faults, err := s.Check(ctx)
	if err != nil {
		return err
	}
	state := besideLibrary(s.Path(), s.config.Slack.State, "-slack.db")
	if _, err := os.Stat(state); err == nil {
		broken, err := library.CheckFile(ctx, state)
		if err != nil {
			return err
		}
		for _, fault := range broken {
			out.Faults = append(out.Faults, faultJSON{Problem: state + ": " + fault.Error()})
		}
	}
	beside := len(out.Faults)
	for _, fault := range faults {
		out.Faults = append(out.Faults, faultJSON{Document: fault.Document, Problem: fault.Problem})
	}
	if f.readFiles {
		if err := readFiles(ctx, s, f.repair, &out); err != nil {
			return err
		}
	}
	if f.repair && len(faults) > 0 {
		lost, err := s.Repair(ctx, retrieve.Indexer{Embedder: s.embedder}, faults)
		if err != nil {
			return err
		}
		for _, l := range lost {
			out.Lost = append(out.Lost, lostJSON{Document: l.ID, File: l.File})
		}
	}
	out.Repaired, out.Faults = f.repair && len(out.Faults) > 0, list(out.Faults)
	if err := a.showIntegrity(out); err != nil {
		return err
	}
	if len(out.Lost) > 0 || beside > 0 || len(out.Faults) > 0 && !f.repair {
		return errCheckFailed
	}
	return nil
}

// openToCheck takes the embedder where the index may have to be made anew.
func (a *app) openToCheck(ctx context.Context, repair bool) (*session, error) {
	if repair {
		return a.open(ctx, library.Options{AnyFingerprint: true})
	}
	return a.openAny(ctx, library.Options{ReadOnly: true})
}

// readFiles holds the files against what is on record of them. The record of one
// that is damaged is forgotten in a repair.
func readFiles(ctx context.Context, s *session, repair bool, out *integrityJSON) error {
	var damaged []string
	for f, err := range s.Files(ctx) {
		if err != nil {
			return err
		}
		out.Files++
		problem, changed := readAgain(f)
		if changed {
			out.Changed++
		}
		if problem != "" {
			damaged = append(damaged, f.Path)
			out.Faults = append(out.Faults, faultJSON{Problem: f.Path + ": " + problem})
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	if !repair {
		return nil
	}
	return s.DeleteFiles(ctx, damaged...)
}

// readAgain says what is wrong with a file, or whether it has changed since.
func readAgain(f rag.File) (problem string, changed bool) {
	in, err := os.Open(f.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", true
	}
	if err != nil {
		return err.Error(), false
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err.Error(), false
	}
	if info.Size() != f.Size || !info.ModTime().Equal(f.ModTime) || f.Hash == "" {
		return "", true
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, in); err != nil {
		return err.Error(), false
	}
	if hex.EncodeToString(sum.Sum(nil)) != f.Hash {
		return "its bytes are not those that were read, though its size and time are", false
	}
	return "", false
}

func (a *app) showIntegrity(r integrityJSON) error {
	if a.json {
		return writeJSON(a.stdout, r)
	}
	p := page{terminal: a.terminal(a.stdout)}
	for _, f := range r.Faults {
		what := f.Problem
		if f.Document != "" {
			what = fmt.Sprintf("document %s: %s", f.Document, what)
		}
		p.line("%s %s", p.red("damaged:"), printable(what))
	}
	for _, l := range r.Lost {
		again := "; its file is not known"
		if l.File != "" {
			again = "; an ingest of its file reads it again: " + l.File
		}
		p.line("%s document %s%s", p.red("removed:"), printable(string(l.Document)), printable(again))
	}
	if r.Files > 0 {
		p.line("%d files read, %d of them changed or gone since the last ingest", r.Files, r.Changed)
	}
	switch {
	case len(r.Faults) == 0:
		p.line("%s: nothing is damaged", printable(r.Library))
	case r.Repaired:
		p.line("%s: mended, but for %d documents that are removed", printable(r.Library), len(r.Lost))
	default:
		p.line("%s", p.faint("mend it with: docent check --repair, or restore a backup with: docent restore FILE"))
	}
	return p.print()
}
