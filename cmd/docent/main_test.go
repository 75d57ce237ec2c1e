package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The test binary is also docent itself: under that name it stands first in
// the PATH of every test.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"docent": main})
}
