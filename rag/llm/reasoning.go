package llm

import "strings"

// reasoningFilter leaves out what a model thinks before it answers, which models that
// reason write in front of the answer, <think>…</think>, where their server
// does not know better.
type reasoningFilter struct {
	// held is what may yet turn out to be a thought, or behind one.
	held string
	said bool
}

const thinksOpen, thinksClose = "<think>", "</think>"

// next takes a piece, and returns what of it, and of what was held, is said.
func (t *reasoningFilter) next(piece string, last bool) string {
	if t.said {
		return piece
	}
	t.held += piece
	text := strings.TrimLeft(t.held, " \t\r\n")
	thought, thinks := strings.CutPrefix(text, thinksOpen)
	if !thinks {
		if t.said = last || text != "" && !strings.HasPrefix(thinksOpen, text); !t.said {
			return ""
		}
		return t.held
	}
	_, answer, over := strings.Cut(thought, thinksClose)
	if !over { // of a long thought the end is enough
		t.held = thinksOpen + thought[max(0, len(thought)-len(thinksClose)):]
		return ""
	}
	answer = strings.TrimLeft(answer, " \t\r\n")
	t.said = answer != ""
	return answer
}
