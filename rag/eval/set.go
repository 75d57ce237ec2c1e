package eval

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Set is questions about one corpus, with what is known of their answers.
type Set struct {
	// Name is the folder's or the file's.
	Name      string
	Questions []Question
	// Views are the ways in which the set is judged, the main one first.
	Views []View
}

// View is one way to judge a set.
type View struct {
	// Name is "" for the main one, "docs" where pages are judged as documents
	// too, "de-en" for German questions over English documents.
	Name   string
	Corpus Corpus
	// Spare is what is searched where nothing of Corpus can be read.
	Spare *Corpus
	// Level is what a hit counts as.
	Level Level
	// Judged holds, by question, the grade of each document or page that
	// answers it. Questions without any are not part of the retrieval figures.
	Judged map[string]Judgments
	// Answers is whether the questions are answered, and not only looked up.
	Answers bool

	// files names documents that are files, nil where they are records.
	files fileNames
}

// Judgments are the grades of documents or pages, above 0 if they answer.
type Judgments map[string]int

// answering are the documents or pages that answer, in order.
func (j Judgments) answering() []string {
	ids := []string{}
	for id, grade := range j {
		if grade > 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Level is what a hit counts as: several hits of one document, page or
// piece of evidence count once, at the best rank.
type Level string

// The levels.
const (
	ByDocument Level = "document"
	ByPage     Level = "page"
	ByEvidence Level = "evidence"
)

// Options of Load. The zero value takes a set as it is.
type Options struct {
	// Documents are the files or folders that question files are about; nil
	// means what lies beside them.
	Documents []string
	// Haystack is the folder of a set whose documents are added to each
	// corpus, to be searched through in vain.
	Haystack string
}

// questionsName is what the file of questions of a folder is called.
const questionsName = "questions.jsonl"

// ErrNoSet says that a path is no question set.
var ErrNoSet = errors.New("no question set")

// Load reads a set from its folder, or from a file of questions.
func Load(path string, options Options) (Set, error) {
	set, err := load(path, options)
	if err != nil {
		return Set{}, fmt.Errorf("question set %s: %w", path, err)
	}
	return set, nil
}

func load(path string, options Options) (Set, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Set{}, err
	}
	name, err := nameOf(path)
	if err != nil {
		return Set{}, err
	}
	if name == questionsName { // its folder's says more
		dir, err := nameOf(filepath.Dir(path))
		if err != nil {
			return Set{}, err
		}
		name = dir + "/" + name
	}
	var set Set
	switch {
	case !info.IsDir():
		set, err = loadQuestionFile(path, options)
	case exists(filepath.Join(path, "queries.jsonl")):
		set, err = loadBEIR(path)
	case exists(filepath.Join(path, documentsName)) && exists(filepath.Join(path, questionsName)):
		set, err = loadUnits(path, name)
	case exists(filepath.Join(path, questionsName)):
		set, err = loadQuestionFile(filepath.Join(path, questionsName), options)
	default:
		err = fmt.Errorf("%w: the folder has neither queries.jsonl nor questions.jsonl", ErrNoSet)
	}
	if err != nil {
		return Set{}, err
	}
	set.Name = name
	return set, set.AddHaystack(options.Haystack)
}

// nameOf is what a set is called: "." has a name too.
func nameOf(path string) (string, error) {
	abs, err := filepath.Abs(path)
	return filepath.Base(abs), err
}

// AddHaystack adds the documents of another set, of which nothing is asked, to
// every corpus; "" adds none.
func (s *Set) AddHaystack(dir string) error {
	if dir == "" {
		return nil
	}
	records, err := recordsOf(dir)
	if err != nil {
		return fmt.Errorf("haystack %s: %w", dir, err)
	}
	name, err := nameOf(dir)
	if err != nil {
		return err
	}
	s.Name += "+" + name
	for i := range s.Views {
		c := &s.Views[i].Corpus
		c.Paths = append(c.Paths[:len(c.Paths):len(c.Paths)], records)
	}
	return nil
}

// recordsOf is the path of a folder's corpus.jsonl, packed or not, or docs.jsonl.
func recordsOf(dir string) (string, error) {
	for _, name := range []string{"corpus.jsonl", "corpus.jsonl.gz", documentsName} {
		if path := filepath.Join(dir, name); exists(path) {
			return path, nil
		}
	}
	return "", fmt.Errorf("%w: the folder has no corpus.jsonl, corpus.jsonl.gz or docs.jsonl", ErrNoSet)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
