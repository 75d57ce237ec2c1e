package render

import (
	"strings"

	"github.com/slack-go/slack"
)

// maxReason is the greatest length of a reason.
const maxReason = 2000

// ReasonModal asks why the answer to a question was rated bad. question and
// channel are IDs.
func ReasonModal(cat Catalogue, question, channel string) slack.ModalViewRequest {
	input := slack.NewPlainTextInputBlockElement(label(cat.WhyHint, 150), "reason").WithMultiline(true).WithMaxLength(maxReason)
	return slack.ModalViewRequest{Type: slack.VTModal, CallbackID: CallbackReason, PrivateMetadata: question + " " + channel,
		Title: label(cat.WhyTitle, 24), Submit: label(cat.Send, 24), Close: label(cat.Cancel, 24),
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewInputBlock("why", label(cat.Why, 150), nil, input)}}}
}

// ParseReason returns what was entered into a [ReasonModal].
func ParseReason(v slack.View) (question, channel, reason string) {
	question, channel, _ = strings.Cut(v.PrivateMetadata, " ")
	if v.State != nil {
		reason = Truncate(Sanitize(v.State.Values["why"]["reason"].Value), maxReason)
	}
	return question, channel, reason
}
