package prompts

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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
	// Language is the question's, a BCP 47 base language.
	Language string
	// Exchanges went before it, oldest first.
	Exchanges []Exchange
	Material
	// Tools is set where the model may look things up.
	Tools bool
}

// Material is what a model is shown of documents.
type Material struct {
	Passages []Passage
	// Seen are the numbers of passages that it was shown before, GoesOn is that of the
	// passage after which the document goes on, 0 for none.
	Seen   []int
	GoesOn int
	// Mark is on the lines that part the passages from everything else. It
	// must be one that no passage holds, so that none can end itself and go
	// on as if it were the operator.
	Mark string
}

// Exchange is a question of a conversation and its answer.
type Exchange struct {
	Question, Answer string
}

// Answer asks for an answer in claims and quotes, in the form that docent/rag
// parses.
func Answer(q Question) Prompt {
	return Prompt{System: render("answer.system", q.Language, q), User: render("answer.user", q.Language, q)}
}

// Passages shows a model more material.
func Passages(language string, m Material) string { return render("passages", language, m) }

// Failed is a claim that cannot be shown.
type Failed struct {
	N            int
	Text, Reason string
}

// Mend asks once more for claims that failed.
func Mend(language string, claims []Failed) string { return render("mend", language, claims) }

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

// Judge asks which statements their quotes bear.
func Judge(s Statements) Prompt {
	return Prompt{System: render("judge.system", s.Language, s), User: render("judge.user", s.Language, s)}
}

// Repair asks again for an answer that came in another form.
func Repair(language string) string { return render("repair", language, nil) }

// toModels are the templates that models read.
var toModels = []string{"answer.*", "judge.*", "mend.*", "passages.*", "repair.*"}

// Version names what models are told: it changes with every letter of it.
func Version() string {
	h := sha256.New()
	fmt.Fprintf(h, "%+v", Tools())
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
