package render

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

// Home is a person's home page, with the documents that they may see.
type Home struct {
	Catalogue Catalogue
	// Indexed is when a document was last read, zero if unknown.
	Indexed time.Time
	// CanAdd adds how to add a document.
	CanAdd bool
	// Held are the sources whose removals are held, for those who may know them.
	Held []rag.Held

	listed []rag.DocumentInfo
	count  int
}

// Add counts a document, and lists it if there is room.
func (v *Home) Add(d rag.DocumentInfo) {
	if v.count++; len(v.listed) < maxListed {
		v.listed = append(v.listed, d)
	}
}

// Blocks are those of the view.
func (v *Home) Blocks() []slack.Block {
	cat := v.Catalogue
	blocks := []slack.Block{slack.NewHeaderBlock(label(cat.HomeTitle, 150)), richText(section(text(cat.HomeHow))), richText(section(text(v.summary())))}
	if v.CanAdd {
		blocks = append(blocks, slack.NewContextBlock("", label(cat.HowToAdd, 500)))
	}
	for _, h := range v.Held {
		blocks = append(blocks, slack.NewContextBlock("", label(fmt.Sprintf(cat.HomeHeld, h.URI, h.Lost, h.Of), 500)))
	}
	var items []slack.RichTextElement
	for _, d := range v.listed {
		item, _ := cat.titled(rag.Citation{Title: d.Title, URI: d.URI, Date: d.Date}, 120, nil)
		items = append(items, section(item...))
	}
	for chunk := range slices.Chunk(items, 20) {
		blocks = append(blocks, richText(slack.NewRichTextList(slack.RTEListBullet, 0, chunk...)))
	}
	if more := v.count - len(v.listed); more > 0 {
		blocks = append(blocks, slack.NewContextBlock("", label(fmt.Sprintf(cat.HomeMore, more), 100)))
	}
	return blocks
}

// summary states how many documents there are and when they were read.
func (v *Home) summary() string {
	cat := v.Catalogue
	switch v.count {
	case 0:
		return cat.HomeNone
	case 1:
		return cat.HomeOne + v.freshness()
	}
	return fmt.Sprintf(cat.HomeCount, v.count) + v.freshness()
}

func (v *Home) freshness() string {
	if v.Indexed.IsZero() {
		return ""
	}
	cat := v.Catalogue
	return " " + strings.ToUpper(cat.Indexed[:1]) + fmt.Sprintf(cat.Indexed[1:], cat.FormatTime(v.Indexed)) + "."
}
