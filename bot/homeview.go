package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"docent/rag"
)

// maxListed is the number of documents that the home page names.
const maxListed = 40

// homeView is the home page of somebody, with the documents that they may ask.
type homeView struct {
	words   words
	indexed time.Time
	// canAdd tells how to add a document.
	canAdd bool

	listed []rag.DocumentInfo
	count  int
}

// add counts a document, and names it where there is room.
func (v *homeView) add(d rag.DocumentInfo) {
	if v.count++; len(v.listed) < maxListed {
		v.listed = append(v.listed, d)
	}
}

func (v *homeView) blocks() []slack.Block {
	w := v.words
	blocks := []slack.Block{slack.NewHeaderBlock(label(w.homeTitle, 150)), rich(section(text(w.homeHow))), rich(section(text(v.summary())))}
	if v.canAdd {
		blocks = append(blocks, slack.NewContextBlock("", label(w.howToAdd, 500)))
	}
	var items []slack.RichTextElement
	for _, d := range v.listed {
		item := []slack.RichTextSectionElement{linked(cut(line(d.Title), 120), d.URI, nil)}
		if d.Date != "" {
			item = append(item, text(w.where(d.Title, nil, "", 0, 0, d.Date)))
		}
		items = append(items, section(item...))
	}
	for chunk := range slices.Chunk(items, 20) {
		blocks = append(blocks, rich(slack.NewRichTextList(slack.RTEListBullet, 0, chunk...)))
	}
	if more := v.count - len(v.listed); more > 0 {
		blocks = append(blocks, slack.NewContextBlock("", label(fmt.Sprintf(w.homeMore, more), 100)))
	}
	return blocks
}

// summary says how many documents there are, and how fresh they are.
func (v *homeView) summary() string {
	w := v.words
	switch v.count {
	case 0:
		return w.homeNone
	case 1:
		return w.homeOne + v.freshness()
	}
	return fmt.Sprintf(w.homeCount, v.count) + v.freshness()
}

func (v *homeView) freshness() string {
	if v.indexed.IsZero() {
		return ""
	}
	w := v.words
	return " " + strings.ToUpper(w.indexed[:1]) + fmt.Sprintf(w.indexed[1:], w.moment(v.indexed)) + "."
}
