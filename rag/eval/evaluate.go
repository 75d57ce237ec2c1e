package eval

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Evaluator puts the questions of sets to a system.
type Evaluator struct {
	Opener Opener
	// Workers is the number of questions asked at once; 0 means one a
	// processor.
	Workers int
	// Sample bounds the questions of each view, spread evenly over the set;
	// 0 means all.
	Sample int
	// SearchOnly leaves the answers out.
	SearchOnly bool
	// Sizes asks for answers in libraries of so many documents, in place of the
	// whole corpus: a report for each. Without Sample 400 questions are asked.
	Sizes []int
	// Progress is called after each question, never twice at once; nil is not.
	Progress func(done, total int)
}

// Run evaluates every view of the set. An error is one of the system or the
// context; what a question's answer lacks is in the report.
func (e Evaluator) Run(ctx context.Context, set Set) ([]Report, error) {
	var reports []Report
	for _, v := range set.Views {
		some, err := e.reports(ctx, set, v)
		if err != nil {
			return nil, fmt.Errorf("evaluate %s: %w", title(set.Name, v.Name), err)
		}
		reports = append(reports, some...)
	}
	return reports, nil
}

func (e Evaluator) reports(ctx context.Context, set Set, v View) ([]Report, error) {
	switch {
	case len(e.Sizes) == 0:
		report, err := e.view(ctx, set, v)
		return []Report{report}, err
	case !v.Answers:
		return nil, nil
	}
	return e.bySize(ctx, set, v)
}

// title names a view of a set.
func title(set, view string) string {
	if view == "" {
		return set
	}
	return set + " " + view
}

func (e Evaluator) view(ctx context.Context, set Set, v View) (_ Report, err error) {
	system, notes, err := e.open(ctx, v)
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, system.Close()) }()
	questions := sampleEvenly(v.asked(set.Questions), e.Sample)
	gold, lacking, err := locate(ctx, system, questions)
	if err != nil {
		return Report{}, err
	}
	outcomes, err := inquiry{Evaluator: e, system: system, view: v, gold: gold}.askAll(ctx, questions)
	if err != nil {
		return Report{}, err
	}
	return newReport(set.Name, v, outcomes, append(notes, lacking...)), nil
}

// inquiry is the asking of questions of a view.
type inquiry struct {
	Evaluator
	system System
	view   View
	// gold is where gold units stand, by question.
	gold map[string]located
	// spaces narrow what is searched for a question; with them nothing is looked
	// up without being answered.
	spaces func(Question) []string
}

// askAll asks the questions, several at once, and waits for all of them.
func (in inquiry) askAll(ctx context.Context, questions []Question) ([]Outcome, error) {
	outcomes := make([]Outcome, len(questions))
	var mu sync.Mutex
	done := 0
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(cmp.Or(in.Workers, runtime.GOMAXPROCS(0)))
	for i, q := range questions {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			outcome, err := in.ask(ctx, q)
			if err != nil {
				return fmt.Errorf("question %s: %w", q.ID, err)
			}
			outcomes[i] = outcome
			mu.Lock()
			defer mu.Unlock()
			done++
			if in.Progress != nil {
				in.Progress(done, len(questions))
			}
			return nil
		})
	}
	return outcomes, g.Wait()
}

// open opens the view's corpus, or the spare one where it cannot be read.
func (e Evaluator) open(ctx context.Context, v View) (System, []string, error) {
	system, err := e.Opener.Open(ctx, v.Corpus)
	var notes []string
	if errors.Is(err, ErrUnreadable) && v.Spare != nil {
		notes = append(notes, fmt.Sprintf("%v; the pages in %s are searched instead", err, v.Spare.Paths[0]))
		system, err = e.Opener.Open(ctx, *v.Spare)
	}
	if err != nil {
		return nil, nil, err
	}
	return system, append(notes, system.Notes()...), nil
}

// asked are the questions that the view judges or has the gold of.
func (v View) asked(all []Question) []Question {
	var asked []Question
	for _, q := range all {
		if v.Judged[q.ID] != nil || v.Answers && q.Gold != nil {
			asked = append(asked, q)
		}
	}
	return asked
}

// sampleEvenly takes at most n, evenly spread; all for 0.
func sampleEvenly(all []Question, n int) []Question {
	if n <= 0 || len(all) <= n {
		return all
	}
	some := make([]Question, n)
	for i := range some {
		some[i] = all[i*len(all)/n]
	}
	return some
}
