package answer

import (
	"context"
	"slices"
	"strings"

	"docent/prompts"
	"docent/rag"
	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/retrieve"
)

// How much of a list or an answer of several parts is shown, in words: all of it up
// to the one, else about the other with how many there are.
const (
	wholeList = 120
	partList  = 80
	// wholeAnswer is up to how many words the answer of a document's question is
	// quoted whole.
	wholeAnswer = 90
	// leadWords is up to how many words a lead-in is read with its list.
	leadWords = 25
)

// asksForList reports whether the question asks for several things, or for a way in
// steps that a list has.
func (r *reading) asksForList(c extract.Candidate) bool {
	if c.Unit.Parts < 2 {
		return false
	}
	switch r.found.Wants.Kind {
	case retrieve.AskedHow:
		return startsWithNumber(c.Text) || r.leads(c)
	case retrieve.AskedHowMany:
		return r.asksForSeveral() || r.named(c)
	default:
		return r.asksForSeveral() || r.leads(c) && !r.adds(c.Text, c)
	}
}

// startsWithNumber reports whether an item has a number, as steps have.
func startsWithNumber(item string) bool { return item != "" && lang.IsDigit(item[0]) }

// leads reports whether what leads to an item, or the heading over it, has half of
// the question.
func (r *reading) leads(c extract.Candidate) bool {
	met := len(r.met(aboveList(c)))
	return met > 0 && 2*met >= len(r.found.Words)
}

// aboveList is what a list stands under: what leads to it and the heading.
func aboveList(c extract.Candidate) string {
	above := contextIn(c.Hit, c.Unit)
	if n := len(c.Hit.Heading); n > 0 {
		above = append(above, c.Hit.Heading[n-1])
	}
	return strings.Join(above, "\n")
}

// adds reports whether an item has a word of the question that what its list stands
// under has not: then the item is asked for, and not the list.
func (r *reading) adds(item string, c extract.Candidate) bool {
	above := aboveList(c)
	return slices.ContainsFunc(r.met(item), func(w retrieve.QueryWord) bool { return !r.meets(w, above) })
}

// list answers with the whole list of a candidate.
func (r *reading) list(ctx context.Context, c extract.Candidate, said *reply) error {
	c = r.outermost(c)
	parts, err := r.group(ctx, c.Hit, c.Unit.Group)
	if err != nil || len(parts) == 0 {
		return err
	}
	text, err := r.text(ctx, c.Hit.ID.Document)
	if err != nil {
		return err
	}
	group := c.Unit.Group
	if lang.WordCount(text[group.Start:group.End]) > wholeList {
		group.End = firstParts(parts, partList)
		said.notes = append(said.notes, r.inAll(len(parts), c.Hit))
	}
	first := parts[0]
	q := quote{hit: first.hit, span: group, context: first.unit.Context}
	s := statement{text: lines(text[group.Start:group.End]), own: true, quotes: []quote{q}}
	if lead := leadOf(text, first.unit); strings.HasSuffix(lead, ":") {
		s.text = lead + " " + s.text
	}
	said.statements = []statement{s}
	r.count(parts, c, said)
	return nil
}

// inAll says how many parts a list has and where.
func (r *reading) inAll(n int, h rag.Hit) string {
	in := h.Document.Title
	if k := len(h.Heading); k > 0 && h.Heading[k-1] != in {
		in += ", " + h.Heading[k-1]
	}
	return prompts.InAll(r.found.Language, prompts.Extent{N: n, Place: lang.OneLine(in)})
}

// outermost is the item that one is nested in, unless the question names that: then
// what is within is asked for.
func (r *reading) outermost(c extract.Candidate) extract.Candidate {
	for _, s := range c.Unit.Context {
		for _, u := range rag.UnitsOf(c.Hit.Passage) {
			if u.Span != s || u.Kind != rag.Item {
				continue
			}
			text, outer := part{c.Hit, u}.text(), c
			if outer.Unit = u; !r.adds(text, outer) || startsWithNumber(text) {
				return outer
			}
		}
	}
	return c
}

// firstParts is where the last of the first parts ends that have so many words.
func firstParts(parts []part, words int) int {
	end := parts[0].unit.End
	for _, p := range parts {
		if words -= lang.WordCount(p.text()); words < 0 {
			break
		}
		end = p.unit.End
	}
	return end
}

// lines are those of a list on one line, parted where no mark parts them.
func lines(text string) string {
	var list []string
	for line := range strings.Lines(text) {
		if line = lang.OneLine(line); line == "" {
			continue
		}
		if n := len(list); n > 0 && !strings.ContainsAny(list[n-1][len(list[n-1])-1:], ".;:,!?") {
			list[n-1] += ";"
		}
		list = append(list, line)
	}
	return withoutMarks(strings.Join(list, " "))
}

// leadOf is what is read right before a unit, on one line; "" where that is nothing
// or long.
func leadOf(text string, u rag.Unit) string {
	if len(u.Context) == 0 {
		return ""
	}
	last := u.Context[len(u.Context)-1]
	if lead := lang.OneLine(text[last.Start:last.End]); lang.WordCount(lead) <= leadWords {
		return lead
	}
	return ""
}

// underLead is an item or definition with the item or term that it belongs to, ""
// where it has none.
func underLead(text string, c extract.Candidate) string {
	lead := strings.TrimRight(leadOf(text, c.Unit), " :.")
	if lead == "" || strings.HasSuffix(lead, "?") {
		return ""
	}
	last := c.Unit.Context[len(c.Unit.Context)-1]
	within := slices.ContainsFunc(rag.UnitsOf(c.Hit.Passage), func(o rag.Unit) bool { return o.Span == last && o.Kind == rag.Item })
	if c.Unit.Kind == rag.Item && !within {
		return ""
	}
	return lead + ": " + withoutMarks(lang.OneLine(text[c.Unit.Start:c.Unit.End]))
}

// wholeReply answers with all of the answer that a unit is a part of, as far as it
// is short enough, else with the unit.
func (r *reading) wholeReply(ctx context.Context, c extract.Candidate, text string, said *reply) error {
	group := c.Unit.Group
	short := lang.WordCount(text[group.Start:group.End]) <= wholeAnswer
	if group == (lang.Span{}) || !short && !c.Whole() {
		said.statements = []statement{r.single(c, text)}
		return nil
	}
	parts, err := r.group(ctx, c.Hit, group)
	if err != nil || len(parts) == 0 {
		return err
	}
	if !short {
		group.End = firstParts(parts, partList)
	}
	s := quoted(quote{hit: parts[0].hit, span: group, context: c.Unit.Context}, text)
	said.statements = []statement{r.withNotes(s, text)}
	return nil
}
