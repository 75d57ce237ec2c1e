package web

import (
	"testing"

	"docent/ingest/read"
)

// What is left of a page stands as it did: the lines of verses, cells in their
// columns, and what is struck is counted, by whatever it is struck.
func TestUnseenLeavesTheRest(t *testing.T) {
	for _, tc := range []struct{ name, source, seen, unseen string }{
		{"verses", `<style>span{display:block} span+br{display:none}</style><p><span>One line,</span><br/><span>another.</span></p>`, "One line,\nanother.", ""},
		{"a cell", `<table><tr><th>Town</th><th>Sum</th></tr><tr><td style="color:#fff">Lyon</td><td>5</td></tr></table>`, "Town | Sum\n\n| 5", "Lyon"},
		{"words in a line", `<p>Pay 5 <span hidden>or 9</span> euros.</p>`, "Pay 5 euros.", "or 9"},
		{"a picture", `<div hidden><img alt="Pay 9."></div><p>Pay 5.</p>`, "Pay 5.", ""},
		{"struck by a rule", `<style>.x{text-decoration:line-through}</style><p>Pay <span class="x">9</span> 5 euros.</p>`, "Pay 5 euros.", ""},
		{"struck by the longer name", `<p>Pay <span style="text-decoration-line: line-through">9</span> 5 euros.</p>`, "Pay 5 euros.", ""},
	} {
		doc := Parse("<html><body>" + tc.source + "</body></html>")
		seen := doc.Without(read.Unseen).Text
		if seen != tc.seen {
			t.Errorf("%s: %q is seen, want %q", tc.name, seen, tc.seen)
		}
		if unseen := doc.Without(read.Paragraph, read.TableRow).Text; unseen != tc.unseen {
			t.Errorf("%s: %q is unseen, want %q", tc.name, unseen, tc.unseen)
		}
		if struck := len(doc.Warnings) > 0; struck != (tc.name[:3] == "str") {
			t.Errorf("%s: warnings %q", tc.name, doc.Warnings)
		}
	}
}
