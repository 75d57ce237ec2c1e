package slacktest

import (
	"slices"
	"strings"
	"unicode"
)

// Rendering is a message or a view as its reader meets it.
type Rendering struct {
	// Text is all that is read, one block below the other: names in place of
	// mentions, labels in place of links, no markup. Controls stand as [label].
	Text string
	// Bold are the runs that stand out.
	Bold []string
	// Pings are those whom the message notifies: user and group IDs, and
	// "channel", "here" and "everyone".
	Pings []string
	// Links are all that can be followed.
	Links []Link
	// Controls are what can be clicked or filled in.
	Controls []Control
	// Problems are what a reader would stumble over: mentions of nobody, markup
	// that shows as such, escapes that show, characters that turn the text.
	Problems []string
}

// Link is an address and what a reader sees of it.
type Link struct{ URL, Label string }

// Control is an interactive element.
type Control struct{ ActionID, Value string }

// Foreign are the links that start with none of the given prefixes.
func (r Rendering) Foreign(own ...string) []Link {
	return slices.DeleteFunc(slices.Clone(r.Links), func(l Link) bool {
		return slices.ContainsFunc(own, func(prefix string) bool { return strings.HasPrefix(l.URL, prefix) })
	})
}

// Render resolves a message the way its reader sees it.
func (w *Workspace) Render(m Message) Rendering {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := &renderer{w: w, parsed: m.Parsed}
	r.markdown(m.Markdown)
	r.line()
	if len(m.Blocks) == 0 {
		r.mrkdwn(m.Text)
	} else {
		r.fallback(m.Text)
	}
	r.blocks(m.Blocks)
	if m.Stream == StreamExpired {
		r.problem("the stream broke off")
	}
	return r.done()
}

// RenderView resolves a modal or a home tab.
func (w *Workspace) RenderView(v View) Rendering {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := &renderer{w: w}
	r.write(v.Title)
	r.line()
	r.blocks(v.Blocks)
	if v.Submit != "" {
		r.control(v.Submit, Control{})
	}
	return r.done()
}

// fallback looks at the text beside blocks, which only notifications show: it
// can still notify.
func (r *renderer) fallback(text string) {
	other := &renderer{w: r.w, parsed: r.parsed}
	other.mrkdwn(text)
	r.out.Pings = append(r.out.Pings, other.out.Pings...)
	for _, problem := range other.out.Problems {
		r.problem("in the fallback text: %s", problem)
	}
}

// done looks at the whole.
func (r *renderer) done() Rendering {
	r.out.Text = strings.TrimSpace(r.text.String())
	for _, entity := range []string{"&lt;", "&gt;", "&amp;"} {
		if strings.Contains(r.out.Text, entity) {
			r.problem("an escape shows: %s", entity)
		}
	}
	for _, c := range r.out.Text {
		if unicode.Is(unicode.Bidi_Control, c) && c != '\u200e' && c != '\u200f' || unicode.IsControl(c) && c != '\n' && c != '\t' {
			r.problem("control character %U", c)
		}
	}
	return r.out
}
