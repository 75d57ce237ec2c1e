package eval

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"unicode/utf8"
)

// documentsName is what the file of documents of a set with gold units is called.
const documentsName = "docs.jsonl"

// documentLine is a line of docs.jsonl.
type documentLine struct {
	ID   string `json:"id"`
	Lang string `json:"lang"`
	Text string `json:"text"`
}

// unitLine is a line of a questions.jsonl whose answers are runs of the text of
// a document in docs.jsonl, in code points.
type unitLine struct {
	ID         string   `json:"id"`
	Document   string   `json:"doc"`
	Language   string   `json:"lang"`
	Question   string   `json:"question"`
	Kind       string   `json:"kind"`
	Register   string   `json:"register"`
	Answerable bool     `json:"answerable"`
	Units      [][2]int `json:"units"`
	// Contradicted and Refuted are the runs that deny what the question supposes.
	Contradicted [][2]int `json:"contradicted_by"`
	Refuted      [][2]int `json:"refuted_by"`
}

// loadUnits reads a folder of documents and questions with gold units.
func loadUnits(dir, name string) (Set, error) {
	documents := make(map[string]documentLine)
	path := filepath.Join(dir, documentsName)
	err := ReadLines(path, func(d documentLine) error {
		if _, twice := documents[d.ID]; twice || d.ID == "" {
			return fmt.Errorf("the document %q has no id or comes twice", d.ID)
		}
		documents[d.ID] = d
		return nil
	})
	if err != nil {
		return Set{}, err
	}
	var all questions
	view := View{Level: ByDocument, Answers: true, Judged: make(map[string]Judgments), Corpus: Corpus{Paths: []string{path}}}
	err = ReadLines(filepath.Join(dir, questionsName), func(l unitLine) error {
		d, known := documents[l.Document]
		if !known {
			return fmt.Errorf("the question %q is of no document of %s", l.ID, documentsName)
		}
		q, err := l.ask(d)
		if err != nil {
			return fmt.Errorf("the question %q: %w", l.ID, err)
		}
		q.Tags["set"] = name
		if err := all.add(q, `"id" and "question"`); err != nil {
			return err
		}
		view.Judged[l.ID] = make(Judgments)
		if l.Answerable {
			view.Judged[l.ID][l.Document] = 1
		}
		return nil
	})
	return Set{Questions: all.list, Views: []View{view}}, err
}

func (l unitLine) ask(d documentLine) (Question, error) {
	q := Question{ID: l.ID, Text: l.Question, Language: l.Language, Document: l.Document}
	q.Tags = tags("kind", l.Kind, "register", l.Register)
	q.Tags["lang"], q.Tags["crossed"] = l.Language, strconv.FormatBool(l.Language != d.Lang)
	q.Gold = &Gold{Unanswerable: !l.Answerable, Document: l.Document}
	var err error
	if l.Answerable == (len(l.Units) == 0) {
		return q, errors.New("what is answerable has units, and nothing else has")
	}
	if q.Gold.Units, err = d.units(l.Units); err != nil {
		return q, err
	}
	q.Gold.Denials, err = d.units(append(l.Contradicted, l.Refuted...))
	return q, err
}

// units are the runs of the document between offsets in code points.
func (d documentLine) units(runs [][2]int) ([]Unit, error) {
	var units []Unit
	for _, run := range runs {
		start, end := byteOffset(d.Text, run[0]), byteOffset(d.Text, run[1])
		if start < 0 || end <= start {
			return nil, fmt.Errorf("%v is no run of the document %s", run, d.ID)
		}
		units = append(units, Unit{Text: d.Text[start:end], Before: len(squeeze(d.Text[:start]).text)})
	}
	return units, nil
}

// byteOffset is where the nth code point begins or the text ends, -1 for
// neither.
func byteOffset(s string, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	if n != 0 {
		return -1
	}
	return at
}
