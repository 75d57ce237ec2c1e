package eval

import (
	"cmp"
	"errors"
	"path/filepath"
	"slices"
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
	q.Tags = tags("lang", q.Language, "type", l.Type, "register", l.Register)
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
	var all questions
	view := View{Level: ByEvidence, Answers: true, Judged: make(map[string]Judgments)}
	err := ReadLines(path, func(l questionLine) error {
		q, err := l.question()
		if err = cmp.Or(err, all.add(q, `"_id" and "question"`)); err != nil {
			return err
		}
		view.Judged[q.ID] = make(Judgments)
		for i := range q.Gold.Evidence {
			view.Judged[q.ID][evidenceID(i)] = 1
		}
		return nil
	})
	if err != nil {
		return Set{}, err
	}
	view.Corpus.Paths, err = documentsOf(path, options)
	return Set{Questions: all.list, Views: []View{view}}, err
}

// tags are pairs of a tag and its value, less those without one.
func tags(pairs ...string) map[string]string {
	of := make(map[string]string)
	for pair := range slices.Chunk(pairs, 2) {
		if pair[1] != "" {
			of[pair[0]] = pair[1]
		}
	}
	return of
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
