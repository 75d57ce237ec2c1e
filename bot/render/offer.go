package render

import (
	"fmt"

	"github.com/slack-go/slack"
)

// Offer asks whether to add a file that a user shared.
func Offer(cat Catalogue, file, name, user string) Message {
	m := Notice(fmt.Sprintf(cat.ConfirmAdd, Truncate(OneLine(name), 120)))
	value := offerValue(file, user)
	add := button(ActionAdd, value, cat.Add)
	add.Style = slack.StylePrimary
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", add, button(ActionKeepOut, value, cat.Cancel)))
	return m
}
