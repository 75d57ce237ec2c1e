package main

import (
	"runtime/debug"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The test binary is also docent itself: under that name it stands first in
// the PATH of every test.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // short work does not pay for collecting
	testscript.Main(m, map[string]func(){"docent": main})
}
