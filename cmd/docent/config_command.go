package main

import (
	"cmp"

	"github.com/spf13/cobra"
)

func (a *app) configCommand() *cobra.Command {
	c := group("config", "Show the configuration, where it comes from, and what it may hold",
		"  docent config show\n  docent config path\n  docent config schema", &cobra.Command{
			Use:   "show",
			Short: "Print the configuration with all its defaults",
			Long: `show prints what holds: the values of docent.yaml, and where it has none the
defaults. Beside each value that is no default stands where it comes from: a line
of the file, a variable of the environment, or a flag. Keys of providers and
tokens of Slack are no part of it.`,
			Example: "  docent config show\n  docent config show --config team.yaml --json",
			RunE:    func(*cobra.Command, []string) error { return a.showConfig() },
		}, &cobra.Command{
			Use:   "path",
			Short: "Print which configuration is read, and where it is looked for",
			Long: `path prints the files that a configuration is looked for in, in their order. The
first that is named or there is read, and no other.`,
			Example: "  docent config path\n  docent config path --json",
			RunE:    func(*cobra.Command, []string) error { return a.showConfigPath() },
		}, &cobra.Command{
			Use:   "schema",
			Short: "Print the JSON Schema of docent.yaml",
			Long: `schema prints each key that docent.yaml may hold, with what it means, what it
takes and its default, as a JSON Schema. Editors check and complete the file with
it: those of the YAML language server where its first line is
# yaml-language-server: $schema=docent.schema.json`,
			Example: "  docent config schema >docent.schema.json",
			RunE:    func(*cobra.Command, []string) error { return writeConfigSchema(a.stdout) },
		})
	for _, sub := range c.Commands() {
		sub.Args, sub.ValidArgsFunction = takes(0, 0, "no argument"), cobra.NoFileCompletions
	}
	return c
}

// showConfigPath prints the files that may hold a configuration.
func (a *app) showConfigPath() error {
	used := a.usedConfig()
	out := configPathJSON{File: used}
	p := page{terminal: a.terminal(a.stdout)}
	for _, f := range a.configFiles() {
		state := "not read"
		switch {
		case f.path == "":
			state = "not set"
		case !f.exists():
			state = "not there"
		case f.path == used:
			state, used = "read", ""
		}
		out.Search = append(out.Search, configFileJSON{Source: f.source, File: f.path, State: state})
		p.line("%-9s  %-17s  %s", state, f.source, printable(cmp.Or(f.path, "-")))
	}
	if a.json {
		return writeJSON(a.stdout, out)
	}
	return p.print()
}
