package prompts

// Tool is what a model may call, as it is told of it.
type Tool struct {
	Name, Does string
	Parameters []Parameter
}

// Parameter is one of a tool's.
type Parameter struct {
	Name, Is string
	Required bool
}

// Tools are those of a model that answers from documents.
func Tools() []Tool {
	return []Tool{
		{"search", "Finds passages by words and by meaning. Try other words, names and headings that you have read, and the language of the documents.", []Parameter{
			{"query", "what to look for, in a few words or as a question", true},
			{"document", "look in this document only, by its name such as d3", false},
			{"space", "look in this space only", false},
		}},
		{"read", "Reads a document from its beginning, or on from a passage.", []Parameter{
			{"document", "the document's name, such as d3", false},
			{"from", "the number of the passage to read on from", false},
		}},
		{"list_documents", "Lists documents by title, date and place.", []Parameter{
			{"filter", "words of the titles, names, languages or years wanted; all without", false},
		}},
	}
}
