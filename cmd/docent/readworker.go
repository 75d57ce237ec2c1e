package main

import (
	"github.com/spf13/cobra"

	"docent/ingest/read/formats"
	"docent/ingest/read/sandbox"
)

// readWorker is the command of the processes that risky formats are read in.
const readWorker = "read-worker"

func (a *app) readWorkerCommand() *cobra.Command {
	return &cobra.Command{
		Use:    readWorker,
		Short:  "Read documents for another docent, which asks on standard input",
		Hidden: true,
		Args:   takes(0, 0, "no argument"),
		RunE: func(c *cobra.Command, _ []string) error {
			return sandbox.Serve(c.Context(), a.stdin, a.stdout, formats.All)
		},
	}
}
