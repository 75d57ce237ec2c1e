package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"docent/rag/library"
)

func (a *app) statusCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "status",
		Short:   "Tell what the library holds and where it lies",
		Example: "  docent status\n  docent status --json",
		Args:    arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withLibrary(cmd.Context(), true, func(lib *library.Library) error {
				st, err := lib.Stats(cmd.Context())
				if err != nil {
					return err
				}
				if a.json {
					return writeJSON(a.stdout, map[string]any{
						"library": lib.Path(), "documents": st.Documents, "passages": st.Passages, "bytes": st.TextBytes, "file_bytes": st.FileBytes,
						"spaces": st.Spaces, "languages": st.Languages, "embedder": st.Fingerprint.Name, "version": st.Fingerprint.Version,
						"dimension": st.Fingerprint.Dimension, "analysis": st.Fingerprint.Analysis,
					})
				}
				table := tabwriter.NewWriter(a.stdout, 0, 4, 2, ' ', 0)
				fmt.Fprintf(table, "library\t%s (%.1f MB)\ndocuments\t%d\npassages\t%d\ntext\t%.1f MB\nspaces\t%s\nlanguages\t%s\nindex\t%s\n",
					lib.Path(), megabytes(st.FileBytes), st.Documents, st.Passages, megabytes(st.TextBytes), counted(st.Spaces), counted(st.Languages), st.Fingerprint)
				return table.Flush()
			})
		},
	}
}

func megabytes(bytes int64) float64 { return float64(bytes) / 1e6 }

func counted(counts map[string]int) string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(counts)) {
		name := k
		if name == "" {
			name = "unknown"
		}
		parts = append(parts, fmt.Sprintf("%s (%d)", name, counts[k]))
	}
	return strings.Join(parts, ", ")
}
