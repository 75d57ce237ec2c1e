package eval

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrNotJoined says that sets cannot be asked as one.
var ErrNotJoined = errors.New("the sets cannot be asked in one library")

// Join makes one set of several: all questions over all documents. Each set has
// a single view, and all are judged in the same way.
func Join(sets []Set) (Set, error) {
	if len(sets) == 0 {
		return Set{}, ErrNoSet
	}
	joined := View{Level: sets[0].Views[0].Level, Answers: true, Judged: make(map[string]Judgments)}
	var all Set
	var names []string
	for _, s := range sets {
		v := s.Views[0]
		if len(s.Views) > 1 || v.Level != joined.Level || v.Spare != nil || v.files != nil {
			return Set{}, fmt.Errorf("%w: %s is judged in another way or in several", ErrNotJoined, s.Name)
		}
		names = append(names, s.Name)
		for id, judged := range v.Judged {
			if joined.Judged[id] != nil {
				return Set{}, fmt.Errorf("%w: the question %q is in two of them", ErrNotJoined, id)
			}
			joined.Judged[id] = judged
		}
		for _, path := range v.Corpus.Paths {
			if !slices.Contains(joined.Corpus.Paths, path) {
				joined.Corpus.Paths = append(joined.Corpus.Paths, path)
			}
		}
		all.Questions = append(all.Questions, s.Questions...)
	}
	all.Name, all.Views = strings.Join(names, "+"), []View{joined}
	return all, nil
}

// DocumentList names documents of sets, by set.
type DocumentList map[string][]string

// ReadDocumentList reads lines of set and document, tab-separated; those that
// begin with # say nothing.
func ReadDocumentList(path string) (DocumentList, error) {
	list := make(DocumentList)
	return list, eachRow(path, func(_ int, row []string) error {
		switch {
		case strings.HasPrefix(row[0], "#"):
		case len(row) < 2:
			return errors.New("no set and document, tab-separated")
		default:
			list[row[0]] = append(list[row[0]], row[1])
		}
		return nil
	})
}

// Holds reports whether a set's question is asked of a document of the list.
func (l DocumentList) Holds(set string, q Question) bool {
	set = cmp.Or(q.Tags["set"], set)
	return q.Document != "" && slices.Contains(l[set], q.Document)
}

// Keep leaves only the questions that keep says. The documents stay.
func (s *Set) Keep(keep func(Question) bool) {
	s.Questions = slices.DeleteFunc(slices.Clone(s.Questions), func(q Question) bool { return !keep(q) })
}
