package render

import "strings"

// Action IDs of buttons, and callback IDs of modals and shortcuts. The shortcuts
// are declared in the app's manifest.
const (
	ActionPassage  = "passage_" // and the number of the citation
	ActionShare    = "share"
	ActionUnfollow = "unfollow"
	ActionFeedback = "feedback"
	ActionAdd      = "add_file"
	ActionKeepOut  = "keep_out"

	CallbackReason = "feedback_reason"
	CallbackAsk    = "ask_about_message"
	CallbackAdd    = "add_from_message"
)

// offerValue is the value of the buttons of an [Offer]. Slack shows a value to
// nobody and returns it with the click.
func offerValue(file, user string) string { return file + " " + user }

// ParseOffer returns the ID of the file that a button offers to add, and of the
// user who shared it.
func ParseOffer(value string) (file, user string) {
	file, user, _ = strings.Cut(value, " ")
	return file, user
}

func ratingValue(question string, good bool) string {
	return question + map[bool]string{true: ":+", false: ":-"}[good]
}

// ParseRating returns the ID of the question whose answer a button rates.
func ParseRating(value string) (question string, good bool) {
	question, rating, _ := strings.Cut(value, ":")
	return question, rating == "+"
}
