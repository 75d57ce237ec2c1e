package read

import (
	"strings"
	"unicode/utf8"

	"docent/rag/lang"
)

// endsAsking reports whether a text ends in a question mark, perhaps within
// quotes or brackets.
func endsAsking(text string) bool {
	text = strings.TrimRight(text, " \u00a0\u202f»”\")*")
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune("?？؟", r)
}

// longestQuestion is how many characters a line that only asks has at most.
const longestQuestion = 200

// Asks reports whether a line does nothing but ask: one sentence, and no more
// than a line or two of it.
func Asks(line string) bool {
	return endsAsking(line) && utf8.RuneCountInString(line) <= longestQuestion && len(lang.Sentences(line)) == 1
}

// nearQuestion is how many blocks further on the next question of an FAQ stands.
const nearQuestion = 6

// markQuestions makes Questions of the paragraphs of a document that do nothing
// but ask, where they alternate with their answers as in an FAQ: one alone may
// as well ask its reader.
func markQuestions(text string, blocks []Block) {
	asking := make([]bool, len(blocks))
	for i, b := range blocks {
		asking[i] = (b.Kind == Paragraph || b.Kind == ListItem) && Asks(text[b.Start:b.End])
	}
	last := -nearQuestion - 1
	for i := range blocks {
		if blocks[i].Kind == Question {
			last = i
		}
		if !asking[i] || !answered(blocks, asking, i) {
			continue
		}
		if i-last <= nearQuestion {
			becomeQuestion(&blocks[last])
			becomeQuestion(&blocks[i])
		}
		last = i
	}
}

func becomeQuestion(b *Block) { b.Kind, b.Level = Question, 0 }

// answered reports whether something follows that may answer block i.
func answered(blocks []Block, asking []bool, i int) bool {
	if i+1 == len(blocks) || asking[i+1] {
		return false
	}
	switch next := blocks[i+1].Kind; next {
	case Heading, Question, Furniture, Quoted:
		return false
	default:
		return blocks[i].Kind != ListItem || next == Paragraph
	}
}

// askedAfter says of each block whether the next question or quote of its section
// is near: no more than some blocks away but for items, rows and code.
func askedAfter(blocks []Block) []bool {
	after := make([]bool, len(blocks))
	away := nearQuestion + 1
	for i := len(blocks) - 1; i >= 0; i-- {
		after[i] = away <= nearQuestion
		switch blocks[i].Kind {
		case Heading:
			away = nearQuestion + 1
		case Question, Quoted:
			away = 0
		case ListItem, TableRow, Code, Furniture:
		default:
			away++
		}
	}
	return after
}
