package pdf

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"docent/ingest/read"
)

// pdfScore is how well files are read, each from 0 to 1.
type pdfScore struct {
	// words and pairs are the mean F1 of words, and of words with the next, of
	// files with a reference text; pages the F1 of pairs of pages.
	words, pairs, pages float64
	// whole is the share of the sentences of those texts that stand in a block.
	whole float64
	// found is the share of known headings that are read as some, true that of
	// the headings read in those files that are known ones.
	found, true float64
	// ndcg is the nDCG@10 of pages found by the words of questions (BM25).
	ndcg   float64
	blocks int
}

func (s pdfScore) String() string {
	return fmt.Sprintf("%8.2f %8.2f %8.2f %8.2f %8.2f %8.2f %8.2f %7d",
		100*s.words, 100*s.pairs, 100*s.pages, 100*s.whole, 100*s.found, 100*s.true, 100*s.ndcg, s.blocks)
}

func (s pdfScore) minus(o pdfScore) pdfScore {
	return pdfScore{s.words - o.words, s.pairs - o.pairs, s.pages - o.pages, s.whole - o.whole, s.found - o.found, s.true - o.true, s.ndcg - o.ndcg, s.blocks - o.blocks}
}

// ratio is a share of what was counted.
type ratio struct{ part, all float64 }

func (r *ratio) add(part, all float64) { r.part, r.all = r.part+part, r.all+all }

func (r *ratio) value() float64 { return r.part / max(r.all, 1) }

// pdfTally counts what a score is made of.
type pdfTally struct {
	words, pairs, pages, whole, found, true, ndcg ratio
	blocks                                        int
}

func scorePDF(sets []pdfSet, params Params) pdfScore {
	var n pdfTally
	for _, set := range sets {
		index := make(map[string]map[string]int)
		for _, f := range set.files {
			doc := f.document(params)
			n.blocks += len(doc.Blocks)
			n.addFile(f, doc, index)
		}
		for _, q := range set.questions {
			n.ndcg.add(ndcg(index, q), 1)
		}
	}
	return pdfScore{
		n.words.value(), n.pairs.value(), n.pages.value(), n.whole.value(), n.found.value(), n.true.value(), n.ndcg.value(), n.blocks,
	}
}

// addFile scores a file, and counts the words of its pages in the index.
func (n *pdfTally) addFile(f pdfSample, doc read.Document, index map[string]map[string]int) {
	pages := make([][]string, len(f.pages)+1)
	var blocks strings.Builder
	var headings []string
	for _, b := range doc.Blocks {
		words := wordsOf(doc.Text[b.Start:b.End])
		pages[b.Page] = append(pages[b.Page], words...)
		fmt.Fprintf(&blocks, " %s \n", strings.Join(words, " "))
		if b.Kind == read.Heading {
			headings = append(headings, letters(doc.Text[b.Start:b.End]))
		}
		if b.Kind != read.Furniture {
			key := fmt.Sprintf("%s#%d", strings.TrimSuffix(f.name, ".pdf"), b.Page)
			if index[key] == nil {
				index[key] = make(map[string]int)
			}
			for _, w := range words {
				index[key][w]++
			}
		}
	}
	for i, text := range f.text {
		want := wordsOf(text)
		switch {
		case !f.byPage:
			got := wordsOf(doc.Text)
			n.words.add(f1(got, want), 1)
			n.pairs.add(f1(pairsOf(got), pairsOf(want)), 1)
		case len(want) > 20:
			n.pages.add(f1(pairsOf(pages[i+1]), pairsOf(want)), 1)
		}
		n.addSentences(blocks.String(), text)
	}
	if len(f.headings) > 0 {
		hits := common(headings, f.headings)
		n.found.add(hits, float64(len(f.headings)))
		n.true.add(hits, float64(len(headings)))
	}
}

var sentenceStarts = regexp.MustCompile(`[.!?]\s+\p{Lu}`)

// addSentences looks for the sentences of a text, but for the shortest and for
// what is none, in blocks.
func (n *pdfTally) addSentences(blocks, text string) {
	start := 0
	for _, at := range append(sentenceStarts.FindAllStringIndex(text, -1), []int{len(text), 0}) {
		if words := wordsOf(text[start:at[0]]); len(words) > 5 && len(words) <= 60 {
			n.whole.add(0, 1)
			if strings.Contains(blocks, " "+strings.Join(words, " ")+" ") {
				n.whole.add(1, 0)
			}
		}
		start = at[0]
	}
}

func wordsOf(text string) []string {
	text = strings.ToLower(norm.NFKC.String(strings.ReplaceAll(text, "\u00ad", "")))
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

func pairsOf(words []string) []string {
	var pairs []string
	for i := 1; i < len(words); i++ {
		pairs = append(pairs, words[i-1]+" "+words[i])
	}
	return pairs
}

// common counts what two lists have in common.
func common(a, b []string) float64 {
	counts := make(map[string]int)
	for _, s := range a {
		counts[s]++
	}
	var n float64
	for _, s := range b {
		if counts[s]--; counts[s] >= 0 {
			n++
		}
	}
	return n
}

func f1(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 1
	}
	return 2 * common(a, b) / float64(len(a)+len(b))
}

// ndcg is the nDCG@10 of a question over pages by their words, by BM25 with
// k1 = 0.9 and b = 0.4.
func ndcg(index map[string]map[string]int, q pdfQuestion) float64 {
	size := func(page map[string]int) (n float64) {
		for _, count := range page {
			n += float64(count)
		}
		return n
	}
	var mean float64
	for _, page := range index {
		mean += size(page) / float64(len(index))
	}
	scores := make(map[string]float64)
	for _, w := range wordsOf(q.text) {
		var with float64
		for _, page := range index {
			with += float64(min(page[w], 1))
		}
		for name, page := range index {
			if n := float64(page[w]); n > 0 {
				scores[name] += math.Log(1+(float64(len(index))-with+0.5)/(with+0.5)) * n / (n + 0.9*(0.6+0.4*size(page)/mean))
			}
		}
	}
	ranked := slices.SortedFunc(maps.Keys(scores), func(a, b string) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b))
	})
	var got, best float64
	for i := range 10 {
		gain := 1 / math.Log2(float64(i+2))
		if i < len(ranked) && q.pages[ranked[i]] {
			got += gain
		}
		if i < len(q.pages) {
			best += gain
		}
	}
	return got / best
}
