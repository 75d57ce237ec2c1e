package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Show which docent this is",
		Example: "  docent version\n  docent version --json",
		Args:    takes(0, 0, "no argument"),
		RunE:    func(*cobra.Command, []string) error { return a.version() },
	}
}

func (a *app) version() error {
	v := built()
	if a.json {
		return writeJSON(a.stdout, v)
	}
	p := page{terminal: a.terminal(a.stdout)}
	p.line("docent %s", v.Version)
	if v.Commit != "" {
		modified := ""
		if v.Modified {
			modified = ", modified"
		}
		p.line("commit %s of %s%s", v.Commit, v.Date, modified)
	}
	p.line("%s %s", v.Go, v.Platform)
	return p.print()
}

// built is what the Go command noted when it built the program.
func built() versionJSON {
	v := versionJSON{Version: "(unknown)", Go: runtime.Version(), Platform: fmt.Sprintf("%s/%s", runtime.GOOS, runtime.GOARCH)}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Commit = s.Value
		case "vcs.time":
			v.Date = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	return v
}
