package read_test

import (
	"testing"

	"docent/ingest/read"
)

func TestInkSeen(t *testing.T) {
	black, grey := read.RGB(0, 0, 0), read.HexColor("#eee")
	for _, tc := range []struct {
		name string
		ink  read.Ink
		want bool
	}{
		{"plain", read.Ink{}, true},
		{"hidden", read.Ink{Hidden: true}, false},
		{"white on the page", read.Ink{Color: read.White}, false},
		{"almost white", read.Ink{Color: read.HexColor("FFFEFDFC")}, false},
		{"pale grey", read.Ink{Color: grey}, true},
		{"white on black", read.Ink{Color: read.White, Ground: black}, true},
		{"white on a picture", read.Ink{Color: read.White, Ground: read.Pictured}, true},
		{"yellow, as bright as white", read.Ink{Color: read.RGB(255, 255, 0)}, true},
		{"black on black", read.Ink{Color: black, Ground: black}, false},
		{"small print", read.Ink{Size: 5}, true},
		{"half a point", read.Ink{Size: 0.5}, false},
		{"a colour that is none", read.Ink{Color: read.HexColor("auto")}, true},
	} {
		if got := tc.ink.Seen(); got != tc.want {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
}
