package bot

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"docent/rag"
)

// passageRef names a run of a document's text in a button.
type passageRef struct {
	document   rag.DocumentID
	start, end int
}

func (r passageRef) String() string {
	return fmt.Sprintf("%d %d %s", r.start, r.end, r.document)
}

func parsePassageRef(s string) (passageRef, error) {
	var r passageRef
	start, rest, _ := strings.Cut(s, " ")
	end, document, _ := strings.Cut(rest, " ")
	var errs [2]error
	r.start, errs[0] = strconv.Atoi(start)
	r.end, errs[1] = strconv.Atoi(end)
	r.document = rag.DocumentID(document)
	if err := errors.Join(errs[:]...); err != nil || r.start < 0 || r.end < r.start {
		return r, fmt.Errorf("%q names no passage", s)
	}
	return r, nil
}

func within(s string, r passageRef) bool {
	return r.end <= len(s) && utf8.RuneStart(at(s, r.start)) && utf8.RuneStart(at(s, r.end))
}

func at(s string, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return 0
}

// neighbours is how much of the text is shown on each side of a quote, and
// maxQuoted how much of the quote, in bytes.
const (
	neighbours = 900
	maxQuoted  = 6000
)

// passageModal shows a run of a document among its neighbours, or says that it
// is gone.
func passageModal(w words, doc rag.Document, ref passageRef) slack.ModalViewRequest {
	blocks := []slack.Block{rich(section(text(w.passageGone)))}
	if doc.ID != "" && within(doc.Text, ref) {
		blocks = passageBlocks(w, doc, ref)
	}
	return slack.ModalViewRequest{Type: slack.VTModal, Title: label(w.passageTitle, 24), Close: label(w.close, 24), Blocks: slack.Blocks{BlockSet: blocks}}
}

func passageBlocks(w words, doc rag.Document, ref passageRef) []slack.Block {
	before, quote, after := doc.Text[:ref.start], doc.Text[ref.start:ref.end], doc.Text[ref.end:]
	if len(before) > neighbours {
		before = "…" + afterSpace(before[len(before)-neighbours:])
	}
	if len(after) > neighbours {
		after = beforeSpace(after[:neighbours]) + "…"
	}
	var quoted []slack.RichTextSectionElement
	for rest := cut(quote, maxQuoted); rest != ""; {
		var head string
		head, rest = splitAt(rest, maxRun)
		quoted = append(quoted, bold(head))
	}
	elements := quoted
	if before != "" {
		elements = append([]slack.RichTextSectionElement{text(before)}, elements...)
	}
	if after != "" {
		elements = append(elements, text(after))
	}
	heading := []slack.RichTextSectionElement{linked(cut(line(doc.Title), 150), doc.URI, &slack.RichTextSectionTextStyle{Bold: true})}
	if doc.Date != "" {
		heading = append(heading, text(w.where(doc.Title, nil, "", 0, 0, doc.Date)))
	}
	return []slack.Block{rich(section(heading...)), rich(section(elements...))}
}

// afterSpace is a text from its first whole word on, beforeSpace up to its
// last.
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
