package main

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"

	"docent/rag/eval"
)

// Split says which documents are held out, and which fold each other is in.
type Split struct {
	heldOut map[document]bool
	folds   map[document]int
}

// document is a document of a set.
type document struct{ set, id string }

// folds is how many parts the documents are split into.
const folds = 5

// readSplit reads the files of documents that are held out and of those in folds:
// a set, a document and for the latter a fold from 0 in columns. No path is no folds.
func readSplit(heldOutPath, foldsPath string) (Split, error) {
	s := Split{heldOut: make(map[document]bool), folds: make(map[document]int)}
	err := eachRow(heldOutPath, 2, func(row []string) error {
		s.heldOut[document{row[0], row[1]}] = true
		return nil
	})
	if err != nil || foldsPath == "" {
		return s, err
	}
	err = eachRow(foldsPath, 3, func(row []string) error {
		n, err := strconv.Atoi(row[2])
		if err != nil || n < 0 || n >= folds {
			return fmt.Errorf("no fold is %q", row[2])
		}
		s.folds[document{row[0], row[1]}] = n
		return nil
	})
	return s, err
}

func eachRow(path string, columns int, use func([]string) error) error {
	err := eachLine(path, func(line []byte) error {
		if len(line) == 0 || line[0] == '#' {
			return nil
		}
		row := strings.Split(string(line), "\t")
		if len(row) != columns {
			return fmt.Errorf("a row of %d columns: %q", len(row), line)
		}
		return use(row)
	})
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

// fold is the fold of a question: that of the document that it is asked of, or any
// where it is asked of none.
func (s Split) fold(set, id, question string) (int, error) {
	d := document{set, id}
	if id == "" {
		return int(hashOf(question) % folds), nil
	}
	if s.heldOut[d] {
		return heldOut, nil
	}
	n, ok := s.folds[d]
	if !ok {
		return 0, fmt.Errorf("the document %s of %s is in no fold; write the file of folds anew with: trainranker split", id, set)
	}
	return n, nil
}

// apply gives the examples their folds.
func (s Split) apply(x *Examples) (err error) {
	for i := range x.List {
		e := &x.List[i]
		if e.Fold, err = s.fold(e.Set, e.Document, e.ID); err != nil {
			return err
		}
	}
	return nil
}

// foldsOf is the file of folds of the documents of the sets.
func foldsOf(all []Sets, heldOut map[document]bool) (string, error) {
	var b strings.Builder
	b.WriteString("# Folds of the documents of question sets: figures on a set that something was fitted to are of what was\n" +
		"# fitted without the fold. Documents of one title are in one fold. Written by cmd/trainranker split.\n" +
		"# set\tdocument\tfold\n")
	for _, s := range all {
		for _, set := range s.Sets {
			documents, err := documentsOf(set)
			if err != nil {
				return "", err
			}
			documents = slices.DeleteFunc(documents, func(d titled) bool { return heldOut[document{set.Name, d.id}] })
			of := deal(set.Name, documents)
			for _, d := range documents {
				fmt.Fprintf(&b, "%s\t%s\t%d\n", set.Name, d.id, of[d.title])
			}
		}
	}
	return b.String(), nil
}

// deal gives each title of a set a fold, in the order of their hashes that which
// has the fewest documents so far. Documents of one title are parts of a whole.
func deal(set string, documents []titled) map[string]int {
	count := make(map[string]int)
	for _, d := range documents {
		count[d.title]++
	}
	titles := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(hashOf(set+a), hashOf(set+b)), cmp.Compare(a, b))
	})
	of, size := make(map[string]int), [folds]int{}
	first := int(hashOf(set) % folds) // not every set begins with the same one
	for _, t := range titles {
		fold := first
		for i := range folds {
			if f := (first + i) % folds; size[f] < size[fold] {
				fold = f
			}
		}
		of[t] = fold
		size[fold] += count[t]
	}
	return of
}

func hashOf(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// titled is a document with its title, or its ID where it has none.
type titled struct{ id, title string }

// documentsOf are the documents of a set, by ID.
func documentsOf(set eval.Set) ([]titled, error) {
	var list []titled
	for _, path := range set.Views[0].Corpus.Paths {
		err := eachRecord(path, func(r record) error {
			list = append(list, titled{r.ID + r.BEIR, cmp.Or(r.Title, r.ID+r.BEIR)})
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read the documents of %s: %w", set.Name, err)
		}
	}
	slices.SortFunc(list, func(a, b titled) int { return cmp.Compare(a.id, b.id) })
	return list, nil
}
