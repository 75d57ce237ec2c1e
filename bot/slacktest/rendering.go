package slacktest

import (
	"fmt"
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
	// Links are all that can be followed, buttons with a URL among them.
	Links []Link
	// Controls are what can be clicked or filled in.
	Controls []Control
	// Problems are what a reader would stumble over: mentions of nobody, markup
	// that shows as such, escapes that show, characters that turn the text.
	Problems []string
	// Pieces are the runs that Text is made of, with their looks.
	Pieces []Piece
}

// Link is an address and what a reader sees of it.
type Link struct{ URL, Label string }

// Control is an interactive element.
type Control struct {
	Kind     string // the element's type, such as "button", or "submit" of a modal
	BlockID  string
	ActionID string
	Value    string // of a button, or what is typed in a field
	Label    string
	URL      string
	Options  []Option // of selects, radio buttons and such
	Many     bool     // several lines, or several options
}

// Option is one choice of a control.
type Option struct{ Label, Value string }

// Piece is a run of text of one look. Text "\n" ends a line.
type Piece struct {
	Text                              string
	Bold, Italic, Strike, Code, Quote bool
	Heading, Small                    bool
	URL                               string
	Ping                              string
	Control                           *Control
}

// Foreign are the links that start with none of the given prefixes.
func (r Rendering) Foreign(own ...string) []Link {
	return slices.DeleteFunc(slices.Clone(r.Links), func(l Link) bool {
		return slices.ContainsFunc(own, func(prefix string) bool { return strings.HasPrefix(l.URL, prefix) })
	})
}

// pageMaker puts a rendering together.
type pageMaker struct {
	w      *Workspace
	parsed bool // bare @channel counts
	look   Piece
	r      Rendering
	block  string
	held   map[string]any // what is filled in, by block and action
}

func (p *pageMaker) write(text string) {
	if text == "" {
		return
	}
	piece := p.look
	piece.Text = text
	p.r.Pieces = append(p.r.Pieces, piece)
}

// line ends the line, unless nothing is on it.
func (p *pageMaker) line() {
	if n := len(p.r.Pieces); n > 0 && p.r.Pieces[n-1].Text != "\n" {
		p.newline()
	}
}

func (p *pageMaker) newline() {
	p.r.Pieces = append(p.r.Pieces, Piece{Text: "\n", Quote: p.look.Quote})
}

// with writes with another look.
func (p *pageMaker) with(change func(*Piece), f func()) {
	before := p.look
	change(&p.look)
	f()
	p.look = before
}

func (p *pageMaker) problem(format string, args ...any) {
	p.r.Problems = append(p.r.Problems, fmt.Sprintf(format, args...))
}

func (p *pageMaker) link(url, label string) {
	p.r.Links = append(p.r.Links, Link{url, label})
	p.with(func(x *Piece) { x.URL = url }, func() { p.write(label) })
}

func (p *pageMaker) ping(id, shown string) {
	p.r.Pings = append(p.r.Pings, id)
	p.with(func(x *Piece) { x.Ping = id }, func() { p.write(shown) })
}

// user writes a mention of a user.
func (p *pageMaker) user(id string) {
	u := p.w.users[id]
	if u == nil {
		p.problem("mention of nobody: %s", id)
		p.write("@" + id)
		return
	}
	p.ping(id, "@"+u.RealName)
}

func (p *pageMaker) channel(id string) {
	c := p.w.channels[id]
	if c == nil {
		p.problem("mention of no channel: %s", id)
		p.write("#" + id)
		return
	}
	p.write("#" + orDefault(c.Name, "private"))
}

func (p *pageMaker) group(id string) {
	g := p.w.groups[id]
	if g == nil {
		p.problem("mention of no group: %s", id)
		p.write("@" + id)
		return
	}
	p.ping(id, "@"+g.Handle)
}

// done joins the pieces and looks at the whole.
func (p *pageMaker) done() Rendering {
	var text strings.Builder
	for i, piece := range p.r.Pieces {
		text.WriteString(piece.Text)
		if piece.Bold && strings.TrimSpace(piece.Text) != "" {
			if i > 0 && p.r.Pieces[i-1].Bold && len(p.r.Bold) > 0 {
				p.r.Bold[len(p.r.Bold)-1] += piece.Text
			} else {
				p.r.Bold = append(p.r.Bold, piece.Text)
			}
		}
	}
	p.r.Text = strings.TrimSpace(text.String())
	for _, entity := range []string{"&lt;", "&gt;", "&amp;"} {
		if strings.Contains(p.r.Text, entity) {
			p.problem("an escape shows: %s", entity)
		}
	}
	for _, c := range p.r.Text {
		if unicode.Is(unicode.Bidi_Control, c) && c != '\u200e' && c != '\u200f' || unicode.IsControl(c) && c != '\n' && c != '\t' {
			p.problem("control character %U", c)
		}
	}
	return p.r
}
