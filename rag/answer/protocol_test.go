package answer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// parsed shows what a text says in the protocol, with a bar where a claim may
// end.
func parsed(t *testing.T, text string, size int) string {
	t.Helper()
	var b strings.Builder
	p := protocol{
		claimed: func(c *writtenClaim, ended bool) error {
			if !ended {
				b.WriteString("|\n")
				return nil
			}
			if c.heading != "" {
				b.WriteString("# " + c.heading + "\n")
			}
			if c.columns != nil {
				b.WriteString("| " + strings.Join(c.columns, " | ") + "\n")
			}
			fmt.Fprintf(&b, "%s\n", claimText(c.text))
			for _, q := range c.quotes {
				fmt.Fprintf(&b, "  %v %s\n", q.passages, strings.Join(q.lines, "/"))
			}
			return nil
		},
	}
	for at := 0; at < len(text); at += size {
		if err := p.write(text[at:min(len(text), at+size)]); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	for _, m := range p.missing {
		b.WriteString("missing " + m + "\n")
	}
	if p.notFound {
		b.WriteString("not found\n")
	}
	return b.String()
}

func TestProtocol(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"as asked for", "CLAIM: A.\nQUOTE 1: a\nQUOTE 2: b\n\nCLAIM: B.\nQUOTE 3: c\n", "|\nA.\n  [1] a\n  [2] b\nB.\n  [3] c\n"},
		{"no blank lines", "CLAIM: A.\nQUOTE 1: a\nCLAIM: B.\nQUOTE 2: b", "A.\n  [1] a\nB.\n  [2] b\n"},
		{"in French", "AFFIRMATION : A.\nCITATION 1 : « a »", "A.\n  [1] « a »\n"},
		{"Markdown", "**CLAIM 1:** A. [1]\n- **QUOTE [1]:** \"a\"\n* Quote (passage 2): b", "A.\n  [1] \"a\"\n  [2] b\n"},
		{"a list", "1. CLAIM: A.\n   QUOTE 1: a\n2. CLAIM: B.\n   QUOTE 2 \"b\"", "A.\n  [1] a\nB.\n  [2] \"b\"\n"},
		{"on one line", "CLAIM: A. QUOTE 1: a", "A.\n  [1] a\n"},
		{"several passages", "CLAIM: A.\nQUOTE 1, 3: a", "A.\n  [1 3] a\n"},
		{"no number", "CLAIM: A.\nQUOTE: a", "A.\n  [] a\n"},
		{"a blank line before the quote", "CLAIM: A.\n\nQUOTE 1: a", "A.\n  [1] a\n"},
		{"the text on the next line", "CLAIM:\nA.\nQUOTE 1:\n\na\nb", "A.\n  [1] /a/b\n"},
		{"talk around it", "Sure! Here it is:\n\nCLAIM: A.\nQUOTE 1: a\n\nI hope this helps.", "|\nA.\n  [1] a\n"},
		{"thoughts", "<think>\nCLAIM: no.\nQUOTE 1: no\n</think>\n\nCLAIM: A.\nQUOTE 1: a", "A.\n  [1] a\n"},
		{"a fence", "```text\nCLAIM: A.\nQUOTE 1: a\n```", "A.\n  [1] a\n"},
		{"a part is missing", "CLAIM: A.\nQUOTE 1: a\nMISSING: who signs", "A.\n  [1] a\nmissing who signs\n"},
		{"not found", "NOT FOUND", "not found\n"},
		{"not found, with talk", "**NOT FOUND** - the passages are about something else.", "not found\n"},
		{"not found in French", "Introuvable.", "not found\n"},
		{"prose", "The contract is worth $10 billion.", ""},
		{"prose with a marker", "The contract is worth $10 billion [1].", "The contract is worth $10 billion.\n  [1] \n"},
		{"a heading and a table", "## Rents\n\n| Site | Rent |\n|---|---|\nCLAIM: | Lyon | 9 |\nQUOTE 1: a\n", "# Rents\n| Site | Rent\n| Lyon | 9 |\n  [1] a\n"},
		{"quotes first", "QUOTE 1: a\nCLAIM: A.\nQUOTE 2: b\nCLAIM: B.", "A.\n  [1] a\nB.\n  [2] b\n"},
		{"XML", "<answer>\n<claim>A &amp; B.</claim>\n<quote passage=\"3\">a</quote>\n</answer>", "A & B.\n  [3] a\n"},
		{"JSON", `{"claims": [{"claim": "A.", "quotes": [{"passage": 3, "text": "a"},]},]}`, "A.\n  [] a\n"},
		{"YAML", "- claim: \"A.\"\n  quotes:\n    - passage: 3\n      text: \"a\"", "A.\n  [3] //\"a\"\n"},
		{"a table of claims", "| Claim | Quote |\n|---|---|\n| A. | 3: a |", "A.\n  [] a\n"},
		{"a claim without quotes", "CLAIM: A.", "A.\n"},
		{"a quote without claim", "QUOTE 1: a", ""},
		{"nothing", "", ""},
		{"a number that is none", "CLAIM: A.\nQUOTE 99999999999999999999: a", "A.\n  [] a\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for _, size := range []int{1, 7, 1 << 20} {
				if diff := cmp.Diff(tc.want, parsed(t, tc.text, size)); diff != "" {
					t.Errorf("in pieces of %d (-want +got)\n%s", size, diff)
				}
			}
		})
	}
}

// However a text is cut into pieces, it says the same.
func FuzzProtocol(f *testing.F) {
	f.Add("CLAIM: A.\nQUOTE 1: a\n\nMISSING: b\nNOT FOUND", 3)
	f.Add("**CLAIM 1:** A. QUOTE [2]: « … »\r\n<think>", 1)
	f.Fuzz(func(t *testing.T, text string, size int) {
		if size < 1 {
			return
		}
		whole := parsed(t, text, len(text)+1)
		if got := parsed(t, text, size); got != whole {
			t.Errorf("in pieces of %d:\n%s\nwhole:\n%s", size, got, whole)
		}
	})
}
