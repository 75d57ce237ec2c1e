package answer

import (
	"cmp"
	"context"
	"slices"

	"docent/rag"
	"docent/rag/extract"
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
	// texts are those of the documents that were read.
	texts map[rag.DocumentID]string
	// before are the replies to the parts before it, and told how likely to answer this
	// one too the best of what they said looks that does not.
	before []reply
	told   float64
	// editions are those of the documents found.
	editions map[rag.DocumentID]edition
	// rival are the rivals of the last candidate that they were asked for.
	rival    []extract.Candidate
	rivalled part
	// known are the words of the question that texts have, once they are read.
	known map[string][]retrieve.QueryWord
}

// reply is what the documents say to a part of a question.
type reply struct {
	statements []statement
	// notes are sentences about the statements, in the language of the question.
	notes []string
	// sure is how likely it is that they answer.
	sure float64
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
// under a heading with the part that the question names, or in a column that it heads.
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
	named := func(c extract.Candidate) bool { return r.namedAbove(c) || r.columnAsks(c) }
	rest := slices.DeleteFunc(slices.Clone(r.admitted), named)
	r.admitted = append(slices.DeleteFunc(r.admitted, func(c extract.Candidate) bool { return !named(c) }), rest...)
}

// say makes the statements of the best candidate, and of what else belongs to it.
func (r *reading) say(ctx context.Context, said *reply) error {
	best := r.admitted[0]
	best, older, err := r.current(ctx, best)
	if err != nil {
		return err
	}
	best = r.withinList(best)
	if err := r.compose(ctx, best, said); err != nil || len(said.statements) == 0 {
		return err
	}
	r.assure(best, said)
	if err := r.agree(ctx, best, older, said); err != nil {
		return err
	}
	r.notInForce(best.Hit.Document, said)
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
	q := part{c.Hit, c.Unit}.quote()
	kind := c.Unit.Kind
	if kind == rag.Sentence || kind == rag.Note {
		q.span = r.readable(c, text)
	}
	s := quoted(q, text)
	if kind == rag.Definition || kind == rag.Item {
		if under := underLead(text, c); under != "" {
			s.text, s.own = under, true
		}
	}
	return r.withNotes(s, text)
}

func (r *reading) text(ctx context.Context, id rag.DocumentID) (string, error) {
	return r.Answerer.text(ctx, r.audience, r.texts, id)
}

// compare tells how two statements stand to each other, in the language that both are
// in.
func compare(a, b statement) verify.Agreement {
	l := language(a.quotes[0].hit)
	if l != language(b.quotes[0].hit) {
		l = ""
	}
	return verify.Compare(l, a.text, b.text)
}
