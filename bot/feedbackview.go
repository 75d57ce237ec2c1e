package bot

import (
	"strings"

	"github.com/slack-go/slack"
)

// maxReason is the length of a reason.
const maxReason = 2000

// reasonModal asks why the answer to a question in a channel is bad.
func reasonModal(w words, question, channel string) slack.ModalViewRequest {
	input := slack.NewPlainTextInputBlockElement(label(w.whyHint, 150), "reason").WithMultiline(true).WithMaxLength(maxReason)
	return slack.ModalViewRequest{Type: slack.VTModal, CallbackID: callbackReason, PrivateMetadata: question + " " + channel,
		Title: label(w.whyTitle, 24), Submit: label(w.send, 24), Close: label(w.cancel, 24),
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewInputBlock("why", label(w.why, 150), nil, input)}}}
}

// submittedReason returns what was entered into reasonModal.
func submittedReason(v slack.View) (question, channel, reason string) {
	question, channel, _ = strings.Cut(v.PrivateMetadata, " ")
	if v.State != nil {
		reason = cut(plain(v.State.Values["why"]["reason"].Value), maxReason)
	}
	return question, channel, reason
}
