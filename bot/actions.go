package bot

import "strings"

// What can be clicked, by the beginning of its action, and the modals and
// shortcuts by their callback.
const (
	actionPassage  = "passage_"
	actionShare    = "share"
	actionUnfollow = "unfollow"
	actionFeedback = "feedback"
	actionAdd      = "add_file"
	actionKeepOut  = "keep_out"

	callbackReason = "feedback_reason"
	callbackAsk    = "ask_about_message"
	callbackAdd    = "add_from_message"
)

// A value names what a button is for. Slack shows it to nobody, and hands it
// back when the button is clicked.

func offerValue(file, user string) string { return file + " " + user }

// parseOffer returns the file that a button offers to add, and whose it is.
func parseOffer(value string) (file, user string) {
	file, user, _ = strings.Cut(value, " ")
	return file, user
}

func ratingValue(question string, good bool) string {
	return question + map[bool]string{true: ":+", false: ":-"}[good]
}

// parseRating returns the question that a button rates.
func parseRating(value string) (question string, good bool) {
	question, rating, _ := strings.Cut(value, ":")
	return question, rating == "+"
}
