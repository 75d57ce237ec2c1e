package web_test

import (
	"testing"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

// all reads every format.
var all = formats.All(read.Options{})

func TestGolden(t *testing.T) { readtest.Golden(t, all) }

func FuzzHTML(f *testing.F) {
	readtest.Fuzz(f, all, "a.html", "<p>a<b>b</b>", "<ol><li><p>a</ol>", "<table><tr><td>a<td>b", "<pre>\n a\n</pre>", "<form>a</form>", "<li>\u0301x")
}
