package answer_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/ragtest"
)

var update = flag.Bool("update", false, "write what is shown into testdata")

// Cases of testdata/writer are a question, what the model writes (again, where
// it is asked to), how it judges that, where it does, what is shown, and what
// must never be.
type writerCase struct {
	name, question string
	replies        []string
	judge          string
	shown          string
	never          []string
}

// TestWriterCases puts what a scripted model writes through the writer, whole
// and as it streams: what of its form is understood, what is shown where it
// does not answer or is not believed. Which claims hold is tested in rag/verify.
func TestWriterCases(t *testing.T) {
	archives, err := filepath.Glob("testdata/writer/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			a, lib := answers(t, documentsOf(t, archive))
			for i, f := range archive.Files {
				if strings.HasPrefix(f.Name, "docs/") {
					continue
				}
				c := readCase(t, f)
				t.Run(c.name, func(t *testing.T) {
					shown := c.run(t, a, lib)
					if *update {
						archive.Files[i].Data = c.with(shown)
					} else if diff := cmp.Diff(c.shown, shown); diff != "" {
						t.Errorf("shown (-want +got)\n%s", diff)
					}
				})
			}
			if *update {
				if err := os.WriteFile(path, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func documentsOf(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "docs/"); ok {
			// What editors hide is written out.
			text := strings.NewReplacer("<nbsp>", "\u00a0", "<nnbsp>", "\u202f", "<shy>", "\u00ad").Replace(string(f.Data))
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

func readCase(t *testing.T, f txtar.File) writerCase {
	t.Helper()
	c := writerCase{name: f.Name}
	head, rest, _ := strings.Cut(string(f.Data), "\n--- ")
	c.question = strings.TrimSpace(head)
	for section := range strings.SplitSeq(rest, "\n--- ") {
		kind, text, _ := strings.Cut(section, "\n")
		switch kind {
		case "model", "again":
			c.replies = append(c.replies, strings.NewReplacer("<nbsp>", "\u00a0", "<nnbsp>", "\u202f").Replace(text))
		case "judge":
			c.judge = text
		case "shown":
			c.shown = strings.TrimSpace(text)
		case "never":
			c.never = strings.Split(strings.TrimSpace(text), "\n")
		default:
			t.Fatalf("%s: a section %q", c.name, kind)
		}
	}
	return c
}

// with is the case with what is shown, for -update.
func (c writerCase) with(shown string) []byte {
	var b strings.Builder
	b.WriteString(c.question + "\n")
	for i, r := range c.replies {
		b.WriteString(map[bool]string{true: "--- model\n", false: "--- again\n"}[i == 0])
		b.WriteString(strings.TrimRight(strings.NewReplacer("\u00a0", "<nbsp>", "\u202f", "<nnbsp>").Replace(r), "\n") + "\n")
	}
	if c.judge != "" {
		b.WriteString("--- judge\n" + strings.TrimRight(c.judge, "\n") + "\n")
	}
	if len(c.never) > 0 {
		b.WriteString("--- never\n" + strings.Join(c.never, "\n") + "\n")
	}
	b.WriteString("--- shown\n" + shown + "\n\n")
	return []byte(b.String())
}

// run answers whole and in pieces of several sizes, and holds all to the same.
func (c writerCase) run(t *testing.T, a answer.Answerer, lib rag.Library) string {
	t.Helper()
	req := rag.SearchRequest{Question: c.question, Audience: rag.Operator()}
	var first string
	for _, size := range []int{0, 1, 11} {
		replies := c.replies
		if c.judge != "" {
			replies = append(slices.Clip(replies), c.judge)
		}
		model := ragtest.Replies(replies...)
		model.Piece = size
		w := answer.Writer{Answerer: a, Model: model, Judge: answer.JudgeNone}
		if c.judge != "" {
			w.Judge = answer.JudgeAll
		}
		var told rag.Answer
		got, err := w.Tell(t.Context(), req, func(claim rag.Claim, fresh []rag.Citation) error {
			told.Claims = append(told.Claims, claim)
			told.Citations = append(told.Citations, fresh...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(model.Calls()); n == 0 || c.judge != "" && n != len(replies) {
			t.Fatalf("the model was asked %d times", n)
		}
		checkQuotes(t, lib, got)
		if diff := cmp.Diff([2]any{got.Claims, got.Citations}, [2]any{told.Claims, told.Citations}); diff != "" {
			t.Errorf("pieces of %d: told otherwise than answered (-answered +told)\n%s", size, diff)
		}
		shown := shownOf(got)
		for _, n := range c.never {
			if strings.Contains(strings.ToLower(shown), strings.ToLower(n)) {
				t.Errorf("pieces of %d: %q is shown:\n%s", size, n, shown)
			}
		}
		if size == 0 {
			first = shown
		} else if shown != first {
			t.Errorf("pieces of %d: %s\nwhole: %s", size, shown, first)
		}
	}
	return first
}

// shownOf is all of an answer that reaches people.
func shownOf(a rag.Answer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s, %d unsupported\n", a.Status, a.Mode, a.Unsupported)
	for _, c := range a.Claims {
		b.WriteString(c.Shown(a.Language) + "\n")
	}
	if a.Notice != "" {
		b.WriteString("! " + a.Notice + "\n")
	}
	for _, c := range a.Citations {
		fmt.Fprintf(&b, "[%d] %s: %s\n", c.N, c.Title, strings.Join(strings.Fields(strings.ReplaceAll(c.Quote, "\n", " ⏎ ")), " "))
	}
	return strings.TrimSpace(b.String())
}
