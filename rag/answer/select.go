package answer

import (
	"cmp"
	"context"
	"slices"

	"docent/rag"
	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/retrieve"
	"docent/rag/verify"
)

// DefaultThreshold is the probability that the best candidate answers from which on
// it is shown.
const DefaultThreshold = 0.35

// named is how sure it is that what stands under a number is what the question asks
// for by that number and by nothing else.
const named = 0.5

// computed is how sure it is that a figure which rows or items of the kind asked for
// give is what is asked for.
const computed = 0.5

// mostComputedLacks is the same of a figure that is computed: "the cheapest" is none
// of the words of the rows that it is computed from.
const mostComputedLacks = 0.5

// carried is how sure it is that a candidate with each of several words of the question
// answers it.
const carried = 0.4

// mostLacked is the share of a question's information that what is named by a number
// may lack: "what does … say" has some.
const mostLacked = 0.25

// reading is one part of a question on its way to its answer.
type reading struct {
	Answerer
	audience   rag.Audience
	question   string
	found      retrieve.Result
	qualifiers qualifiers
	amounts    []amount
	// candidates are all, best first; admitted those that keep the contract.
	candidates, admitted []extract.Candidate
	documents            map[rag.DocumentID]rag.Document
	// openings are what documents say of themselves before anything else, where the
	// question asks for an edition.
	openings map[rag.DocumentID]string
	// rival are the rivals of the unit rivalled in a passage, once they are found.
	rival      []extract.Candidate
	rivalled   *lang.Span
	rivalledIn rag.PassageID
	// touched tells of passages whether they touch the question.
	touched map[rag.PassageID]bool
}

// reply is what the documents say to a part of a question.
type reply struct {
	statements []statement
	// notes are sentences about the statements, in the language of the question.
	notes []string
	// sure is how likely it is that they answer, and reach how likely the best
	// candidate is to, whatever it lacks.
	sure, reach float64
	// reading is what they were found in.
	reading *reading
}

// answer finds what answers a part of a question.
func (r *reading) answer(ctx context.Context) (reply, error) {
	r.candidates = extract.Rank(r.question, r.found, r.words())
	r.qualifiers = qualifiersOf(r.question, r.found)
	r.amounts = amountsOf(r.found.Language, r.question, r.qualifiers.identifiers)
	if err := r.open(ctx); err != nil {
		return reply{}, err
	}
	r.admit()
	said := reply{reading: r}
	for _, c := range r.candidates {
		said.reach = max(said.reach, c.Probability)
	}
	if len(r.admitted) > 0 {
		if err := r.say(ctx, &said); err != nil {
			return said, err
		}
	}
	if len(said.statements) == 0 {
		said.sure = 0
	}
	if said.sure < cmp.Or(r.Threshold, DefaultThreshold) || said.sure == 0 {
		said.statements, said.notes = nil, nil
	}
	return said, nil
}

// words is the embedder that the ranker reads with.
func (r *reading) words() rag.Embedder {
	if r.Words != nil {
		return r.Words
	}
	return r.Retriever.Embedder
}

// admit sorts out the candidates that are about something else than the question,
// bring nothing that it does not say, or are a copy's. Those come first that stand
// under a heading with the part that the question names.
func (r *reading) admit() {
	var others []extract.Candidate
	for _, c := range r.candidates {
		switch {
		case len(r.missing(c)) > 0:
			others = append(others, c)
		case isNew(r.question, r.found, c):
			r.admitted = append(r.admitted, c)
		}
	}
	if len(r.admitted) > 0 && r.onlyOfOthers(r.admitted[0], others) {
		r.admitted = nil
		return
	}
	originals := slices.DeleteFunc(slices.Clone(r.admitted), func(c extract.Candidate) bool { return isCopy(c.Hit.Document) })
	if len(originals) > 0 {
		r.admitted = originals
	}
	slices.SortStableFunc(r.admitted, func(a, b extract.Candidate) int {
		return cmp.Compare(r.place(a), r.place(b))
	})
}

// lacks is the share of the question's information that the candidate does not carry.
func (r *reading) lacks(c extract.Candidate) float64 {
	var lacked, all float64
	for _, w := range c.Unmet {
		lacked += w.IDF
	}
	for _, w := range r.found.Words {
		all += w.IDF
	}
	if all == 0 {
		return 0
	}
	return lacked / all
}

// place is 0 for what stands under the part that the question names, else 1.
func (r *reading) place(c extract.Candidate) int {
	if r.namedAbove(c) {
		return 0
	}
	return 1
}

// namedAbove reports whether the candidate stands under a heading with the part
// that the question names.
func (r *reading) namedAbove(c extract.Candidate) bool {
	return slices.ContainsFunc(r.qualifiers.identifiers, func(id identifier) bool {
		return id.within(append(slices.Clone(c.Hit.Heading), c.Hit.Document.Title)...) || id.numbers(c.Hit.Heading)
	})
}

// say makes the statements of the best candidate, and of what else belongs to it.
func (r *reading) say(ctx context.Context, said *reply) error {
	best := r.admitted[0]
	said.sure = best.Probability
	if r.namedAbove(best) && r.lacks(best) <= mostLacked {
		said.sure = max(said.sure, named)
	}
	if len(r.found.Words) > 1 && len(best.Unmet) == 0 {
		said.sure = max(said.sure, carried)
	}
	best, older, err := r.current(ctx, best)
	if err != nil {
		return err
	}
	if err := r.compose(ctx, best, said); err != nil || len(said.statements) == 0 {
		return err
	}
	if slices.ContainsFunc(said.statements, func(s statement) bool { return s.computed }) && r.lacks(best) <= mostComputedLacks {
		said.sure = max(said.sure, computed)
	}
	if err := r.agree(ctx, best, older, said); err != nil {
		return err
	}
	r.notInForce(best.Hit.Document, said)
	if second, ok := r.more(best, said); ok {
		var also reply
		if err := r.compose(ctx, second, &also); err != nil {
			return err
		}
		said.statements = append(said.statements, also.statements...)
	}
	return nil
}

// compose makes statements of a candidate by what it is.
func (r *reading) compose(ctx context.Context, c extract.Candidate, said *reply) error {
	text, err := r.text(ctx, c.Hit.ID.Document)
	if err != nil || c.Unit.End > len(text) || c.Unit.Group.End > len(text) {
		return err // the document was replaced since the search
	}
	kind := c.Unit.Kind
	switch {
	case kind == rag.Row:
		return r.lookUp(ctx, c, said)
	case kind == rag.Item && (c.Whole() || r.asksForList(c)):
		return r.list(ctx, c, said)
	case kind == rag.Reply, kind == rag.CodeLine && r.found.Wants.Kind == retrieve.AskedHow, c.Whole():
		return r.wholeReply(ctx, c, text, said)
	}
	said.statements = []statement{r.single(c, text)}
	return nil
}

// single is the statement of one unit.
func (r *reading) single(c extract.Candidate, text string) statement {
	q := quote{hit: c.Hit, span: c.Unit.Span, context: c.Unit.Context}
	s := statement{}
	switch c.Unit.Kind {
	case rag.Definition, rag.Item:
		s.text = r.underLead(text, c)
	case rag.Sentence, rag.Note:
		q.span = r.readable(c, text)
	case rag.Row, rag.Reply, rag.Field, rag.CodeLine, rag.Lead:
	}
	s.quotes = []quote{q}
	verbatim := lang.OneLine(text[q.span.Start:q.span.End])
	s.text = cmp.Or(s.text, withoutMarks(verbatim))
	s.own = s.text != verbatim
	return r.withNotes(s, text)
}

// text is that of a document, "" for one that was removed since the search.
func (r *reading) text(ctx context.Context, id rag.DocumentID) (string, error) {
	if d, ok := r.documents[id]; ok {
		return d.Text, nil
	}
	texts, err := r.texts(ctx, r.audience, []rag.DocumentID{id})
	if err != nil {
		return "", err
	}
	r.documents[id] = rag.Document{Text: texts[id]}
	return texts[id], nil
}

// compare tells how two statements stand to each other, in the language that both are
// in.
func compare(a, b statement) verify.Agreement {
	l := language(a.quotes[0].hit)
	if l != language(b.quotes[0].hit) {
		l = ""
	}
	return verify.Compare(l, cmp.Or(a.core, a.text), cmp.Or(b.core, b.text))
}
