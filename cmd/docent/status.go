package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

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
	o, err := a.openAny(ctx, library.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer closing(o, &err)
	s, err := o.Stats(ctx)
	if err != nil {
		return err
	}
	spent, err := a.usageLog().totals()
	if err != nil {
		return err
	}
	if a.json {
		out := statusOf(o.Path(), s)
		out.Usage = o.config.spending(spent)
		return writeJSON(a.stdout, out)
	}
	p := page{terminal: a.terminal(a.stdout)}
	made := s.Fingerprint.String()
	if e, held, err := a.embedder(ctx, o.config); err != nil {
		made += "; the embedder of docent.yaml does not answer, see: docent doctor"
	} else if err := held.Close(); err != nil || s.Fingerprint != rag.FingerprintOf(e) {
		made += "; this program needs: docent ingest --rebuild"
	}
	for _, row := range [][2]string{
		{"library", o.Path()}, {"size", bytesOf(s.FileBytes) + ", of which text " + bytesOf(s.TextBytes)},
		{"documents", fmt.Sprint(s.Documents)}, {"passages", fmt.Sprint(s.Passages)},
		{"spaces", counts(s.Spaces)}, {"languages", counts(s.Languages)}, {"made with", made},
	} {
		p.line("%s %s", p.faint(fmt.Sprintf("%-9s", row[0])), printable(row[1]))
	}
	if s.Rebuilding != "" {
		p.line("%s %s", p.faint("rebuild  "), printable(fmt.Sprintf("%d of %d documents for %s; go on with: docent ingest --rebuild", s.Rebuilt, s.Documents, s.Rebuilding)))
	}
	for _, u := range o.config.spending(spent) {
		p.line("%s %s", p.faint("spent    "), printable(u.String()))
	}
	return p.print()
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

func bytesOf(n int64) string {
	const unit = 1024
	if n < unit {
		return fmt.Sprintf("%d bytes", n)
	}
	size, prefix := float64(n)/unit, 0
	for size >= unit && prefix < 3 {
		size /= unit
		prefix++
	}
	return fmt.Sprintf("%.1f %ciB", size, "KMGT"[prefix])
}
