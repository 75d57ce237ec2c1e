package main

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"slices"

	"docent/rag/eval"
)

// folds is how many parts the documents are split into.
const folds = 5

// foldsOf gives each document of a set that is not held out a fold: each title, in
// the order of their hashes, goes to that which has the fewest documents so far.
// Documents of one title are parts of a whole.
func foldsOf(set eval.Set, held eval.DocumentList) (map[string]int, error) {
	titled := make(map[string][]string)
	for _, path := range set.Views[0].Corpus.Paths {
		err := eval.ReadLines(path, func(r record) error {
			if id := r.ID + r.BEIR; !slices.Contains(held[set.Name], id) {
				title := cmp.Or(r.Title, id)
				titled[title] = append(titled[title], id)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read the documents of %s: %w", set.Name, err)
		}
	}
	of, size := make(map[string]int), [folds]int{}
	first := int(hashOf(set.Name) % folds) // not every set begins with the same one
	for _, title := range slices.SortedFunc(maps.Keys(titled), func(a, b string) int {
		return cmp.Or(cmp.Compare(hashOf(set.Name+a), hashOf(set.Name+b)), cmp.Compare(a, b))
	}) {
		fold := first
		for i := range folds {
			if f := (first + i) % folds; size[f] < size[fold] {
				fold = f
			}
		}
		for _, id := range titled[title] {
			of[id] = fold
		}
		size[fold] += len(titled[title])
	}
	return of, nil
}

// record is a document in a file of them, of one form or the other.
type record struct {
	ID    string `json:"id"`
	BEIR  string `json:"_id"`
	Title string `json:"title"`
}

func hashOf(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// printFolds prints the folds of the documents of the sets.
func printFolds(w io.Writer, all []Sets, held eval.DocumentList) error {
	for _, s := range all {
		for _, set := range s.Sets {
			of, err := foldsOf(set, held)
			if err != nil {
				return err
			}
			for _, id := range slices.Sorted(maps.Keys(of)) {
				if _, err := fmt.Fprintf(w, "%s\t%s\t%d\n", set.Name, id, of[id]); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
