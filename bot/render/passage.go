package render

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"docent/rag"
)

// PassageRef is a range of bytes of a document's text. Its string is the value
// of a button.
type PassageRef struct {
	Document   rag.DocumentID
	Start, End int
}

func (r PassageRef) String() string {
	return fmt.Sprintf("%d %d %s", r.Start, r.End, r.Document)
}

// ParsePassageRef reads what [PassageRef.String] made.
func ParsePassageRef(s string) (PassageRef, error) {
	var r PassageRef
	start, rest, _ := strings.Cut(s, " ")
	end, document, _ := strings.Cut(rest, " ")
	var errs [2]error
	r.Start, errs[0] = strconv.Atoi(start)
	r.End, errs[1] = strconv.Atoi(end)
	r.Document = rag.DocumentID(document)
	if err := errors.Join(errs[:]...); err != nil || r.Start < 0 || r.End < r.Start {
		return r, fmt.Errorf("%q names no passage", s)
	}
	return r, nil
}

func within(s string, r PassageRef) bool {
	begins := func(at int) bool { return at == len(s) || utf8.RuneStart(s[at]) }
	return r.End <= len(s) && begins(r.Start) && begins(r.End)
}

// maxContext is how many bytes of the text are shown on each side of a quote,
// and maxQuoted how much of the quote, in UTF-16 code units.
const (
	maxContext = 900
	maxQuoted  = 6000
)

// PassageModal shows a passage with the text around it, or that it is gone if
// the document is zero or does not have it.
func PassageModal(cat Catalogue, doc rag.Document, ref PassageRef) slack.ModalViewRequest {
	blocks := []slack.Block{richText(section(text(cat.PassageGone)))}
	if doc.ID != "" && within(doc.Text, ref) {
		blocks = passageBlocks(cat, doc, ref)
	}
	return slack.ModalViewRequest{Type: slack.VTModal, Title: label(cat.PassageTitle, 24), Close: label(cat.Close, 24), Blocks: slack.Blocks{BlockSet: blocks}}
}

func passageBlocks(cat Catalogue, doc rag.Document, ref PassageRef) []slack.Block {
	before, quote, after := doc.Text[:ref.Start], doc.Text[ref.Start:ref.End], doc.Text[ref.End:]
	if len(before) > maxContext {
		before = "…" + afterSpace(before[len(before)-maxContext:])
	}
	if len(after) > maxContext {
		after = beforeSpace(after[:maxContext]) + "…"
	}
	var elements []slack.RichTextSectionElement
	if before != "" {
		elements = append(elements, text(before))
	}
	for rest := Truncate(quote, maxQuoted); rest != ""; {
		var head string
		head, rest = splitAt(rest, maxRun)
		elements = append(elements, bold(head))
	}
	if after != "" {
		elements = append(elements, text(after))
	}
	heading, _ := cat.titled(rag.Citation{Title: doc.Title, URI: doc.URI, Date: doc.Date}, 150, &slack.RichTextSectionTextStyle{Bold: true})
	return []slack.Block{richText(section(heading...)), richText(section(elements...))}
}

// afterSpace drops the first, cut word of a text, beforeSpace the last.
func afterSpace(s string) string {
	if i := strings.IndexAny(s, " \n"); i >= 0 && i < len(s)/2 {
		return s[i:]
	}
	return strings.ToValidUTF8(s, "")
}

func beforeSpace(s string) string {
	if i := strings.LastIndexAny(s, " \n"); i > len(s)/2 {
		return s[:i]
	}
	return strings.ToValidUTF8(s, "")
}
