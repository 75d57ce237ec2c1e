package prompts

// Courtesy is the line that answers a message of a kind that asks nothing of the
// documents: "greeting", "thanks", "help" and so on, as rag.Intent names them.
func Courtesy(language, kind string) string { return render("courtesy", language, kind) }

// OffTopic is the line for a question that shares nothing with the documents.
func OffTopic(language string, s Search) string { return render("off_topic", language, s) }

// Understood says how a question was read that leaned on those before it.
func Understood(language, question string) string { return render("understood", language, question) }

// Listing is what is said of documents above their names.
type Listing struct {
	// Kind is what was asked, as rag.Intent names it.
	Kind string
	// Documents is how many there are in all, Shown how many are named, Matching
	// how many are on the Subject.
	Documents, Shown, Matching int
	Subject                    string
	// Date is the newest document's, as it is written in its language; "" where none
	// has one.
	Date string
}

// Documents introduces documents of the library, or says that there are none.
func Documents(language string, l Listing) string { return render("documents", language, l) }

// DocumentFact is what the library knows of one document.
type DocumentFact struct {
	Kind, Title, Value string
}

// Document tells it.
func Document(language string, f DocumentFact) string { return render("document", language, f) }
