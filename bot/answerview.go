package bot

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"docent/rag"
)

// answerView is an answer as it is shown.
type answerView struct {
	words  words
	answer rag.Answer
	// question names the question for feedback, "" for no feedback.
	question string
	indexed  time.Time
	// canAdd tells how to add a document under a refusal.
	canAdd bool
	// following offers to stop following the thread, sharing to share an
	// answer that one person sees.
	following, sharing bool
	// sharedBy is who shares the answer with a channel, "" if nobody does. Then
	// asked, the question, stands above it.
	sharedBy, asked string
}

// messages are what the answer is posted as, at least one. However many they
// are, every citation is in one of them and the feedback in the last.
func (v answerView) messages() []message {
	var c composer
	if v.sharedBy != "" {
		by := fmt.Sprintf(v.words.sharedBy, cut(line(v.sharedBy), 80)) + " "
		asked := cut(line(v.asked), 1000)
		c.add(size(by)+size(asked), nil, rich(quotation(bold(by), text(asked))))
	}
	v.body(&c)
	if v.answer.Status == rag.NotFound {
		v.nearest(&c)
	} else {
		v.citations(&c)
	}
	v.ending(&c)
	c.end()
	for i := range c.messages {
		c.messages[i].text = v.fallback(i)
	}
	return c.messages
}

func (v answerView) fallback(part int) string {
	if part > 0 {
		return mrkdwn(v.words.sources)
	}
	if s := cut(line(v.answer.Text()), maxText); s != "" {
		return mrkdwn(s)
	}
	return mrkdwn(v.words.sources)
}

// body is the claims with their markers, and the notice.
func (v answerView) body(c *composer) {
	var run []slack.RichTextSectionElement
	n := 0
	put := func(e slack.RichTextSectionElement, length int) {
		if n+length > maxRun && n > 0 {
			c.add(n, nil, rich(section(run...)))
			run, n = nil, 0
		}
		run, n = append(run, e), n+length
	}
	for _, claim := range v.answer.Claims {
		said := plain(claim.Text)
		if len(claim.Citations) == 0 {
			said = plain(claim.Shown(v.answer.Language)) // marked
		}
		for rest := said; rest != ""; {
			var head string
			head, rest = splitAt(rest, maxRun-1)
			put(text(head+" "), size(head)+1)
		}
		for _, number := range claim.Citations {
			put(v.marker(number), 6)
			put(text(" "), 1)
		}
	}
	if v.answer.Notice != "" {
		s := cut(line(v.answer.Notice), maxRun/2)
		put(italic(s), size(s))
	}
	if n > 0 {
		c.add(n, nil, rich(section(run...)))
	}
}

// marker is [n], which leads to the document where that has an address.
func (v answerView) marker(n int) slack.RichTextSectionElement {
	uri := ""
	if n >= 1 && n <= len(v.answer.Citations) {
		uri = v.answer.Citations[n-1].URI
	}
	return linked("["+strconv.Itoa(n)+"]", uri, nil)
}

// quoteLength is one or two lines.
const quoteLength = 240

func (v answerView) citations(c *composer) {
	for _, citation := range v.answer.Citations {
		head := cut(line(citation.Title), 150)
		where := v.words.where(citation.Title, citation.Heading, citation.Format, citation.Page, citation.Row, citation.Date)
		quote := v.words.openQuote + cut(line(citation.Quote), quoteLength) + v.words.closeQuote
		marker := "[" + strconv.Itoa(citation.N) + "] "
		heading := []slack.RichTextSectionElement{text(marker), linked(head, citation.URI, &slack.RichTextSectionTextStyle{Bold: true})}
		if where != "" {
			heading = append(heading, text(where))
		}
		block := rich(section(heading...), quotation(text(quote)))
		c.add(size(marker+head+where+quote)+len(address(citation.URI)), v.passageButton(citation.N, citation.Document, citation.Start, citation.End), block)
	}
}

// nearest are the documents that come nearest to what was not found.
func (v answerView) nearest(c *composer) {
	seen := make(map[rag.DocumentID]bool)
	n := 0
	for _, h := range v.answer.Evidence {
		if seen[h.Document.ID] || n == 3 {
			continue
		}
		seen[h.Document.ID] = true
		if n++; n == 1 {
			c.add(size(v.words.nearest), nil, rich(section(text(v.words.nearest))))
		}
		head := cut(line(h.Document.Title), 150)
		where := v.words.where(h.Document.Title, h.Heading, h.Document.Format, h.Page, h.Row, h.Document.Date)
		marker := strconv.Itoa(n) + ". "
		parts := []slack.RichTextSectionElement{text(marker), linked(head, h.Document.URI, &slack.RichTextSectionTextStyle{Bold: true})}
		if where != "" {
			parts = append(parts, text(where))
		}
		c.add(size(marker+head+where)+len(address(h.Document.URI)), v.passageButton(n, h.Document.ID, h.Start, h.End), rich(section(parts...)))
	}
	how := v.words.askOperator
	if v.canAdd {
		how = v.words.howToAdd
	}
	c.add(size(how), nil, rich(section(text(how))))
}

func (v answerView) passageButton(n int, document rag.DocumentID, start, end int) []slack.BlockElement {
	value := passageRef{document: document, start: start, end: end}.String()
	if len(value) > 2000 {
		return nil
	}
	return []slack.BlockElement{button(actionPassage+strconv.Itoa(n), value, fmt.Sprintf(v.words.showPassage, n))}
}

// ending is what may be done with the answer, the footer and the feedback.
func (v answerView) ending(c *composer) {
	if v.sharing {
		c.add(0, []slack.BlockElement{button(actionShare, v.question, v.words.share)})
	}
	if v.following {
		c.add(0, []slack.BlockElement{button(actionUnfollow, v.question, v.words.stopFollowing)})
	}
	c.row()
	footer := v.footer()
	blocks := []slack.Block{slack.NewContextBlock("", label(footer, 500))}
	if v.question != "" {
		good := slack.NewFeedbackButton(label(v.words.good, 75), ratingValue(v.question, true)).WithAccessibilityLabel(v.words.good)
		bad := slack.NewFeedbackButton(label(v.words.bad, 75), ratingValue(v.question, false)).WithAccessibilityLabel(v.words.bad)
		blocks = append(blocks, slack.NewContextActionsBlock("", slack.NewFeedbackButtonsBlockElement(actionFeedback, good, bad)))
	}
	c.add(size(footer)+100, nil, blocks...)
}

func (v answerView) footer() string {
	w := v.words
	var parts []string
	switch {
	case v.answer.Status == rag.NotFound:
	case v.answer.Mode == rag.Written:
		parts = append(parts, fmt.Sprintf(w.writtenBy, v.answer.ModelName))
	default:
		parts = append(parts, w.quoted)
	}
	if n := v.answer.Searched.Documents; n == 1 {
		parts = append(parts, w.searchedOne)
	} else {
		parts = append(parts, fmt.Sprintf(w.searchedMany, n))
	}
	if !v.indexed.IsZero() {
		parts = append(parts, fmt.Sprintf(w.indexed, w.moment(v.indexed)))
	}
	return strings.Join(parts, " · ")
}

// where is what stands behind a title: " — Heading › Heading, p. 3
// (2024-02-07)".
func (w words) where(title string, heading []string, format string, page, row int, date string) string {
	if len(heading) > 0 && heading[0] == title {
		heading = heading[1:]
	}
	s := ""
	if len(heading) > 0 {
		s = " — " + cut(line(strings.Join(heading, " › ")), 200)
	}
	switch {
	case row > 0:
		s += ", " + fmt.Sprintf(w.row, row)
	case page > 0 && (format == "PPTX" || format == "ODP" || format == "PPT"):
		s += ", " + fmt.Sprintf(w.slide, page)
	case page > 0:
		s += ", " + fmt.Sprintf(w.page, page)
	}
	if date != "" {
		s += " (" + line(date) + ")"
	}
	return s
}

// moment is a time as the footer shows it, for readers in any zone.
func (w words) moment(t time.Time) string {
	if t.IsZero() {
		return w.never
	}
	if w.language == "fr" {
		return t.UTC().Format("02/01/2006 à 15:04 UTC")
	}
	return t.UTC().Format("2 Jan 2006, 15:04 UTC")
}
