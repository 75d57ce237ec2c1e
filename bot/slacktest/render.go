package slacktest

func (r *renderer) blocks(blocks []Block) {
	for _, b := range blocks {
		r.block(b)
		r.line()
	}
}

func (r *renderer) block(b Block) {
	switch b.kind() {
	case "section", "header":
		r.element(b.sub("text"))
	case "divider":
		r.write("———")
	case "context", "actions", "context_actions":
		for i, e := range b.list("elements") {
			if i > 0 {
				r.write(" ")
			}
			r.element(e)
		}
	case "input":
		r.element(b.sub("label"))
		r.line()
		r.element(b.sub("element"))
	case "rich_text":
		r.richText(b)
	}
}

// element writes a text or a control.
func (r *renderer) element(e Block) {
	switch e.kind() {
	case "plain_text":
		r.lines(unescape(e.str("text")))
	case "mrkdwn":
		r.mrkdwn(e.str("text"))
	case "button":
		r.button(e, e)
	case "feedback_buttons":
		r.button(e, e.sub("positive_button"))
		r.button(e, e.sub("negative_button"))
	case "plain_text_input":
		r.control(e.sub("placeholder").str("text"), Control{ActionID: e.str("action_id")})
	}
}

// button writes an element of which one side is clicked.
func (r *renderer) button(e, side Block) {
	r.control(unescape(side.sub("text").str("text")), Control{ActionID: e.str("action_id"), Value: side.str("value")})
}
