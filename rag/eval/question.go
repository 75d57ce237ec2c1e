package eval

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
)

// Question is one question of a set.
type Question struct {
	ID, Text, Language string
	// Document is the one that the question is asked of, as its set calls it, or
	// "".
	Document string
	// Tags are what else the set says of the question in a word: where it is
	// from, what kind it is. Figures are also given for each of their values.
	Tags map[string]string
	// Gold is nil where nothing is known of the answer.
	Gold *Gold
}

// Gold is what is known of a question's answer.
type Gold struct {
	// Answers are the accepted ones, each a few words.
	Answers      []string
	Unanswerable bool
	// Document is the one that the answer stands in, "" when unknown, and
	// Pages its pages.
	Document string
	Pages    []int
	// Evidence is passages that say so.
	Evidence []string
	// Units are the runs of Question.Document that answer, each by itself or, with
	// All, only together. Denials are those that contradict what an unanswerable
	// question supposes.
	Units, Denials []Unit
	All            bool
	// KeyFacts must all match the answer.
	KeyFacts []*regexp.Regexp
}

// readQueries reads a queries.jsonl: "_id", "text", "lang", and tags.
func readQueries(path string) ([]Question, error) {
	var all questions
	err := ReadLines(path, func(fields map[string]any) error {
		q := Question{Tags: make(map[string]string)}
		for name, value := range fields {
			q.set(name, value)
		}
		return all.add(q, `"_id" and "text"`)
	})
	return all.list, err
}

// questions are those of a set that is being read.
type questions struct {
	list  []Question
	known map[string]bool
}

// add adds a question that has what it needs, its ID and text, and is a new one.
func (s *questions) add(q Question, needs string) error {
	switch {
	case q.ID == "" || q.Text == "":
		return errors.New("a question needs " + needs)
	case s.known[q.ID]:
		return fmt.Errorf("the question %q comes twice", q.ID)
	case s.known == nil:
		s.known = make(map[string]bool)
	}
	s.known[q.ID] = true
	s.list = append(s.list, q)
	return nil
}

func (q *Question) set(name string, value any) {
	switch value := value.(type) {
	case string:
		switch name {
		case "_id":
			q.ID = value
		case "text":
			q.Text = value
		case "lang":
			q.Language = value
			q.Tags[name] = value
		default:
			q.Tags[name] = value
		}
	case bool:
		if name != "unanswerable" { // its figures are the refusals
			q.Tags[name] = fmt.Sprint(value)
		}
	}
}

// answerLine is a line of answers.jsonl.
type answerLine struct {
	ID           string   `json:"_id"`
	Answers      []string `json:"answers"`
	Unanswerable bool     `json:"unanswerable"`
	Document     string   `json:"doc"`
	// Near is the document of an unanswerable question that it is about.
	Near     string         `json:"near_doc"`
	Pages    []int          `json:"pages"`
	Evidence []evidenceText `json:"evidence"`
	KeyFacts []string       `json:"key_facts"`
}

// evidenceText is a string, or an object with a "text"; other objects say
// nothing that could be looked for.
type evidenceText string

func (e *evidenceText) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		return json.Unmarshal(data, (*string)(e))
	}
	var object struct{ Text string }
	err := json.Unmarshal(data, &object)
	*e = evidenceText(object.Text)
	return err
}

func (l answerLine) gold() (*Gold, error) {
	g := &Gold{Answers: l.Answers, Unanswerable: l.Unanswerable, Document: l.Document, Pages: l.Pages}
	for _, e := range l.Evidence {
		if e != "" {
			g.Evidence = append(g.Evidence, string(e))
		}
	}
	for _, k := range l.KeyFacts {
		fact, err := regexp.Compile("(?i)" + k)
		if err != nil {
			return nil, fmt.Errorf("key fact of %q: %w", l.ID, err)
		}
		g.KeyFacts = append(g.KeyFacts, fact)
	}
	return g, nil
}

// addAnswers gives the questions the gold of an answers.jsonl, if there is one.
func addAnswers(path string, questions []Question) error {
	known := make(map[string]Question)
	err := ReadLines(path, func(l answerLine) error {
		g, err := l.gold()
		known[l.ID] = Question{Gold: g, Document: cmp.Or(l.Document, l.Near)}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for i, q := range questions {
		questions[i].Gold, questions[i].Document = known[q.ID].Gold, known[q.ID].Document
	}
	return nil
}
