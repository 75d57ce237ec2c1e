package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/ingest/read"
	"docent/rag/lang"
)

// Text is the format of plain text in most charsets.
func Text(l read.Limits) read.Format {
	return read.Format{
		Name: "text", Extensions: []string{".txt", ".text"},
		Reader: read.TextReader{Limits: l, Parse: func(_, text string) (read.Document, error) { return Parse(text), nil }},
	}
}

// Parse structures text that has no markup. The title is "" where the text
// does not begin with one.
func Parse(text string) read.Document {
	text = strings.TrimSpace(read.Clean(text))
	doc := read.Document{Text: text, Blocks: paragraphs(text)}
	if len(doc.Blocks) > 0 {
		doc.Title = titleOf(text[:doc.Blocks[0].End])
	}
	return doc
}

// titleOf returns the text of a first block if it reads like a title: one
// short line that is not a sentence.
func titleOf(first string) string {
	if utf8.RuneCountInString(first) >= 150 || strings.Contains(first, "\n") {
		return ""
	}
	if last, _ := utf8.DecodeLastRuneInString(first); strings.ContainsRune(".,;:…", last) {
		return ""
	}
	return lang.OneLine(strings.TrimLeft(first, "#= "))
}

// paragraphs finds the blocks of plain text. Empty lines part them, and so
// does the end of a line that was not broken for want of room.
func paragraphs(text string) []read.Block {
	var blocks []read.Block
	var group []span
	flush := func() {
		blocks = append(blocks, groupBlocks(text, group)...)
		group = group[:0]
	}
	for start := 0; start < len(text); {
		end := start + len(text[start:])
		if n := strings.IndexByte(text[start:], '\n'); n >= 0 {
			end = start + n
		}
		if line := trimmed(text, span{start, end}); line.start < line.end {
			group = append(group, line)
		} else {
			flush()
		}
		start = end + 1
	}
	flush()
	return blocks
}

// span is a run of bytes.
type span struct{ start, end int }

func trimmed(text string, s span) span {
	line := text[s.start:s.end]
	s.start += len(line) - len(strings.TrimLeftFunc(line, unicode.IsSpace))
	s.end = s.start + len(strings.TrimSpace(line))
	return s
}

// groupBlocks makes blocks of lines between two empty ones.
func groupBlocks(text string, lines []span) []read.Block {
	width := wrapWidth(text, lines)
	var blocks []read.Block
	for i, l := range lines {
		if i > 0 && !read.StartsItem(text[l.start:l.end]) && wrapped(text, lines[i-1], l, width) {
			blocks[len(blocks)-1].End = l.end
			continue
		}
		kind := read.Paragraph
		if read.StartsItem(text[l.start:l.end]) {
			kind = read.ListItem
		}
		blocks = append(blocks, read.Block{Kind: kind, Start: l.start, End: l.end})
	}
	return blocks
}

// Lines are wrapped by hand or by a program at some width between these.
const minWrap, maxWrap = 30, 120

// wrapWidth is the length of the longest line, or 0 where lines are not
// wrapped: one that is longer than any page says that each is a paragraph.
func wrapWidth(text string, lines []span) int {
	var width int
	for _, l := range lines {
		n := utf8.RuneCountInString(text[l.start:l.end])
		if n > maxWrap {
			return 0
		}
		width = max(width, n)
	}
	if width < minWrap {
		return 0
	}
	return width
}

// wrapped reports whether a line ends because the first word of the next one
// had no room in it.
func wrapped(text string, line, next span, width int) bool {
	if width == 0 {
		return false
	}
	n := utf8.RuneCountInString(text[line.start:line.end])
	word, _, _ := strings.Cut(text[next.start:next.end], " ")
	return n <= maxWrap && n+1+utf8.RuneCountInString(word) > width
}
