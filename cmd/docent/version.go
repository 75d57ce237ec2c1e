package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print version information",
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
	_, err := io.WriteString(a.stdout, v.String())
	return err
}

// String is for people.
func (v versionJSON) String() string {
	commit := ""
	if v.Commit != "" {
		commit = fmt.Sprintf("commit %s of %s", v.Commit, v.Date)
		if v.Modified {
			commit += ", modified"
		}
		commit += "\n"
	}
	return fmt.Sprintf("docent %s\n%s%s %s\n", v.Version, commit, v.Go, v.Platform)
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
