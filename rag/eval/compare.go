package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Comparison is a view of a set in two runs.
type Comparison struct {
	Set         string       `json:"set"`
	View        string       `json:"view"`
	Differences []Difference `json:"differences"`
	// Only counts the questions that but one of the runs has; they are left
	// out.
	Only int `json:"only"`
}

// Title names the view of the set.
func (c Comparison) Title() string { return title(c.Set, c.View) }

// Difference is how a figure moved, over the N questions that both runs have
// and either has a score of.
type Difference struct {
	Measure Measure `json:"measure"`
	Before  float64 `json:"before"`
	After   float64 `json:"after"`
	Change  float64 `json:"change"`
	// Interval is the change's, from drawing the same questions in both runs.
	Interval
	N int `json:"n"`
}

// Verdict is 1 for a change that is surely better, -1 for one that is surely
// worse, 0 for none of them: the interval holds zero, or neither is better.
func (d Difference) Verdict() int {
	switch {
	case d.Low > 0:
		return d.Measure.Better()
	case d.High < 0:
		return -d.Measure.Better()
	}
	return 0
}

// Compare pairs the reports of two runs by set and view, and their questions
// by id. Views that only one run has are left out.
func Compare(before, after []Report) []Comparison {
	list := []Comparison{}
	for _, a := range after {
		for _, b := range before {
			if a.Set == b.Set && a.View == b.View {
				list = append(list, compare(b, a))
				break
			}
		}
	}
	return list
}

func compare(before, after Report) Comparison {
	c := Comparison{Set: after.Set, View: after.View, Differences: []Difference{}}
	known := make(map[string]Scores, len(before.Outcomes))
	for _, o := range before.Outcomes {
		known[o.ID] = o.Scores
	}
	var common pairs
	for _, o := range after.Outcomes {
		if scores, both := known[o.ID]; both {
			common = append(common, [2]Scores{scores, o.Scores})
		}
	}
	c.Only = len(before.Outcomes) + len(after.Outcomes) - 2*len(common)
	for _, m := range Measures() {
		if d, ok := difference(m, common); ok {
			c.Differences = append(c.Differences, d)
		}
	}
	return c
}

// pairs are the scores of questions in both runs.
type pairs [][2]Scores

// difference leaves out a measure that one of the runs has no figure of. A
// question may count in a single run, as for the precision of refusals: it is
// drawn with the others.
func difference(m Measure, common pairs) (Difference, bool) {
	all := slices.DeleteFunc(slices.Clone(common), func(p [2]Scores) bool { return !m.counts(p[0]) && !m.counts(p[1]) })
	was, is := m.statistic(all.run(0)), m.statistic(all.run(1))
	every := sequence(len(all))
	before, known := was(every)
	after, ok := is(every)
	if !ok || !known {
		return Difference{}, false
	}
	interval := bootstrap(len(all), func(drawn []int) (float64, bool) {
		before, known := was(drawn)
		after, ok := is(drawn)
		return after - before, ok && known
	})
	return Difference{Measure: m, Before: before, After: after, Change: after - before, Interval: interval, N: len(all)}, true
}

func (p pairs) run(n int) []Scores {
	of := make([]Scores, len(p))
	for i := range p {
		of[i] = p[i][n]
	}
	return of
}

// ErrNoReports says that a file holds no reports.
var ErrNoReports = errors.New("no reports")

// ReadReports reads reports as JSON, one after the other. Comparisons among
// them are passed over.
func ReadReports(r io.Reader) ([]Report, error) {
	var list []Report
	for d := json.NewDecoder(r); ; {
		var report Report
		err := d.Decode(&report)
		switch {
		case errors.Is(err, io.EOF) && len(list) == 0:
			return nil, ErrNoReports
		case errors.Is(err, io.EOF):
			return list, nil
		case err != nil:
			return nil, fmt.Errorf("%w: report %d: %w", ErrNoReports, len(list)+1, err)
		case report.Figures == nil:
			continue
		}
		list = append(list, report)
	}
}
