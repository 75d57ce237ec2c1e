package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"docent/rag"
	"docent/rag/library"
)

func (a *app) statusCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "status",
		Short:   "Show where the library is and what it holds",
		Example: "  docent status\n  docent status --library equipe.db --json",
		Args:    takes(0, 0, "no argument"),
		RunE:    func(c *cobra.Command, _ []string) error { return a.status(c.Context()) },
	}
}

func (a *app) status(ctx context.Context) (err error) {
	s, err := a.openAny(ctx, library.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	stats, err := s.Stats(ctx)
	if err != nil {
		return err
	}
	spent, err := a.usageLog().Totals()
	if err != nil {
		return err
	}
	if a.json {
		out := statusOf(s.Path(), stats)
		out.Usage = s.config.spending(spent)
		return writeJSON(a.stdout, out)
	}
	p := page{terminal: a.terminal(a.stdout)}
	made := stats.Fingerprint.String()
	if e, held, err := a.embedder(ctx, s.config); err != nil {
		made += "; the embedder of docent.yaml does not answer, see: docent doctor"
	} else if err := held.Close(); err != nil || stats.Fingerprint != rag.FingerprintOf(e) {
		made += "; this program needs: docent ingest --rebuild"
	}
	for _, row := range [][2]string{
		{"library", s.Path()}, {"size", humanize.IBytes(uint64(stats.FileBytes)) + ", of which text " + humanize.IBytes(uint64(stats.TextBytes))},
		{"documents", fmt.Sprint(stats.Documents)}, {"passages", fmt.Sprint(stats.Passages)},
		{"spaces", counts(stats.Spaces)}, {"languages", counts(stats.Languages)}, {"made with", made},
	} {
		p.field(row[0], row[1])
	}
	if names := s.config.unconfigured(stats.Spaces); len(names) > 0 {
		p.field("unseen", strings.Join(names, ", ")+": spaces that only their operator sees; say who does with spaces: in docent.yaml")
	}
	if stats.Rebuilding != "" {
		p.field("rebuild", fmt.Sprintf("%d of %d documents for %s; go on with: docent ingest --rebuild", stats.Rebuilt, stats.Documents, stats.Rebuilding))
	}
	if o := outdatedOf(stats.Outdated); o.Documents > 0 {
		p.field("outdated", fmt.Sprintf("%d documents, read by an earlier docent, are read again by: docent ingest FOLDER; %d of them have no file any more", o.Documents, o.Gone))
	}
	for _, u := range s.config.spending(spent) {
		p.field("spent", u.String())
	}
	return p.print()
}

// unconfigured are the spaces that hold documents and that the configuration gives to
// nobody.
func (c config) unconfigured(spaces map[string]int) (names []string) {
	for _, name := range slices.Sorted(maps.Keys(spaces)) {
		if _, known := c.Spaces[name]; !known && name != rag.Everyone {
			names = append(names, name)
		}
	}
	return names
}

// outdatedOf sums up documents by their files.
func outdatedOf(byFile map[string]int) (o outdatedJSON) {
	for file, n := range byFile {
		o.Documents += n
		if _, err := os.Stat(file); file == "" || errors.Is(err, fs.ErrNotExist) {
			o.Gone += n
		}
	}
	return o
}

// counts lists names with their counts, by name.
func counts(of map[string]int) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(of)) {
		n := of[name]
		if name == "" {
			name = "unknown"
		}
		parts = append(parts, fmt.Sprintf("%s %d", name, n))
	}
	return dash(strings.Join(parts, ", "))
}
