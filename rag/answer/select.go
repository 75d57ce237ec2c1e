package answer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/retrieve"
	"docent/rag/verify"
)

// DefaultThreshold is the probability that the best candidate answers from which on
// it is shown.
const DefaultThreshold = 0.35

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
	// before are the replies to the parts before it, and told how likely to answer this
	// one too the best of what they said looks that does not.
	before []reply
	told   float64
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
	// siblings are those that one was chosen from by an amount or a name, bounded is
	// set where it was an amount.
	siblings []part
	bounded  bool
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
		case r.isTold(c):
			r.told = max(r.told, c.Probability)
		case isNew(r.question, r.found, c) && !r.onlyTellsEdition(c):
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

// place is 0 for what stands under the part that the question names or under the same
// question, else 1.
func (r *reading) place(c extract.Candidate) int {
	if r.namedAbove(c) || r.asksTheSame(c) {
		return 0
	}
	return 1
}

// say makes the statements of the best candidate, and of what else belongs to it.
func (r *reading) say(ctx context.Context, said *reply) error {
	best := r.admitted[0]
	best, older, err := r.current(ctx, best)
	if err != nil {
		return err
	}
	if item, ok := r.withinList(best); ok {
		best = item
	}
	if err := r.compose(ctx, best, said); err != nil || len(said.statements) == 0 {
		return err
	}
	r.assure(best, said)
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
	if kind == rag.Definition {
		said.siblings = r.terms(c)
	}
	said.statements = []statement{r.single(c, text)}
	return nil
}

// terms are the definitions beside one whose term has a word of the question that
// not all of their terms have; nil where it has none.
func (r *reading) terms(c extract.Candidate) []part {
	var all []part
	var terms []string
	for _, u := range rag.UnitsOf(c.Hit.Passage) {
		if u.Kind == rag.Definition && len(u.Context) > 0 {
			all = append(all, part{hit: c.Hit, unit: u})
			terms = append(terms, strings.Join(contextIn(c.Hit, u), " "))
		}
	}
	term := strings.Join(contextIn(c.Hit, c.Unit), " ")
	for _, w := range r.found.Words {
		if meets(w, term) && slices.ContainsFunc(terms, func(t string) bool { return !meets(w, t) }) {
			return all
		}
	}
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
