package eval

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
)

// loadBEIR reads a set in the form of BEIR.
func loadBEIR(dir string) (Set, error) {
	var set Set
	var err error
	if set.Questions, err = readQueries(filepath.Join(dir, "queries.jsonl")); err != nil {
		return set, err
	}
	if err := addAnswers(filepath.Join(dir, "answers.jsonl"), set.Questions); err != nil {
		return set, err
	}
	docs := filepath.Join(dir, "docs")
	if exists(docs) {
		set.Views, err = docsViews(dir, docs)
	} else {
		set.Views, err = recordViews(dir)
	}
	if err != nil {
		return set, err
	}
	pairs, err := pairViews(dir)
	set.Views = append(set.Views, pairs...)
	return set, err
}

func recordViews(dir string) ([]View, error) {
	records, err := recordsOf(dir)
	if err != nil {
		return nil, err
	}
	judged, err := readQrels(filepath.Join(dir, "qrels.tsv"))
	return []View{{Corpus: Corpus{Paths: []string{records}}, Level: ByDocument, Judged: judged, Answers: true}}, err
}

// docsViews judges the files of docs by page, and where there is a
// qrels.docs.tsv by file too. Where none of the files can be read, the pages
// in corpus.jsonl stand in.
func docsViews(dir, docs string) ([]View, error) {
	files, err := namesIn(docs)
	if err != nil {
		return nil, err
	}
	corpus := Corpus{Paths: []string{docs}}
	var spare *Corpus
	if records, err := recordsOf(dir); err == nil {
		spare = &Corpus{Paths: []string{records}}
	}
	judged, err := readQrels(filepath.Join(dir, "qrels.tsv"))
	if err != nil {
		return nil, err
	}
	pages := View{Level: ByPage, Corpus: corpus, Spare: spare, Judged: files.judgments(judged), Answers: true, files: files}
	path := filepath.Join(dir, "qrels.docs.tsv")
	if !exists(path) {
		return []View{pages}, nil
	}
	if judged, err = readQrels(path); err != nil {
		return nil, err
	}
	whole := View{Name: "docs", Level: ByDocument, Corpus: corpus, Spare: spare, Judged: files.judgments(judged), files: files}
	return []View{pages, whole}, nil
}

var pairFile = regexp.MustCompile(`^qrels\.([a-z]{2,3})-([a-z]{2,3})\.tsv$`)

// pairViews judges questions of one language over documents of another, for
// every qrels.Q-D.tsv. The answers are in the question's language, and so not
// in the documents: they are only looked up.
func pairViews(dir string) ([]View, error) {
	found, err := filepath.Glob(filepath.Join(dir, "qrels.*-*.tsv"))
	if err != nil {
		return nil, err
	}
	slices.Sort(found)
	var views []View
	for _, path := range found {
		pair := pairFile.FindStringSubmatch(filepath.Base(path))
		if pair == nil {
			continue
		}
		records, err := recordsOf(dir)
		if err != nil {
			return nil, err
		}
		judged, err := readQrels(path)
		if err != nil {
			return nil, err
		}
		if len(judged) == 0 {
			return nil, fmt.Errorf("%s judges nothing", path)
		}
		views = append(views, View{
			Name: pair[1] + "-" + pair[2], Level: ByDocument, Judged: judged,
			Corpus: Corpus{Paths: []string{records}, Language: pair[2]},
		})
	}
	return views, nil
}
