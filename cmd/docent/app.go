package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"slices"

	"github.com/spf13/cobra"
)

// app is what every command works with.
type app struct {
	getenv func(string) string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	log    *slog.Logger

	// The flags that all commands share.
	library, configPath, color string
	json, verbose              bool
	// Those of commands that read documents, see readFlags.
	ocr, passwordFile string
}

// run is the whole program but for the process around it. What it returns is
// in the table of exit codes.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	a := &app{getenv: getenv, stdin: stdin, stdout: stdout, stderr: stderr, log: slog.New(slog.DiscardHandler)}
	defer func() {
		if p := recover(); p != nil {
			a.log.Debug("panic", "value", p, "stack", string(debug.Stack()))
			code = a.fail(&panicError{value: p})
		}
	}()
	err := a.command(args).ExecuteContext(ctx) //nolint:contextcheck // cobra hands ctx to the commands
	if err != nil && ctx.Err() != nil {
		err = errInterrupted
	}
	return a.fail(err)
}

// fail tells an error, if it needs telling, and returns its exit code.
func (a *app) fail(err error) int {
	if err != nil && !isOutcome(err) {
		a.printError(err)
	}
	return exitCode(err)
}

func (a *app) command(args []string) *cobra.Command {
	root := &cobra.Command{
		Use:   "docent",
		Short: "Answers from your own documents, with the exact words behind them",
		Long: `docent answers questions from your own documents and shows the exact words
behind every statement. It needs no key, no server and no download.`,
		Example: `  docent ask --from handbook "How many days a year may I work from abroad?"
  docent ingest handbook contracts.jsonl
  docent ask "Combien de jours de congés par an ?"`,
		Version:           built().Version,
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              noSuchCommand,
		RunE:              help,
		PersistentPreRunE: a.prepare,
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.library, "library", "", "the library's `file` (or DOCENT_LIBRARY, or library: in docent.yaml)")
	flags.StringVar(&a.configPath, "config", "", "the configuration `file` (default ./"+configName+", then the user's)")
	flags.StringVar(&a.color, "color", "auto", "colours: auto, always or never; auto honours NO_COLOR")
	flags.BoolVar(&a.json, "json", false, "print one JSON object a line, errors too")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "log what is done, on standard error")
	root.SetVersionTemplate(built().String())
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		// The mistake may stand before --json, and is told in the asked way.
		a.json = a.json || slices.Contains(args, "--json")
		return usage(c, err)
	})
	root.AddCommand(a.askCommand(), a.chatCommand(), a.searchCommand(), a.verifyCommand(), a.ingestCommand(), a.documentsCommand(), a.readCommand(),
		a.serveCommand(), a.slackCommand(), a.statusCommand(), a.reportCommand(), a.auditCommand(), a.doctorCommand(), a.checkCommand(), a.backupCommand(), a.restoreCommand(),
		a.configCommand(), a.evalCommand(), a.versionCommand(), a.readWorkerCommand(), exitCodesTopic())
	root.SetArgs(args)
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	return root
}

// prepare runs before every command.
func (a *app) prepare(c *cobra.Command, _ []string) error {
	if !slices.Contains([]string{"auto", "always", "never"}, a.color) {
		return usage(c, fmt.Errorf("--color is auto, always or never, not %q", a.color))
	}
	if a.verbose {
		a.log = a.logger(logConfig{}, slog.LevelDebug)
	}
	return nil
}

// group is a command that has others below it and does nothing itself.
func group(use, short, example string, commands ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Example: example, Args: noSuchCommand, RunE: help}
	c.AddCommand(commands...)
	return c
}

func help(c *cobra.Command, _ []string) error { return c.Help() }

// noSuchCommand is for commands that have others below them and take no
// argument themselves.
func noSuchCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := fmt.Errorf("there is no command %q", args[0])
	if c.SuggestionsMinimumDistance == 0 {
		c.SuggestionsMinimumDistance = 2
	}
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		err = fmt.Errorf("%w; did you mean %s?", err, near[0])
	}
	return usage(c, err)
}

// takes refuses another number of arguments than a command can use; most < 0
// is no bound.
func takes(least, most int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < least || most >= 0 && len(args) > most {
			return usage(c, fmt.Errorf("%s needs %s, got %d arguments", c.CommandPath(), what, len(args)))
		}
		return nil
	}
}
