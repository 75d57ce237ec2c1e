package bot

import (
	"context"
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

// showPassage opens a modal with the quote among its neighbours, for whoever
// clicked and may see the document.
func (b *Bot) showPassage(ctx context.Context, c click) error {
	ref, err := parsePassageRef(c.action.Value)
	if err != nil {
		return err
	}
	audience, user, why := b.admit(ctx, c.conversation, c.asker)
	w := wordsIn(localeLanguage(user.Locale))
	if why != admitted {
		return b.denyClick(ctx, c, w, why)
	}
	doc, err := b.Library.Document(ctx, ref.document, audience)
	var blocks []slack.Block
	switch {
	case errors.Is(err, rag.ErrNotFound), err == nil && !within(doc.Text, ref):
		blocks = []slack.Block{rich(section(text(w.passageGone)))}
	case err != nil:
		return fmt.Errorf("show a passage: %w", err)
	default:
		blocks = passageBlocks(w, doc, ref)
	}
	return b.openModal(ctx, c, slack.ModalViewRequest{Type: slack.VTModal, Title: label(w.passageTitle, 24), Close: label(w.close, 24), Blocks: slack.Blocks{BlockSet: blocks}})
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

// openModal opens a modal. A trigger lasts three seconds, so that what comes
// after a restart opens nothing.
func (b *Bot) openModal(ctx context.Context, c click, view slack.ModalViewRequest) error {
	err := b.retry.upTo(ctx, 2, func(ctx context.Context) error {
		_, err := b.api.OpenViewContext(ctx, c.TriggerID, view)
		return err
	})
	if code := errorCode(err); code == "expired_trigger_id" || code == "exchanged_trigger_id" {
		b.metrics.problem("trigger")
		return nil
	}
	if err != nil {
		return fmt.Errorf("open a modal: %w", err)
	}
	return nil
}
