package bot

import (
	"fmt"

	"github.com/slack-go/slack"
)

// offerMessage offers to add a file that a user shared.
func offerMessage(w words, file, name, user string) message {
	m := notice(fmt.Sprintf(w.confirmAdd, cut(line(name), 120)))
	value := offerValue(file, user)
	add := button(actionAdd, value, w.add)
	add.Style = slack.StylePrimary
	m.blocks = append(m.blocks, slack.NewActionBlock("", add, button(actionKeepOut, value, w.cancel)))
	return m
}
