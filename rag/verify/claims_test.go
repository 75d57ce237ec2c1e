package verify_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/rag"
	"docent/rag/embed"
	"docent/rag/lang"
	"docent/rag/verify"
)

var update = flag.Bool("update", false, "write what is shown into testdata")

// TestClaims puts claims and their quotes before the verifier. Nothing is
// searched: the evidence of a case is the documents of its archive, whole. Of
// what is fabricated nothing may be shown; of what is true at most one claim in
// fifty may be lost.
func TestClaims(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	cases, claims, dropped := make(map[string]int), make(map[string]int), make(map[string]int)
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		given := documentsOf(t, archive)
		for i, f := range archive.Files {
			kind, _, _ := strings.Cut(f.Name, "/")
			if kind == "docs" {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar")+"/"+f.Name, func(t *testing.T) {
				c := readClaims(t, string(f.Data))
				shown, v := c.verify(given)
				if *update {
					archive.Files[i].Data = c.with(shown)
				} else if diff := cmp.Diff(c.shown, shown); diff != "" {
					t.Errorf("shown (-want +got)\n%s", diff)
				}
				for line := range strings.Lines(strings.ToLower(shown)) {
					for _, n := range c.never {
						if strings.HasPrefix(line, string(rag.Proven)) && strings.Contains(line, strings.ToLower(n)) {
							t.Errorf("%q is proven:\n%s", n, shown)
						}
					}
				}
				cases[kind]++
				claims[kind] += len(c.drafts)
				dropped[kind] += v.Dropped
			})
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(archive), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Logf("%d of %d true claims are lost", dropped["true"], claims["true"])
	if 50*dropped["true"] > claims["true"] {
		t.Errorf("that is more than one in fifty")
	}
	if cases["fabricated"] < 150 || cases["true"] < 130 {
		t.Errorf("too few cases: %v", cases)
	}
}

// spaces are written out in the archives, as are hyphens that nobody sees.
var withSpaces = strings.NewReplacer("<nbsp>", "\u00a0", "<nnbsp>", "\u202f", "<shy>", "\u00ad")

// given is the evidence of cases: each document is one passage.
type given struct {
	hits  []rag.Hit
	texts map[rag.DocumentID]string
}

func (g *given) add(doc read.Document, name string) {
	id := rag.DocumentID(name)
	h := rag.Hit{}
	h.ID = rag.PassageID{Document: id, N: 1}
	h.Document = rag.DocumentInfo{ID: id, URI: name, Title: doc.Title, Language: lang.Detect(doc.Text)}
	h.Text, h.End = doc.Text, len(doc.Text)
	g.hits = append(g.hits, h)
	if g.texts == nil {
		g.texts = make(map[rag.DocumentID]string)
	}
	g.texts[id] = doc.Text
}

func (g *given) addText(name, text string) {
	g.add(read.Document{Text: lang.Normalize(text)}, name)
}

func documentsOf(t *testing.T, archive *txtar.Archive) given {
	t.Helper()
	var g given
	for _, f := range archive.Files {
		name, ok := strings.CutPrefix(f.Name, "docs/")
		if !ok {
			continue
		}
		for doc, err := range formats.All(read.Options{}).Read(t.Context(), read.Bytes(name, []byte(withSpaces.Replace(string(f.Data))))) {
			if err != nil {
				t.Fatal(err)
			}
			g.add(doc, strings.TrimSuffix(name, ".md"))
		}
	}
	return g
}

// claimCase is a question, claims with their quotes, what is shown of them, and
// what must never be.
type claimCase struct {
	head, question string
	drafts         []verify.Draft
	shown          string
	never          []string
}

func readClaims(t *testing.T, data string) claimCase {
	t.Helper()
	head, rest, _ := strings.Cut(data, "\n--- ")
	c := claimCase{head: head}
	for i, line := range strings.Split(withSpaces.Replace(head), "\n") {
		key, value, _ := strings.Cut(line, ": ")
		passage, isQuote := strings.CutPrefix(key, "QUOTE ")
		switch {
		case i == 0:
			c.question = line
		case key == "CLAIM":
			c.drafts = append(c.drafts, verify.Draft{Text: verify.SafeText(value)})
		case isQuote && len(c.drafts) > 0:
			d := &c.drafts[len(c.drafts)-1]
			d.Quotes = append(d.Quotes, verify.DraftQuote{Passage: rag.PassageID{Document: rag.DocumentID(passage), N: 1}, Text: value})
		default:
			t.Fatalf("a line %q", line)
		}
	}
	for section := range strings.SplitSeq(rest, "\n--- ") {
		switch kind, text, _ := strings.Cut(section, "\n"); kind {
		case "shown":
			c.shown = strings.TrimSpace(text)
		case "never":
			c.never = strings.Split(strings.TrimSpace(text), "\n")
		default:
			t.Fatalf("a section %q", kind)
		}
	}
	return c
}

// with is the case with what is shown, for -update.
func (c claimCase) with(shown string) []byte {
	never := ""
	if len(c.never) > 0 {
		never = "--- never\n" + strings.Join(c.never, "\n") + "\n"
	}
	return []byte(c.head + "\n" + never + "--- shown\n" + shown + "\n\n")
}

// embedder is shared by all cases: its vectors do not change.
var embedder = embed.NewBuiltin()

func (c claimCase) verify(g given) (string, verify.Verification) {
	language := lang.DetectQuestion(c.question)
	v := verify.Verifier{Evidence: g.hits, Texts: g.texts, Language: language, Question: c.question, Alike: verify.NewLikeness(embedder)}
	var done verify.Verification
	for _, d := range c.drafts {
		switch j := v.Grade(d); {
		case j.Grade == rag.Refuted:
			done.Dropped++
		case done.Said(d.Text) < 0:
			done.Add(d.Text, j.Citations, j.Grade)
		}
	}
	var b strings.Builder
	for _, claim := range done.Claims {
		b.WriteString(string(claim.Grade) + ": " + claim.Shown(language) + "\n")
	}
	if done.Dropped > 0 {
		fmt.Fprintf(&b, "%d dropped\n", done.Dropped)
	}
	for _, cited := range done.Citations {
		fmt.Fprintf(&b, "[%d] %s: %s\n", cited.N, cited.Title, lang.OneLine(strings.ReplaceAll(cited.Quote, "\n", " ⏎ ")))
	}
	return strings.TrimSpace(b.String()), done
}
