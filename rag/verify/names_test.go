package verify_test

import (
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docent/rag"
	"docent/rag/lang"
	"docent/rag/verify"
)

// swapsShown is the share of the swaps that an ordinary run looks at: one in so many.
const swapsShown = 40

// A sentence in which a capitalised word is another one of the corpus is proven by
// nothing, and hardly ever shown. With DOCENT_ALL_SWAPS all are tried.
func TestSwappedNamesProveNothing(t *testing.T) {
	corpus := handbook(t)
	if data, err := os.ReadFile(filepath.FromSlash("../../../shared/corpus/otan-conseillers-securite-nationale-2024-02-07.txt")); err == nil {
		corpus.addText("otan", string(data))
	}
	type place struct {
		hit              rag.Hit
		sentence, before string
		at, end          int
	}
	var places []place
	names := make(map[string]bool)
	for _, h := range corpus.hits {
		for _, s := range lang.Sentences(h.Text) {
			sentence := h.Text[s.Start:s.End]
			if strings.Contains(sentence, "|") || strings.Count(sentence, "\n") > 3 || len(strings.Fields(sentence)) < 5 {
				continue
			}
			for i, w := range lang.Words(h.Document.Language, sentence) {
				raw := sentence[w.Start:w.End]
				if i > 0 && lang.IsCapital(raw) && len(raw) > 2 && !strings.ContainsAny(sentence[max(0, w.Start-3):w.Start], ".:«“\"!?\n") {
					places = append(places, place{h, sentence, raw, w.Start, w.End})
					names[raw] = true
				}
			}
		}
	}
	alike, all := verify.NewLikeness(embedder), os.Getenv("DOCENT_ALL_SWAPS") != ""
	swaps, proven, read := 0, 0, 0
	for _, p := range places {
		v := verify.Verifier{Evidence: []rag.Hit{p.hit}, Texts: corpus.texts, Language: p.hit.Document.Language, Alike: alike}
		for name := range names {
			if lang.Fold(name) == lang.Fold(p.before) || strings.Contains(lang.Fold(p.sentence), lang.Fold(name)) {
				continue
			}
			hash := fnv.New32a()
			_, _ = hash.Write([]byte(p.sentence + name))
			if !all && hash.Sum32()%swapsShown != 0 {
				continue
			}
			swaps++
			claim := lang.OneLine(p.sentence[:p.at] + name + p.sentence[p.end:])
			switch j := v.Grade(verify.Draft{Text: claim, Quotes: []verify.DraftQuote{{Passage: p.hit.ID, Text: p.sentence}}}); j.Grade {
			case rag.Proven:
				proven++
				t.Errorf("proven with %q for %q: %s", name, p.before, claim)
			case rag.Read:
				read++
				t.Logf("read with %q for %q: %s", name, p.before, claim)
			}
		}
	}
	t.Logf("%d swaps: %d proven, %d read", swaps, proven, read)
	if swaps < 100 || 100*read > swaps {
		t.Errorf("%d of %d swaps are read", read, swaps)
	}
}
