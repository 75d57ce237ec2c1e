package converse

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"docent/rag"
	"docent/rag/lang"
)

// Message is what a message wants.
type Message struct {
	Intent rag.Intent
	// Language is the message's, "" where nothing tells it.
	Language string
	// Subject is what a question about the library or a document names: a subject, a
	// title, a language; "" for none.
	Subject string
	// Remark is set where a message only tells of somebody, and Courtesy is what it says
	// beside: rag.Thanks of "thanks, you saved my day".
	Remark   bool
	Courtesy rag.Intent
	// Questions are the bare questions, in order; none but for rag.AskIntent.
	Questions []Question
}

// Question is a bare question: nothing around it, and nothing of the conversation
// needed to understand it.
type Question struct {
	// Asked is the question without what stood around it, Text as it reads alone.
	Asked, Text string
	Language    string
}

// courtesies are the rules of what says something to somebody and asks nothing, those
// first that decide where a message has several.
var courtesies = []string{
	"thanks", "farewell", "apology", "phatic", "greeting", "opening", "frame", "acknowledgement", "please", "urgent", "exclamation",
}

// courtesyOf is what a message wants that is a courtesy of a rule of another name.
var courtesyOf = map[string]rag.Intent{
	"opening": rag.Invite, "frame": rag.Invite, "please": rag.Invite, "urgent": rag.Invite, "phatic": rag.Greeting, "exclamation": rag.SmallTalk,
}

// requests are what a message may want instead of an answer; there is a rule for each.
var requests = []rag.Intent{
	rag.Help, rag.CountDocuments, rag.OldestDocuments, rag.NewestDocuments, rag.Freshness, rag.ListDocuments, rag.DocumentsAbout,
	rag.Outline, rag.DocumentDate, rag.DocumentAuthor, rag.DocumentPlace, rag.Summary, rag.InLanguage, rag.Doubt, rag.MoreDetails, rag.SmallTalk,
}

// Read tells what a message wants. What is not clearly something else is a
// question. The language is that of the conversation, or the asker's, for a
// message that does not tell its own.
func Read(message, language string) Message {
	message = cleaned(message)
	r := &reader{}
	r.read(message)
	hasWords := len(r.bodies)+len(r.seen) > 0
	if !hasWords || !strings.ContainsFunc(message, unicode.IsLetter) && strings.ContainsAny(message, "+*/=×÷") {
		intent := rag.Acknowledgement
		if hasWords || strings.ContainsAny(message, "?？") {
			intent = rag.Unclear
		}
		return Message{Intent: intent, Language: language}
	}
	if len(r.bodies) == 0 {
		return r.courtesy(language)
	}
	if m, ok := r.request(language); ok {
		return m
	}
	m := Message{Intent: rag.AskIntent, Remark: r.put() == remarked}
	if m.Remark {
		m.Courtesy = r.courtesy(language).Intent
	}
	for _, q := range r.questions() {
		m.Questions = append(m.Questions, bare(q))
	}
	m.Language = cmp.Or(m.Questions[0].Language, language)
	return m
}

func bare(question string) Question {
	return Question{Asked: question, Text: question, Language: lang.DetectQuestion(question)}
}

// courtesy is a message of nothing else.
func (r *reader) courtesy(language string) Message {
	for _, rule := range courtesies {
		var by []string
		for _, s := range r.seen {
			if s.rule == rule {
				by = append(by, s.languages...)
			}
		}
		if len(by) > 0 {
			return Message{Intent: cmp.Or(courtesyOf[rule], rag.Intent(rule)), Language: among(by, language)}
		}
	}
	return Message{Intent: rag.Acknowledgement, Language: language}
}

// request is a message of one body that wants something else than an answer.
func (r *reader) request(language string) (m Message, ok bool) {
	if len(r.bodies) > 1 {
		return m, false
	}
	forms := []phrase{newPhrase(r.bodies[0].whole), newPhrase(r.bodies[0].text)}
	for _, intent := range requests {
		var by []string
		for _, g := range grammars() {
			for _, p := range forms {
				if s, ok := g.capture(string(intent), p); ok {
					by, m.Subject = append(by, g.language), cmp.Or(m.Subject, s)
				}
			}
		}
		if len(by) > 0 {
			m.Intent, m.Language = intent, among(by, language)
			m.Questions = []Question{bare(capitalized(r.bodies[0].text))}
			return m, true
		}
	}
	return m, false
}

// among is the language if it is one of those, else the first of them.
func among(languages []string, language string) string {
	if slices.Contains(languages, language) {
		return language
	}
	return languages[0]
}
