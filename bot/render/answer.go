package render

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"docent/prompts"
	"docent/rag"
)

// Answer is an answer to show, with what is offered below it.
type Answer struct {
	Catalogue Catalogue
	Answer    rag.Answer
	// Question is the ID of the question, for feedback; "" for no feedback.
	Question string
	// Indexed is when a document was last read, zero if unknown.
	Indexed time.Time
	// CanAdd adds how to add a document below a refusal.
	CanAdd bool
	// Following offers to stop following the thread, Sharing to share an answer
	// that one person sees.
	Following, Sharing bool
	// SharedBy is who shares the answer with a channel, "" if nobody does. Then
	// Asked, the question, stands above it.
	SharedBy, Asked string
}

// Messages are what the answer is posted as, at least one. Every citation is in
// one of them and the feedback in the last.
func (v Answer) Messages() []Message {
	var b builder
	if v.SharedBy != "" {
		by := fmt.Sprintf(v.Catalogue.SharedBy, Truncate(OneLine(v.SharedBy), 80)) + " "
		asked := Truncate(OneLine(v.Asked), 1000)
		b.add(length(by)+length(asked), nil, richText(quotation(bold(by), text(asked))))
	}
	v.body(&b)
	v.listed(&b)
	if v.Answer.Status == rag.NotFound {
		v.nearest(&b)
	} else {
		v.citations(&b)
	}
	v.ending(&b)
	b.flush()
	for i := range b.messages {
		b.messages[i].Text = v.fallback(i)
	}
	return b.messages
}

func (v Answer) fallback(part int) string {
	if part > 0 {
		return escapeMrkdwn(v.Catalogue.Sources)
	}
	if s := Truncate(OneLine(v.Answer.Text()), maxText); s != "" {
		return escapeMrkdwn(s)
	}
	return escapeMrkdwn(v.Catalogue.Sources)
}

// body is the claims with their markers, block by block, and the notice.
func (v Answer) body(b *builder) {
	r := run{to: b}
	for _, block := range v.Answer.Blocks() {
		if block.Heading != "" || block.Form != "" {
			r.flush()
		}
		if block.Heading != "" {
			b.add(length(block.Heading), nil, richText(section(bold(Truncate(OneLine(block.Heading), maxRun)))))
		}
		for _, i := range block.Claims {
			v.claim(&r, v.Answer.Claims[i])
			if block.Form != "" {
				r.item()
			}
		}
		r.endList(block.Form == rag.Step)
	}
	if v.Answer.Notice != "" {
		s := Truncate(OneLine(v.Answer.Notice), maxRun/2)
		r.put(italic(s), length(s))
	}
	r.flush()
}

// claim adds one claim with its markers; a row reads as a sentence.
func (v Answer) claim(r *run, claim rag.Claim) {
	said := Sanitize(claim.Text)
	for rest := said; rest != ""; {
		var head string
		head, rest = splitAt(rest, maxRun-1)
		r.put(text(head+" "), length(head)+1)
	}
	for _, number := range claim.Citations {
		r.put(v.marker(number), 6)
		r.put(text(" "), 1)
	}
	if claim.Grade == rag.Read {
		reading := prompts.Reading(v.Answer.Language)
		r.put(italic(reading+" "), length(reading)+1)
	}
}

// run is text on its way to a block, and the items of a list before it.
type run struct {
	to       *builder
	elements []slack.RichTextSectionElement
	size     int
	items    []slack.RichTextElement
	listed   int
}

func (r *run) put(e slack.RichTextSectionElement, size int) {
	if r.size+size > maxRun && r.size > 0 {
		r.flush()
	}
	r.elements, r.size = append(r.elements, e), r.size+size
}

func (r *run) flush() {
	if r.size > 0 {
		r.to.add(r.size, nil, richText(section(r.elements...)))
	}
	r.elements, r.size = nil, 0
}

// item makes an item of what was put last.
func (r *run) item() {
	if r.size > 0 {
		r.items, r.listed = append(r.items, section(r.elements...)), r.listed+r.size
	}
	r.elements, r.size = nil, 0
}

// endList adds the items as lists, each as long as one message takes.
func (r *run) endList(ordered bool) {
	style := slack.RTEListBullet
	if ordered {
		style = slack.RTEListOrdered
	}
	for from := 0; from < len(r.items); from += mostItems {
		items := r.items[from:min(len(r.items), from+mostItems)]
		list := slack.NewRichTextList(style, 0, items...)
		list.Offset = from
		r.to.add(r.listed*len(items)/len(r.items), nil, richText(list))
	}
	r.items, r.listed = nil, 0
}

// mostItems is how many items one list of a message holds.
const mostItems = 20

// marker is [n], which leads to the document where that has an address.
func (v Answer) marker(n int) slack.RichTextSectionElement {
	uri := ""
	if n >= 1 && n <= len(v.Answer.Citations) {
		uri = v.Answer.Citations[n-1].URI
	}
	return linked("["+strconv.Itoa(n)+"]", uri, nil)
}

// maxQuote is one or two lines, maxLead one of what it is read with.
const maxQuote, maxLead = 240, 120

func (v Answer) citations(b *builder) {
	for _, c := range v.Answer.Citations {
		v.source(b, c.N, "["+strconv.Itoa(c.N)+"] ", c)
	}
}

// listed are the documents that the answer names, each linked.
func (v Answer) listed(b *builder) {
	for _, d := range v.Answer.Listed {
		name := "• " + Truncate(OneLine(d.Name()), 150)
		b.add(length(name), nil, richText(section(linked(name, d.URI, nil))))
	}
}

// nearest are the sentences that come nearest to what was not found.
func (v Answer) nearest(b *builder) {
	if len(v.Answer.Nearest) > 0 {
		b.add(length(v.Catalogue.Nearest), nil, richText(section(text(v.Catalogue.Nearest))))
	}
	for _, c := range v.Answer.Nearest {
		v.source(b, c.N, strconv.Itoa(c.N)+". ", c)
	}
	how := v.Catalogue.AskOperator
	if v.CanAdd {
		how = v.Catalogue.HowToAdd
	}
	b.add(length(how), nil, richText(section(text(how))))
}

// source shows the nth place in the documents, with the quote if there is one,
// and a button that shows the passage.
func (v Answer) source(b *builder, n int, marker string, c rag.Citation) {
	heading, size := v.Catalogue.titled(c, 150, &slack.RichTextSectionTextStyle{Bold: true})
	parts := []slack.RichTextElement{section(append([]slack.RichTextSectionElement{text(marker)}, heading...)...)}
	for _, e := range c.Context {
		context := Truncate(OneLine(e.Text), maxLead)
		parts, size = append(parts, quotation(italic(context))), size+length(context)
	}
	if c.Quote != "" {
		quote := v.Catalogue.OpenQuote + Truncate(OneLine(c.Quote), maxQuote) + v.Catalogue.CloseQuote
		parts, size = append(parts, quotation(text(quote))), size+length(quote)
	}
	var buttons []slack.BlockElement
	if value := (PassageRef{Document: c.Document, Start: c.Start, End: c.End}).String(); len(value) <= 2000 {
		buttons = append(buttons, button(ActionPassage+strconv.Itoa(n), value, fmt.Sprintf(v.Catalogue.ShowPassage, n)))
	}
	b.add(length(marker)+size, buttons, richText(parts...))
}

// ending is what may be done with the answer, the footer and the feedback.
func (v Answer) ending(b *builder) {
	if v.Sharing {
		b.add(0, []slack.BlockElement{button(ActionShare, v.Question, v.Catalogue.Share)})
	}
	if v.Following {
		b.add(0, []slack.BlockElement{button(ActionUnfollow, v.Question, v.Catalogue.StopFollowing)})
	}
	b.flushButtons()
	footer := v.footer()
	blocks := []slack.Block{slack.NewContextBlock("", label(footer, 500))}
	if v.Question != "" {
		good := slack.NewFeedbackButton(label(v.Catalogue.Good, 75), ratingValue(v.Question, true)).WithAccessibilityLabel(v.Catalogue.Good)
		bad := slack.NewFeedbackButton(label(v.Catalogue.Bad, 75), ratingValue(v.Question, false)).WithAccessibilityLabel(v.Catalogue.Bad)
		blocks = append(blocks, slack.NewContextActionsBlock("", slack.NewFeedbackButtonsBlockElement(ActionFeedback, good, bad)))
	}
	b.add(length(footer)+100, nil, blocks...)
}

func (v Answer) footer() string {
	cat := v.Catalogue
	var parts []string
	switch {
	case v.Answer.Status == rag.NotFound, len(v.Answer.Claims) == 0:
	case v.Answer.Mode == rag.Written:
		parts = append(parts, fmt.Sprintf(cat.WrittenBy, v.Answer.ModelName))
	default:
		parts = append(parts, cat.Quoted)
	}
	if n := v.Answer.Searched.Documents; n == 1 {
		parts = append(parts, cat.SearchedOne)
	} else {
		parts = append(parts, fmt.Sprintf(cat.SearchedMany, n))
	}
	if !v.Indexed.IsZero() {
		parts = append(parts, fmt.Sprintf(cat.Indexed, cat.FormatTime(v.Indexed)))
	}
	return strings.Join(parts, " · ")
}
