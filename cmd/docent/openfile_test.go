//go:build unix

package main

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe that nobody writes into, and a device without an end, stop no command.
func TestSpecialFiles(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	for _, path := range []string{pipe, "/dev/zero"} {
		for doc, err := range readFile(t.Context(), readers{}.Registry, path) {
			if err == nil || !strings.Contains(err.Error(), "a pipe, a socket or a device") {
				t.Errorf("%s: %+v, %v", path, doc, err)
			}
		}
	}
	if data, err := contentOf(pipe); err != nil || len(data) > 0 {
		t.Errorf("%q, %v", data, err)
	}
}
