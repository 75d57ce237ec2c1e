package render

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

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
		by := fmt.Sprintf(v.Catalogue.sharedBy, Truncate(OneLine(v.SharedBy), 80)) + " "
		asked := Truncate(OneLine(v.Asked), 1000)
		b.add(length(by)+length(asked), nil, richText(quotation(bold(by), text(asked))))
	}
	v.body(&b)
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
		return escapeMrkdwn(v.Catalogue.sources)
	}
	if s := Truncate(OneLine(v.Answer.Text()), maxText); s != "" {
		return escapeMrkdwn(s)
	}
	return escapeMrkdwn(v.Catalogue.sources)
}

// body is the claims with their markers, and the notice.
func (v Answer) body(b *builder) {
	var run []slack.RichTextSectionElement
	n := 0
	put := func(e slack.RichTextSectionElement, size int) {
		if n+size > maxRun && n > 0 {
			b.add(n, nil, richText(section(run...)))
			run, n = nil, 0
		}
		run, n = append(run, e), n+size
	}
	for _, claim := range v.Answer.Claims {
		said := Sanitize(claim.Text)
		if len(claim.Citations) == 0 {
			said = Sanitize(claim.Shown(v.Answer.Language)) // marked
		}
		for rest := said; rest != ""; {
			var head string
			head, rest = splitAt(rest, maxRun-1)
			put(text(head+" "), length(head)+1)
		}
		for _, number := range claim.Citations {
			put(v.marker(number), 6)
			put(text(" "), 1)
		}
	}
	if v.Answer.Notice != "" {
		s := Truncate(OneLine(v.Answer.Notice), maxRun/2)
		put(italic(s), length(s))
	}
	if n > 0 {
		b.add(n, nil, richText(section(run...)))
	}
}

// marker is [n], which leads to the document where that has an address.
func (v Answer) marker(n int) slack.RichTextSectionElement {
	uri := ""
	if n >= 1 && n <= len(v.Answer.Citations) {
		uri = v.Answer.Citations[n-1].URI
	}
	return linked("["+strconv.Itoa(n)+"]", uri, nil)
}

// maxQuote is one or two lines.
const maxQuote = 240

func (v Answer) citations(b *builder) {
	for _, citation := range v.Answer.Citations {
		head := Truncate(OneLine(citation.Title), 150)
		where := v.Catalogue.location(citation.Title, citation.Heading, citation.Format, citation.Page, citation.Row, citation.Date)
		quote := v.Catalogue.openQuote + Truncate(OneLine(citation.Quote), maxQuote) + v.Catalogue.closeQuote
		marker := "[" + strconv.Itoa(citation.N) + "] "
		heading := []slack.RichTextSectionElement{text(marker), linked(head, citation.URI, &slack.RichTextSectionTextStyle{Bold: true})}
		if where != "" {
			heading = append(heading, text(where))
		}
		block := richText(section(heading...), quotation(text(quote)))
		b.add(length(marker+head+where+quote)+len(linkURL(citation.URI)), v.passageButton(citation.N, citation.Document, citation.Start, citation.End), block)
	}
}

// nearest are the documents that come nearest to what was not found.
func (v Answer) nearest(b *builder) {
	seen := make(map[rag.DocumentID]bool)
	n := 0
	for _, h := range v.Answer.Evidence {
		if seen[h.Document.ID] || n == 3 {
			continue
		}
		seen[h.Document.ID] = true
		if n++; n == 1 {
			b.add(length(v.Catalogue.nearest), nil, richText(section(text(v.Catalogue.nearest))))
		}
		head := Truncate(OneLine(h.Document.Title), 150)
		where := v.Catalogue.location(h.Document.Title, h.Heading, h.Document.Format, h.Page, h.Row, h.Document.Date)
		marker := strconv.Itoa(n) + ". "
		parts := []slack.RichTextSectionElement{text(marker), linked(head, h.Document.URI, &slack.RichTextSectionTextStyle{Bold: true})}
		if where != "" {
			parts = append(parts, text(where))
		}
		b.add(length(marker+head+where)+len(linkURL(h.Document.URI)), v.passageButton(n, h.Document.ID, h.Start, h.End), richText(section(parts...)))
	}
	how := v.Catalogue.askOperator
	if v.CanAdd {
		how = v.Catalogue.howToAdd
	}
	b.add(length(how), nil, richText(section(text(how))))
}

func (v Answer) passageButton(n int, document rag.DocumentID, start, end int) []slack.BlockElement {
	value := PassageRef{Document: document, Start: start, End: end}.String()
	if len(value) > 2000 {
		return nil
	}
	return []slack.BlockElement{button(ActionPassage+strconv.Itoa(n), value, fmt.Sprintf(v.Catalogue.showPassage, n))}
}

// ending is what may be done with the answer, the footer and the feedback.
func (v Answer) ending(b *builder) {
	if v.Sharing {
		b.add(0, []slack.BlockElement{button(ActionShare, v.Question, v.Catalogue.share)})
	}
	if v.Following {
		b.add(0, []slack.BlockElement{button(ActionUnfollow, v.Question, v.Catalogue.stopFollowing)})
	}
	b.flushButtons()
	footer := v.footer()
	blocks := []slack.Block{slack.NewContextBlock("", label(footer, 500))}
	if v.Question != "" {
		good := slack.NewFeedbackButton(label(v.Catalogue.good, 75), ratingValue(v.Question, true)).WithAccessibilityLabel(v.Catalogue.good)
		bad := slack.NewFeedbackButton(label(v.Catalogue.bad, 75), ratingValue(v.Question, false)).WithAccessibilityLabel(v.Catalogue.bad)
		blocks = append(blocks, slack.NewContextActionsBlock("", slack.NewFeedbackButtonsBlockElement(ActionFeedback, good, bad)))
	}
	b.add(length(footer)+100, nil, blocks...)
}

func (v Answer) footer() string {
	cat := v.Catalogue
	var parts []string
	switch {
	case v.Answer.Status == rag.NotFound:
	case v.Answer.Mode == rag.Written:
		parts = append(parts, fmt.Sprintf(cat.writtenBy, v.Answer.ModelName))
	default:
		parts = append(parts, cat.quoted)
	}
	if n := v.Answer.Searched.Documents; n == 1 {
		parts = append(parts, cat.searchedOne)
	} else {
		parts = append(parts, fmt.Sprintf(cat.searchedMany, n))
	}
	if !v.Indexed.IsZero() {
		parts = append(parts, fmt.Sprintf(cat.indexed, cat.FormatTime(v.Indexed)))
	}
	return strings.Join(parts, " · ")
}
