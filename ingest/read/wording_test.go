package read_test

import (
	"testing"

	"docent/ingest/read"
)

func TestWording(t *testing.T) {
	for _, tc := range []struct{ language, checked, empty, uncomputed string }{
		{"en", "yes", "no", "[not computed]"}, {"fr", "oui", "non", "[non calculé]"}, {"de", "ja", "nein", "[nicht berechnet]"}, {"", "yes", "no", "[not computed]"},
	} {
		got := [3]string{read.BoxState(tc.language, true), read.BoxState(tc.language, false), read.Uncomputed(tc.language)}
		if want := [3]string{tc.checked, tc.empty, tc.uncomputed}; got != want {
			t.Errorf("%q: %q, want %q", tc.language, got, want)
		}
	}
}
