package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// app is what a command needs of the world, and the flags that all share.
type app struct {
	getenv func(string) string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer

	libraryPath string
	configPath  string
	json        bool
	verbose     bool
	config      config
}

// run is the whole program but for the process: it returns the exit code.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	a := &app{getenv: getenv, stdin: stdin, stdout: stdout, stderr: stderr}
	defer func() {
		if r := recover(); r != nil {
			a.report(withHint(fmt.Errorf("docent made a mistake: %v", r), "please report it with the command you ran; your library is safe"))
			code = exitError
		}
	}()
	root := a.root()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil && !errors.Is(err, errDone) {
		err = errInterrupted
	}
	if err != nil && !errors.Is(err, errSilent) {
		a.report(err)
	}
	return exitCode(err)
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "docent",
		Short: "Answers questions from your documents, with the exact words behind every statement",
		Long: `docent answers questions from your own documents, in French and English, and
shows the exact words behind every statement. It needs no key and no server.`,
		Example: `  docent ask --from ./handbook "Combien de jours de congés par an ?"
  docent ingest ./handbook && docent ask "Who signs purchase orders?"`,
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) (err error) {
			a.config, err = loadConfig(a.configPath, a.getenv)
			return err
		},
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w (see %s --help)", err, cmd.CommandPath())}
	})
	flags := root.PersistentFlags()
	flags.StringVar(&a.libraryPath, "library", "", "the library's file (or DOCENT_LIBRARY, or library: in docent.yaml)")
	flags.StringVar(&a.configPath, "config", "", "the configuration file (default ./docent.yaml, then docent.yaml in the user's configuration folder)")
	flags.BoolVar(&a.json, "json", false, "print one JSON object a line")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "log what is done, for operators")
	root.AddCommand(a.ingestCommand(), a.askCommand(), a.searchCommand(), a.documentsCommand(), a.statusCommand(), a.versionCommand())
	return root
}

// arguments turns cobra's complaint about the number of arguments into a
// usage error.
func arguments(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{fmt.Errorf("%w (see %s --help)", err, cmd.CommandPath())}
		}
		return nil
	}
}
