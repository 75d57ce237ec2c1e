package rag

// Intent is what a message wants. Everything but a question is answered without
// a search.
type Intent string

// The intents.
const (
	AskIntent Intent = "answer"

	Greeting        Intent = "greeting"
	Thanks          Intent = "thanks"
	Farewell        Intent = "farewell"
	Apology         Intent = "apology"
	Acknowledgement Intent = "acknowledgement"
	SmallTalk       Intent = "small_talk"
	// Help asks what docent is and does, Invite whether it may be asked something.
	Help   Intent = "help"
	Invite Intent = "invite"

	// ListDocuments, CountDocuments, NewestDocuments and Freshness ask about the
	// library as a whole, DocumentsAbout for its documents on a subject.
	ListDocuments   Intent = "documents"
	CountDocuments  Intent = "document_count"
	NewestDocuments Intent = "newest_documents"
	OldestDocuments Intent = "oldest_documents"
	Freshness       Intent = "freshness"
	DocumentsAbout  Intent = "documents_about"

	// These ask about one document.
	Summary        Intent = "summary"
	Outline        Intent = "outline"
	DocumentDate   Intent = "document_date"
	DocumentAuthor Intent = "document_author"
	DocumentPlace  Intent = "document_place"

	// These lean on the answer before.
	MoreDetails Intent = "more"
	Doubt       Intent = "doubt"
	InLanguage  Intent = "in_language"

	// Unclear leans on something that was not said, OffTopic is a question that
	// shares nothing with the documents.
	Unclear  Intent = "unclear"
	OffTopic Intent = "off_topic"
)

// IsCourtesy reports whether the intent needs no more than a line.
func (i Intent) IsCourtesy() bool {
	switch i {
	case Greeting, Thanks, Farewell, Apology, Acknowledgement, SmallTalk, Help, Invite, Unclear:
		return true
	}
	return false
}
