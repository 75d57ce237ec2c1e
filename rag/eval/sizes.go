package eval

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"

	"docent/rag"
)

// sizeSample is how many questions are asked at each library size unless
// Evaluator.Sample says otherwise.
const sizeSample = 400

// bySize answers the questions of a view in libraries of several sizes: each in
// its own documents and others that are drawn, the same and more in a larger
// library. A library is a selection of the spaces of one in which every document
// has its own, so that what is counted and weighed is what a library of that size
// would have.
func (e Evaluator) bySize(ctx context.Context, set Set, v View) (_ []Report, err error) {
	v.Corpus.Apart = true
	system, notes, err := e.open(ctx, v)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, system.Close()) }()
	questions := sampleEvenly(v.asked(set.Questions), cmp.Or(e.Sample, sizeSample))
	gold, lacking, err := locate(ctx, system, questions)
	if err != nil {
		return nil, err
	}
	shelves, err := shelvesOf(ctx, system)
	if err != nil {
		return nil, err
	}
	var reports []Report
	for _, size := range e.Sizes {
		in := inquiry{Evaluator: e, system: system, view: v, gold: gold, spaces: func(q Question) []string {
			return shelves.draw(q.ID, v.documents(q), size)
		}}
		outcomes, err := in.askAll(ctx, questions)
		if err != nil {
			return nil, err
		}
		view := v
		view.Name = fmt.Sprintf("among %d", size)
		report := newReport(set.Name, view, outcomes, slices.Concat(notes, lacking, shelves.note(size)))
		report.Groups = []Group{} // a sample is too small for them
		reports = append(reports, report)
	}
	return reports, nil
}

// documents are what the set calls the documents that the question is asked of.
func (v View) documents(q Question) []string {
	names := []string{q.Document}
	if q.Gold != nil {
		names = append(names, v.full(q.Gold).Document)
	}
	for _, id := range v.Judged[q.ID].answering() {
		name, _, paged := cutLast(id, "#")
		if !paged || v.files == nil {
			name = id
		}
		names = append(names, name)
	}
	return names
}

// shelves are the spaces of a library in which each document has one, in order,
// and those of a name that a set has for a document.
type shelves struct {
	all   []string
	named map[string][]string
}

func shelvesOf(ctx context.Context, system System) (shelves, error) {
	s := shelves{named: make(map[string][]string)}
	for info, err := range system.Documents(ctx, rag.Operator()) {
		if err != nil {
			return s, fmt.Errorf("list the documents: %w", err)
		}
		s.all = append(s.all, info.Space)
		for _, name := range namesOf(info) {
			s.named[name] = append(s.named[name], info.Space)
		}
	}
	slices.Sort(s.all)
	return s, nil
}

// draw returns the spaces of the named documents and of as many others as make a
// library of that size; none for all of them. The draw is the question's own.
func (s shelves) draw(question string, own []string, size int) []string {
	if size >= len(s.all) {
		return nil
	}
	var spaces []string
	for _, name := range own {
		for _, space := range s.named[name] {
			if name != "" && !slices.Contains(spaces, space) {
				spaces = append(spaces, space)
			}
		}
	}
	id := fnv.New64a()
	id.Write([]byte(question))
	random := rand.New(rand.NewPCG(seed, id.Sum64())) //nolint:gosec // it must be repeatable, and hides nothing
	mine := len(spaces)
	for _, at := range random.Perm(len(s.all)) {
		if len(spaces) >= size {
			break
		}
		if other := s.all[at]; !slices.Contains(spaces[:mine], other) {
			spaces = append(spaces, other)
		}
	}
	return spaces
}

// note says where the library is smaller than asked for.
func (s shelves) note(size int) []string {
	if size <= len(s.all) {
		return nil
	}
	return []string{fmt.Sprintf("there are only %d documents", len(s.all))}
}
