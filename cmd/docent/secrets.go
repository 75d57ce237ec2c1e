package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// secrets looks a variable up in the environment, then in the file that NAME_FILE
// names, as images of containers have it, then among the credentials of systemd
// (LoadCredential=, systemd.exec(5)), so that no secret need stand in an environment
// that other programs can read.
// A file that is named and cannot be read is told to warn.
func secrets(getenv func(string) string, warn io.Writer) func(string) string {
	return func(name string) string {
		value := getenv(name)
		if value != "" || !slices.ContainsFunc([]string{"_TOKEN", "_SECRET", "_KEY"}, func(kind string) bool { return strings.Contains(name, kind) }) {
			return value
		}
		if file := getenv(name + "_FILE"); file != "" {
			data, err := os.ReadFile(file)
			if err != nil {
				_, _ = fmt.Fprintf(warn, "docent: %s_FILE: %v\n", name, err)
			}
			return strings.TrimSpace(string(data))
		}
		if dir := getenv("CREDENTIALS_DIRECTORY"); dir != "" {
			if data, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
				return strings.TrimSpace(string(data))
			}
		}
		return ""
	}
}
