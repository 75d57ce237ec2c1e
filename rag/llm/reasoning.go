package llm

import "strings"

// reasoningFilter leaves out what a model thinks before it answers, which models that
// reason write in front of the answer, <think>…</think>, where their server
// does not know better.
type reasoningFilter struct {
	// held is what may yet turn out to be a thought.
	held  string
	state int
}

const thinksOpen, thinksClose = "<think>", "</think>"

const (
	unknown  = iota // nothing but space so far, or the beginning of the mark
	thinking        // behind the mark
	over            // behind the thoughts; space is left out
	saying          // in the answer
)

// next takes a piece, and returns what of it, and of what was held, is said.
func (t *reasoningFilter) next(piece string) string {
	if t.state == saying {
		return piece
	}
	t.held += piece
	for {
		text := strings.TrimLeft(t.held, " \t\r\n")
		switch {
		case t.state == thinking:
			_, rest, ended := strings.Cut(t.held, thinksClose)
			if !ended {
				t.held = t.held[max(0, len(t.held)-len(thinksClose)):]
				return ""
			}
			t.held, t.state = rest, over
		case text == "":
			return ""
		case t.state == over:
			t.held, t.state = "", saying
			return text
		case strings.HasPrefix(text, thinksOpen):
			t.held, t.state = text[len(thinksOpen):], thinking
		case strings.HasPrefix(thinksOpen, text):
			return ""
		default:
			return t.rest()
		}
	}
}

// rest returns what was held where nothing more comes.
func (t *reasoningFilter) rest() string {
	said := t.held
	if t.state == thinking {
		said = ""
	}
	t.held, t.state = "", saying
	return said
}
