package answer

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
	"docent/rag/verify"
)

// piece is a run of a document's text as a model is given it: a passage, or
// several that follow each other.
type piece struct {
	// hits are in the order of the text, rank is the best one's.
	hits []rag.Hit
	rank int
	span lang.Span
	text string
}

// bytesPerToken is how much of a text a token holds, at least: English comes to
// four, French to three and a half in the usual vocabularies.
const bytesPerToken = 3

// headTokens are what the lines around a piece cost.
const headTokens = 40

// view is all that a model has been shown of documents.
type view struct {
	// texts are those that had to be read, load reads one.
	texts map[rag.DocumentID]string
	load  func(context.Context, rag.DocumentID) error
	// pieces are numbered from 1, documents named from d1, in the order shown.
	pieces    []piece
	documents []rag.DocumentID
	// whole is how many tokens may be shown, left how many more.
	whole, left int
}

// name is what a model calls a document by.
func (v *view) name(id rag.DocumentID) string {
	at := slices.Index(v.documents, id)
	if at < 0 {
		at = len(v.documents)
		v.documents = append(v.documents, id)
	}
	return "d" + strconv.Itoa(at+1)
}

// number is that of the piece which shows a passage, 0 for none.
func (v *view) number(id rag.PassageID) int {
	return 1 + slices.IndexFunc(v.pieces, func(p piece) bool {
		return slices.ContainsFunc(p.hits, func(h rag.Hit) bool { return h.ID == id })
	})
}

// show adds what of the hits, best first, was not shown yet and a budget holds, in
// tokens, and is what a model is told of it.
func (v *view) show(ctx context.Context, hits []rag.Hit, budget int) (m prompts.Material, err error) {
	var fresh []rag.Hit
	for _, h := range hits {
		if n := v.number(h.ID); n == 0 {
			fresh = append(fresh, h)
		} else if !slices.Contains(m.Seen, n) {
			m.Seen = append(m.Seen, n)
		}
	}
	pieces, cost := pack(fresh, min(budget, v.left))
	v.left -= cost
	if err := v.fill(ctx, pieces); err != nil {
		return m, err
	}
	var names []string
	for _, p := range pieces {
		place := p.place() + " · " + v.name(p.hits[0].ID.Document)
		names = append(names, place, p.text)
		v.pieces = append(v.pieces, p)
		m.Passages = append(m.Passages, prompts.Passage{N: len(v.pieces), Place: place, Text: p.text})
	}
	m.Mark = hashOf(names...)[:markLength]
	return m, nil
}

// fill sets the texts of the pieces. What stands between the passages of one is read
// from its document.
func (v *view) fill(ctx context.Context, pieces []piece) error {
	for i := range pieces {
		p := &pieces[i]
		for _, h := range p.hits {
			if h.Start > p.span.Start+len(p.text) {
				if err := v.load(ctx, h.ID.Document); err != nil {
					return err
				}
				text := v.texts[h.ID.Document]
				p.text += text[min(p.span.Start+len(p.text), len(text)):min(h.Start, len(text))]
			}
			p.text += h.Text
		}
		p.text = p.text[:min(len(p.text), p.span.End-p.span.Start)]
	}
	return nil
}

// evidence is all that was shown, the best first.
func (v *view) evidence() []rag.Hit {
	var hits []rag.Hit
	for _, p := range v.pieces {
		hits = append(hits, p.hits...)
	}
	rag.SortHits(hits)
	return hits
}

// pack makes pieces of the best hits, as many as the budget holds, and tells what
// they cost, in tokens. Passages that follow each other become one piece.
func pack(evidence []rag.Hit, budget int) (pieces []piece, cost int) {
	var chosen []piece
	for rank, h := range evidence {
		if strings.TrimSpace(h.Text) == "" {
			continue
		}
		span, head := lang.Span{Start: h.Start, End: h.End}, headTokens
		if slices.ContainsFunc(chosen, func(p piece) bool { return beside(p.hits[0].ID, h.ID) }) {
			head = 0
		}
		if room := (budget - cost - head) * bytesPerToken; h.End-h.Start > room {
			if len(chosen) > 0 {
				continue
			}
			span.End = h.Start + sentencesWithin(h.Text, room)
		}
		cost += (span.End-span.Start)/bytesPerToken + head
		chosen = append(chosen, piece{hits: []rag.Hit{h}, rank: rank, span: span})
	}
	return merged(chosen), cost
}

// beside reports whether two passages follow each other.
func beside(a, b rag.PassageID) bool {
	return a.Document == b.Document && (a.N == b.N+1 || b.N == a.N+1)
}

// sentencesWithin is the length of the sentences that fit.
func sentencesWithin(text string, most int) int {
	end := 0
	for _, s := range lang.Sentences(text) {
		if s.End > most {
			break
		}
		end = s.End
	}
	if end == 0 {
		end = len(lang.FirstBytes(text, max(0, min(most, len(text)))))
	}
	return end
}

// merged puts passages together that follow each other, and keeps the order of
// the best of them.
func merged(pieces []piece) []piece {
	slices.SortFunc(pieces, func(a, b piece) int { return rag.ComparePassages(a.hits[0].ID, b.hits[0].ID) })
	var list []piece
	for _, p := range pieces {
		if n := len(list); n > 0 {
			last := &list[n-1]
			before := last.hits[len(last.hits)-1]
			if before.ID.Document == p.hits[0].ID.Document && before.ID.N+1 == p.hits[0].ID.N && last.span.End == before.End {
				last.hits = append(last.hits, p.hits...)
				last.rank, last.span.End = min(last.rank, p.rank), max(last.span.End, p.span.End)
				continue
			}
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b piece) int { return cmp.Compare(a.rank, b.rank) })
	return list
}

// place says where a piece stands, on one line.
func (p piece) place() string {
	h := p.hits[0]
	path := append([]string{h.Document.Title}, h.Heading...)
	if len(path) > 1 && path[0] == path[1] {
		path = path[1:]
	}
	place := lang.OneLine(strings.Join(path, " — "))
	if h.Document.Date != "" {
		place += " (" + h.Document.Date + ")"
	}
	return verify.SafeText(place)
}

// markLength is that of a mark, in hexadecimal digits: it parts what a model is shown
// from what that says.
const markLength = 8

// hashOf names texts. No document can hold the hash of what holds it, so that the
// marks made of it part evidence from everything else.
func hashOf(texts ...string) string {
	h := sha256.New()
	for _, text := range texts {
		fmt.Fprintf(h, "%q\n", text)
	}
	return hex.EncodeToString(h.Sum(nil))
}
