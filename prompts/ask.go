package prompts

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
)

// Prompt is what a language model is told: System comes from the operator, User
// holds the question and the material.
type Prompt struct {
	System, User string
}

// Passage is a piece of evidence as a model sees it.
type Passage struct {
	// N is the number that quotes name it by.
	N int
	// Place says where it stands: title, headings, date. "" for nowhere.
	Place string
	Text  string
}

// Question is a question with the evidence that it is answered from.
type Question struct {
	Question string
	// Language is the answer's, a BCP 47 base language.
	Language string
	Passages []Passage
	// Mark is on the lines that part the passages from everything else. It
	// must be one that no passage holds, so that none can end itself and go
	// on as if it were the operator.
	Mark string
}

// Answer asks for an answer in claims and quotes, in the form that docent/rag
// parses.
func Answer(q Question) Prompt {
	data := q
	data.Language = languageName(q.Language, q.Language)
	return Prompt{System: render("answer.system", q.Language, data), User: render("answer.user", q.Language, data)}
}

// Rerank asks for the numbers of the passages that help to answer, best first.
func Rerank(q Question) Prompt {
	return Prompt{System: render("rerank.system", q.Language, q), User: render("answer.user", q.Language, q)}
}

// Statement is a claim of an answer with the quotes that are said to bear it.
type Statement struct {
	// N is the number that it is judged by.
	N      int
	Text   string
	Quotes []string
}

// Statements are the claims of an answer. Mark is as in Question.
type Statements struct {
	Language   string
	Mark       string
	Statements []Statement
}

// Judge asks which statements their quotes bear, a line for each: "1: yes".
func Judge(s Statements) Prompt {
	return Prompt{System: render("judge.system", s.Language, s), User: render("judge.user", s.Language, s)}
}

// Repair asks again for an answer that came in another form.
func Repair(language string) string { return render("repair", language, nil) }

// Exchange is a question of a conversation and its answer.
type Exchange struct {
	Question, Answer string
}

// Conversation is a question with what went before, oldest first.
type Conversation struct {
	Language  string
	Exchanges []Exchange
	Question  string
}

// Condense asks for the last question of a conversation as one that stands on
// its own.
func Condense(c Conversation) Prompt {
	return Prompt{System: render("condense.system", c.Language, c), User: render("condense.user", c.Language, c)}
}

// Translate asks for a question of one language in others, a line for each:
// "en: Who signs?".
func Translate(language, question string, into []string) Prompt {
	type target struct{ Code, Name string }
	var data struct{ Into []target }
	for _, code := range into {
		data.Into = append(data.Into, target{code, languageName(language, code)})
	}
	return Prompt{System: render("translate.system", language, data), User: question}
}

// languageName names a language in the language of the prompt.
func languageName(in, code string) string {
	names := map[string]string{"fr": "French", "en": "English", "de": "German", "es": "Spanish", "it": "Italian"}
	if in == "fr" {
		names = map[string]string{"fr": "français", "en": "anglais", "de": "allemand", "es": "espagnol", "it": "italien"}
	}
	if name, ok := names[code]; ok {
		return name
	}
	if in == "fr" {
		return "la langue de la question"
	}
	return "the language of the question"
}

// toModels are the templates that models read.
var toModels = []string{"answer.*", "condense.*", "judge.*", "repair.*", "rerank.*", "translate.*"}

// Version names what models are told: it changes with every letter of it.
func Version() string {
	h := sha256.New()
	for _, pattern := range toModels {
		names, err := fs.Glob(files, pattern)
		if err != nil {
			panic("find " + pattern + ": " + err.Error()) // a constant pattern is right or wrong for ever
		}
		for _, name := range names {
			text, err := fs.ReadFile(files, name)
			if err != nil {
				panic("read " + name + ": " + err.Error()) // it is compiled in
			}
			h.Write([]byte(name + "\x00" + string(text) + "\x00"))
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}
