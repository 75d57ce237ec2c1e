package answer

import (
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/extract"
	"docent/rag/retrieve"
	"docent/rag/verify"
)

// nearlyAsGood is how much lower a candidate may score than another that it is
// preferred to.
const nearlyAsGood = 1.5

// mostNearest is how many sentences a refusal shows, of how many candidates.
const mostNearest, mostHeld = 3, 30

// nearest are the candidates that come nearest to a question which is not answered,
// of different documents where they are about as near, and what of the question the
// best of them is not about. None where the documents have nothing of it.
func (r *reading) nearest() (list []extract.Candidate, absent []string) {
	rest := slices.Clone(r.candidates[:min(mostHeld, len(r.candidates))])
	near := func(c extract.Candidate) bool { return r.touchesInMeaning(c) || r.touches(c) }
	if !slices.ContainsFunc(rest, near) {
		return nil, nil
	}
	for best := rest[0].Score; len(list) < 2*mostNearest && len(rest) > 0; {
		i := max(0, slices.IndexFunc(rest, func(c extract.Candidate) bool {
			return c.Score >= rest[0].Score-nearlyAsGood && !slices.ContainsFunc(list, func(o extract.Candidate) bool { return o.Hit.ID.Document == c.Hit.ID.Document })
		}))
		c := rest[i]
		rest = slices.Delete(rest, i, i+1)
		again := slices.ContainsFunc(list, func(o extract.Candidate) bool {
			return o.Overlaps(c) || verify.Compare("", o.Text, c.Text) == verify.Copies
		})
		if !again && (c.Score >= best-nearlyAsGood || near(c)) {
			list = append(list, c)
		}
	}
	if len(list) > 0 {
		absent = r.missing(list[0])
	}
	return list, absent
}

// onlyOfOthers reports whether what is asked is known of something else only: the
// best candidate has nothing of the question but its names, and one that lacks those
// has half of the rest.
func (r *reading) onlyOfOthers(best extract.Candidate, others []extract.Candidate) bool {
	if len(r.qualifiers.names) == 0 || language(best.Hit) != r.found.Language {
		return false
	}
	plainly := func(words []retrieve.QueryWord) (n int) {
		for _, w := range words {
			if !w.Name {
				n++
			}
		}
		return n
	}
	met := func(c extract.Candidate) int { return plainly(r.met(c.Text + "\n" + aboveList(c))) }
	asked := plainly(r.found.Words)
	return asked > 0 && met(best) == 0 && slices.ContainsFunc(others[:min(mostHeld, len(others))], func(c extract.Candidate) bool { return 2*met(c) >= asked })
}

// fewestTouched is how many words that say something a candidate has of a question
// that it is near to.
const fewestTouched = 2

// touches reports whether the passage of a candidate, with what it stands under, has
// a name of the question or two of its words, or all where it has fewer.
func (r *reading) touches(c extract.Candidate) bool {
	met := r.met(strings.Join(append(aboveAll(c.Hit), c.Hit.Text), "\n"))
	named := slices.ContainsFunc(met, func(w retrieve.QueryWord) bool { return w.Name })
	return named || len(met) > 0 && len(met) >= min(fewestTouched, len(r.found.Words))
}

// touchesInMeaning reports whether two words of the question are met in meaning by a
// candidate with what it stands under.
func (r *reading) touchesInMeaning(c extract.Candidate) bool {
	return len(r.found.Words)-len(c.Unmet) >= fewestTouched
}

// citations are the places of the first of the nearest, as sentences of their
// documents, none shown twice.
func (r *reading) citations(list []extract.Candidate, texts map[rag.DocumentID]string) []rag.Citation {
	v := verify.Verifier{Texts: texts}
	var found []rag.Citation
	for _, c := range list {
		if len(found) == mostNearest {
			break
		}
		v.Evidence = append(v.Evidence, c.Hit)
		q := part{c.Hit, c.Unit}.quote()
		switch text := texts[c.Hit.ID.Document]; {
		case c.Whole():
			q.span.End = min(q.span.End, c.Hit.End)
		case c.Unit.Kind == rag.Sentence && c.Unit.End <= len(text):
			q.span = r.readable(c, text)
		}
		d := statement{quotes: []quote{q}}.draft(texts)
		for _, located := range v.Cite(d) {
			again := slices.ContainsFunc(found, func(f rag.Citation) bool {
				return f.Document == located.Document && f.Start < located.End && located.Start < f.End
			})
			if !again {
				located.N = len(found) + 1
				found = append(found, located)
			}
		}
	}
	return found
}
