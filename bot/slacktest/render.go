package slacktest

import (
	"fmt"
	"strings"
)

// Render resolves a message the way its reader sees it.
func (w *Workspace) Render(m Message) Rendering {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := &pageMaker{w: w, parsed: m.Parsed}
	p.tasks(m.Tasks)
	switch {
	case m.Markdown != "" || len(m.Blocks) == 0:
		p.markdown(m.Markdown)
		p.line()
	default:
		p.fallback(m.Text)
	}
	if len(m.Blocks) == 0 {
		p.mrkdwn(m.Text)
		p.line()
	}
	p.blocks(m.Blocks)
	for _, f := range m.Files {
		p.write("📎 " + f.Title)
		p.line()
	}
	if m.Stream == StreamExpired {
		p.problem("the stream broke off")
	}
	return p.done()
}

// RenderView resolves a modal or a home tab.
func (w *Workspace) RenderView(v View) Rendering {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := &pageMaker{w: w, held: v.state}
	if v.Title != "" {
		p.with(func(x *Piece) { x.Heading = true }, func() { p.write(v.Title) })
		p.line()
	}
	p.blocks(v.Blocks)
	for block, message := range v.Errors {
		p.write(fmt.Sprintf("(%s: %s)", block, message))
		p.line()
	}
	if v.Submit != "" {
		p.place(Control{Kind: "submit", Label: v.Submit})
	}
	return p.done()
}

// fallback looks at the text beside blocks, which only notifications show: it
// can still notify.
func (p *pageMaker) fallback(text string) {
	other := &pageMaker{w: p.w, parsed: p.parsed}
	other.mrkdwn(text)
	p.r.Pings = append(p.r.Pings, other.r.Pings...)
	for _, problem := range other.r.Problems {
		p.problem("in the fallback text: %s", problem)
	}
}

func (p *pageMaker) tasks(tasks []Task) {
	marks := map[string]string{"complete": "✓", "error": "✗", "in_progress": "…", "pending": "·"}
	for _, t := range tasks {
		p.write(strings.TrimSpace(marks[t.Status] + " " + t.Title))
		p.line()
		for _, more := range []string{t.Details, t.Output} {
			p.with(func(x *Piece) { x.Small = true }, func() { p.markdown(more) })
			p.line()
		}
	}
}

func (p *pageMaker) blocks(blocks []Block) {
	for _, b := range blocks {
		p.block = b.str("block_id")
		p.one(b)
		p.line()
	}
}

func (p *pageMaker) one(b Block) {
	switch b.kind() {
	case "section":
		p.textObject(b.sub("text"))
		for _, f := range b.list("fields") {
			p.line()
			p.textObject(f)
		}
		p.element(b.sub("accessory"))
	case "header":
		p.with(func(x *Piece) { x.Heading = true }, func() { p.textObject(b.sub("text")) })
	case "divider":
		p.write("———")
	case "context":
		p.with(func(x *Piece) { x.Small = true }, func() { p.inline(b) })
	case "actions", "context_actions":
		p.inline(b)
	case "image":
		p.element(b)
	case "input":
		p.textObject(b.sub("label"))
		p.line()
		p.element(b.sub("element"))
	case "markdown":
		p.markdown(b.str("text"))
	case "rich_text":
		p.richText(b)
	case "table":
		p.table(b)
	default:
		p.nested(b)
	}
}

// nested are the blocks that have others inside.
func (p *pageMaker) nested(b Block) {
	switch b.kind() {
	case "container":
		p.with(func(x *Piece) { x.Bold = true }, func() { p.textObject(b.sub("title")) })
		p.richText(b.sub("rich_text_title"))
		p.line()
		p.blocks(b.list("child_blocks"))
	case "plan":
		p.write(b.str("title"))
		for _, t := range b.list("tasks") {
			p.line()
			p.card(t)
		}
	case "task_card":
		p.card(b)
	case "alert":
		p.textObject(b.sub("text"))
	default:
		p.write("(" + b.kind() + ")")
	}
}

func (p *pageMaker) card(b Block) {
	p.write(b.str("title"))
	for _, field := range []string{"details", "output"} {
		if inner := b.sub(field); inner != nil {
			p.line()
			p.richText(inner)
		}
	}
	for _, s := range b.list("sources") {
		p.line()
		p.link(s.str("url"), s.str("text"))
	}
}

// inline writes elements on one line.
func (p *pageMaker) inline(b Block) {
	for i, e := range b.list("elements") {
		if i > 0 {
			p.write(" ")
		}
		p.element(e)
	}
}

func (p *pageMaker) textObject(t Block) {
	if t.kind() == "mrkdwn" {
		p.mrkdwn(t.str("text"))
		return
	}
	p.write(unescape(t.str("text")))
}

// element writes a text, an image or a control.
func (p *pageMaker) element(e Block) {
	switch e.kind() {
	case "":
	case "plain_text", "mrkdwn":
		p.textObject(e)
	case "image":
		p.write("(" + e.str("alt_text") + ")")
		if url := e.str("image_url"); url != "" {
			p.r.Links = append(p.r.Links, Link{url, e.str("alt_text")})
		}
	case "feedback_buttons":
		for _, side := range []string{"positive_button", "negative_button"} {
			p.control(e, e.sub(side))
		}
	default:
		p.control(e, e)
	}
}

// control writes an interactive element; what it says and stands for is in
// said, which is a part of it for feedback buttons.
func (p *pageMaker) control(e, said Block) {
	label := said.sub("text").str("text")
	if label == "" {
		label = e.sub("placeholder").str("text")
	}
	c := Control{
		Kind: e.kind(), BlockID: p.block, ActionID: e.str("action_id"), Value: said.str("value"), Label: unescape(label),
		URL: said.str("url"), Many: e.flag("multiline") || strings.HasPrefix(e.kind(), "multi_") || e.kind() == "checkboxes",
	}
	if typed := p.typed(c); typed != "" {
		c.Value = typed
	}
	for _, o := range e.list("options") {
		c.Options = append(c.Options, Option{unescape(o.sub("text").str("text")), o.str("value")})
	}
	p.place(c)
}

// typed is what a field of a view holds.
func (p *pageMaker) typed(c Control) string {
	actions, _ := p.held[c.BlockID].(map[string]any)
	held, _ := actions[c.ActionID].(object)
	text, _ := held["value"].(string)
	return text
}

// place puts a control behind what stands on the line.
func (p *pageMaker) place(c Control) {
	if c.URL != "" {
		p.r.Links = append(p.r.Links, Link{c.URL, c.Label})
	}
	p.r.Controls = append(p.r.Controls, c)
	shown := "[" + c.Label + "]"
	for _, o := range c.Options {
		shown += " (" + o.Label + ")"
	}
	if n := len(p.r.Pieces); n > 0 && !strings.HasSuffix(p.r.Pieces[n-1].Text, " ") && p.r.Pieces[n-1].Text != "\n" {
		p.write(" ")
	}
	p.with(func(x *Piece) { x.Control = &c }, func() { p.write(shown) })
}

func (p *pageMaker) table(b Block) {
	rows, _ := b["rows"].([]any)
	for _, row := range rows {
		cells, _ := row.([]any)
		for i, cell := range cells {
			if i > 0 {
				p.write(" | ")
			}
			if m, ok := cell.(map[string]any); ok {
				p.cell(m)
			}
		}
		p.line()
	}
}

func (p *pageMaker) cell(c Block) {
	if c.kind() == "rich_text" {
		p.richText(c)
		return
	}
	p.write(c.str("text"))
}
