package slacktest

import (
	"fmt"
	"strings"
)

// renderer puts a rendering together.
type renderer struct {
	w      *Workspace
	parsed bool // bare @channel counts
	out    Rendering
	text   strings.Builder
	bold   bool
	// boldEnd is where the last bold run ends.
	boldEnd int
}

func (r *renderer) write(text string) {
	if r.bold && strings.TrimSpace(text) != "" {
		if n := len(r.out.Bold); n > 0 && r.boldEnd == r.text.Len() {
			r.out.Bold[n-1] += text
		} else {
			r.out.Bold = append(r.out.Bold, text)
		}
		r.boldEnd = r.text.Len() + len(text)
	}
	r.text.WriteString(text)
}

// lines writes text that may have line ends.
func (r *renderer) lines(text string) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			r.text.WriteByte('\n')
		}
		r.write(line)
	}
}

// line ends the line, unless nothing is on it.
func (r *renderer) line() {
	if r.text.Len() > 0 && !strings.HasSuffix(r.text.String(), "\n") {
		r.text.WriteByte('\n')
	}
}

func (r *renderer) problem(format string, args ...any) {
	r.out.Problems = append(r.out.Problems, fmt.Sprintf(format, args...))
}

func (r *renderer) link(url, label string) {
	r.out.Links = append(r.out.Links, Link{url, label})
	r.lines(label)
}

func (r *renderer) ping(id, shown string) {
	r.out.Pings = append(r.out.Pings, id)
	r.write("@" + shown)
}

// control puts a control behind what stands on the line.
func (r *renderer) control(label string, c Control) {
	r.out.Controls = append(r.out.Controls, c)
	if s := r.text.String(); s != "" && !strings.HasSuffix(s, " ") && !strings.HasSuffix(s, "\n") {
		r.write(" ")
	}
	r.write("[" + label + "]")
}

// mention writes the name of a user, a group ("@") or a channel ("#").
func (r *renderer) mention(sign, id string) {
	u, g, c := r.w.users[id], r.w.groups[id], r.w.channels[id]
	switch {
	case sign == "@" && u != nil:
		r.ping(id, u.RealName)
	case sign == "@" && g != nil:
		r.ping(id, g.Handle)
	case sign == "#" && c != nil:
		r.write("#" + c.Name)
	default:
		r.problem("mention of what is not there: %s", sign+id)
		r.write(sign + id)
	}
}
