package eval

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
)

// questionLine is a line of a question file: the question with its evidence.
type questionLine struct {
	answerLine
	PlainID  string `json:"id"`
	Question string `json:"question"`
	Text     string `json:"text"`
	Lang     string `json:"lang"`
	Language string `json:"language"`
	Type     string `json:"type"`
	Register string `json:"register"`
	// Document is the file that the question is asked of, and its evidence then
	// what of its text answers.
	Document string `json:"document"`
	// All says that it takes every piece of evidence to answer.
	All    bool   `json:"all"`
	Answer string `json:"answer"`
	// Either says that the documents do not answer, as "unanswerable" does.
	Answerable *bool  `json:"answerable"`
	Status     string `json:"status"`
	// Quote is short for one piece of evidence.
	Quote string `json:"quote"`
}

func (l questionLine) question() (Question, error) {
	q := Question{ID: cmp.Or(l.ID, l.PlainID), Text: cmp.Or(l.Question, l.Text), Language: cmp.Or(l.Lang, l.Language)}
	if q.ID == "" || q.Text == "" {
		return q, errors.New(`a question needs "_id" and "question"`)
	}
	q.Tags = make(map[string]string)
	for name, value := range map[string]string{"lang": q.Language, "type": l.Type, "register": l.Register} {
		if value != "" {
			q.Tags[name] = value
		}
	}
	line := l.answerLine
	line.ID, line.Document, line.Pages = q.ID, "", nil
	line.Unanswerable = l.Unanswerable || l.Answerable != nil && !*l.Answerable || l.Status == "not_found"
	if l.Answer != "" {
		line.Answers = append(line.Answers, l.Answer)
	}
	if l.Quote != "" {
		line.Evidence = append(line.Evidence, evidenceText(l.Quote))
	}
	var err error
	q.Document = cmp.Or(l.Document, l.answerLine.Document)
	q.Gold, err = line.gold()
	if err == nil && !q.Gold.Unanswerable {
		q.Gold.All = l.All
		for _, e := range q.Gold.Evidence {
			q.Gold.Units = append(q.Gold.Units, Unit{Text: e, Before: -1})
		}
	}
	return q, err
}

// loadQuestionFile reads a file of questions. A hit is judged by the evidence
// that it holds.
func loadQuestionFile(path string, options Options) (Set, error) {
	var set Set
	view := View{Level: ByEvidence, Answers: true, Judged: make(map[string]Judgments)}
	err := ReadLines(path, func(l questionLine) error {
		q, err := l.question()
		if err != nil {
			return err
		}
		if view.Judged[q.ID] != nil {
			return fmt.Errorf("the question %q comes twice", q.ID)
		}
		view.Judged[q.ID] = make(Judgments)
		for i := range q.Gold.Evidence {
			view.Judged[q.ID][evidenceID(i)] = 1
		}
		set.Questions = append(set.Questions, q)
		return nil
	})
	if err != nil {
		return set, err
	}
	view.Corpus.Paths, err = documentsOf(path, options)
	set.Views = []View{view}
	return set, err
}

func evidenceID(i int) string { return "evidence " + strconv.Itoa(i+1) }

// ErrNoDocuments says that nobody knows what a question file is about.
var ErrNoDocuments = errors.New("no documents: there is no docs/, document.* or corpus.jsonl beside the questions")

// documentsOf are the paths that a question file is about.
func documentsOf(path string, options Options) ([]string, error) {
	if len(options.Documents) > 0 {
		return options.Documents, nil
	}
	dir := filepath.Dir(path)
	for _, name := range []string{"docs", "document.*"} {
		if found, err := filepath.Glob(filepath.Join(dir, name)); err == nil && len(found) > 0 {
			return found, nil
		}
	}
	if records, err := recordsOf(dir); err == nil {
		return []string{records}, nil
	}
	return nil, ErrNoDocuments
}
