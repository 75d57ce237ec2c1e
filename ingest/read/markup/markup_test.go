package markup_test

import (
	"testing"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

// all reads every format.
var all = formats.All(read.Options{})

func TestGolden(t *testing.T) { readtest.Golden(t, all) }

func FuzzMarkdown(f *testing.F) {
	readtest.Fuzz(f, all, "a.md", "---\ntitle: x\n---\n# A\n", "a[^1]\n\n[^1]: b\n    - c", "- a\n  - b\n\n> c\n", "|a|b|\n|-|-|\n|c|d|\n", "&#0; &amp; \\* <br>", "```\n\n x\n```", "* \u0301x")
}

func FuzzASCIIDoc(f *testing.F) {
	readtest.Fuzz(f, all, "a.adoc", "= A\nB <c>\n2024-01-01\n\n|===\n2+|a|b\n|===", "a\n-\n. b\n+\nc")
}

func FuzzRST(f *testing.F) {
	readtest.Fuzz(f, all, "a.rst", "..\n\n a\n", "== ==\n a\n==", "+-+\n|a\n+=+", "::\n\n a", ".. a:: b\n   :c:")
}

func FuzzOrg(f *testing.F) { readtest.Fuzz(f, all, "a.org", "* a :b:\n#+BEGIN_SRC\n: x\n|a\n|-") }

func FuzzNotebook(f *testing.F) {
	readtest.Fuzz(f, all, "a.ipynb", `{"cells":[{"cell_type":"markdown","source":["a"]},{"cell_type":"code","outputs":[{"data":{"text/plain":1}}]}]}`)
}
