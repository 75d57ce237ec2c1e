package answer

import (
	"context"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/lang"
	"docent/rag/verify"
)

// place is where a claim stands in an answer, with what came of it.
type place struct {
	verify.Judgement
	claim rag.Claim
	// written is the claim as the model wrote it, with its form.
	written string
	// heading and columns came above it; table is what columns a row of it has.
	heading        string
	columns, table []string
	// mended is set for a claim that was sent back and is written anew.
	mended bool
}

func (p *place) holds() bool { return p.Grade != rag.Refuted }

// take gives a claim its place, with the quotes that have come: at once if these prove
// it, else when it has ended. What does not hold is kept as dropped.
func (w *writing) take(ctx context.Context, c *writtenClaim, ended bool) error {
	if w.taken == c {
		return nil
	}
	old := w.meant(c)
	if c.columns != nil {
		w.table = c.columns
	}
	if old != nil {
		w.table = old.table
	}
	p := &place{claim: w.formOf(claimText(c.text)), written: c.text, heading: c.heading, columns: c.columns, table: w.table}
	d := verify.Draft{Text: p.claim.Text}
	for _, q := range c.quotes {
		d.Quotes = append(d.Quotes, locate(q, d.Text, w.view)...)
	}
	for _, q := range d.Quotes {
		if w.emitted = w.view.load(ctx, q.Passage.Document); w.emitted != nil {
			return w.emitted
		}
	}
	p.Judgement = w.hold(d)
	if !ended && p.Grade != rag.Proven {
		return nil
	}
	w.taken = c
	switch {
	case w.said(d.Text):
		return nil
	case p.holds():
	case d.Text == "" || strings.Contains(w.system, lang.OneLine(c.text)), old != nil && old.holds():
		return nil // nothing, the example that it was given, or worse than before
	default:
		if len(c.quotes) == 0 {
			p.Reasons = []string{"it has no quote"}
		}
		w.dropped = append(w.dropped, rag.Dropped{Text: d.Text, Reasons: p.Reasons})
	}
	w.put(p, old)
	return w.tell(false)
}

// said reports whether a claim that stays says the same, word for word.
func (w *writing) said(text string) bool {
	folded := lang.Fold(text)
	return slices.ContainsFunc(w.places, func(p *place) bool {
		return p.holds() && (p.mended || !slices.Contains(w.sentBack, p)) && lang.Fold(p.claim.Text) == folded
	})
}

// hold grades a claim by its quotes.
func (w *writing) hold(d verify.Draft) verify.Judgement {
	v := w.Verifier
	if v.Language = lang.DetectQuestion(d.Text); !slices.Contains(lang.Stemmed, v.Language) {
		v.Language = w.language
	}
	return v.Grade(d)
}

// meant is the place of the claim that is written once more: the one of its number, or
// the one that it shares most words with; nil for a new claim.
func (w *writing) meant(c *writtenClaim) (best *place) {
	words, most := lang.Words("", c.text), 0
	for i, p := range w.sentBack {
		shared := 0
		for _, o := range lang.Words("", p.written) {
			if !lang.IsStopAnywhere(o.Surface) && verify.HasWord(words, o) {
				shared += 2
			}
		}
		if c.number == i+1 {
			shared += len(words)
		}
		if shared > most {
			best, most = p, shared
		}
	}
	return best
}

// put gives a claim the place of the one that it mends, or the last one. A second one
// for the same stands behind it, and what mends a row in other form behind the table.
func (w *writing) put(p, old *place) {
	if old == nil {
		w.places = append(w.places, p)
		return
	}
	if p.claim.Form == "" && old.claim.Form != rag.TableRow {
		p.claim.Form = old.claim.Form
	}
	p.mended = true
	at := slices.Index(w.places, old)
	behind := at + 1
	for p.claim.Form != old.claim.Form && behind < len(w.places) && w.places[behind].claim.Form == rag.TableRow && w.places[behind].columns == nil {
		behind++
	}
	another := old.mended && old.holds()
	if another || behind > at+1 {
		w.places = slices.Insert(w.places, behind, p)
		w.sentBack[slices.Index(w.sentBack, old)] = p
	}
	switch {
	case another:
	case behind > at+1:
		old.Grade = rag.Refuted
	default:
		p.heading, p.columns, p.table = old.heading, old.columns, old.table
		*old = *p
	}
}

// tell shows the claims that nothing more can become of, in order: all in the end, and
// before that, while nothing is mended, those up to the first that is not proven or is
// to be judged.
func (w *writing) tell(ended bool) error {
	for ; w.told < len(w.places); w.told++ {
		p := w.places[w.told]
		if !ended && (p.Grade != rag.Proven || w.sentBack != nil || w.judge == JudgeAll) {
			return nil
		}
		if p.heading != "" {
			w.heading = p.heading
		}
		if p.columns != nil {
			w.columns = p.columns
		}
		if !p.holds() {
			continue
		}
		if err := w.release(p.claim, p.Judgement); err != nil {
			return err
		}
	}
	return nil
}

// release adds a claim to the answer.
func (w *writing) release(claim rag.Claim, j verify.Judgement) error {
	added, fresh := w.done.Add(claim.Text, j.Citations, j.Grade)
	claim.Citations, claim.Grade = added.Citations, j.Grade
	if w.heading != "" && w.bearsHeading(claim, j.Citations) {
		claim.Heading = w.heading
	}
	w.heading = ""
	if claim.Form == rag.TableRow && w.columns != nil {
		claim.Columns, w.columns = w.columns, nil
	}
	if claim.Form != rag.Step || claim.Heading != "" {
		w.steps = 0
	}
	if claim.Form == rag.Step {
		w.steps++
		claim.N = w.steps
	}
	w.done.Claims[len(w.done.Claims)-1] = claim
	w.emitted = w.emit(claim, slices.Clone(fresh))
	return w.emitted
}
