package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"docent/rag/eval"
)

// showReports prints figures for people, or with --json one report a line,
// with the scores of every question.
func (a *app) showReports(reports []eval.Report, comparisons []eval.Comparison) error {
	if a.json {
		return errors.Join(writeAll(a.stdout, reports), writeAll(a.stdout, comparisons))
	}
	p := page{terminal: a.terminal(a.stdout)}
	for i, r := range reports {
		if i > 0 {
			p.line("")
		}
		p.report(r)
	}
	if len(reports) > 1 {
		p.line("")
		p.summary(reports)
	}
	for _, c := range comparisons {
		p.line("")
		p.comparison(c)
	}
	return p.print()
}

func writeAll[T any](w io.Writer, list []T) error {
	for _, x := range list {
		if err := writeJSON(w, x); err != nil {
			return err
		}
	}
	return nil
}

func (p *page) report(r eval.Report) {
	p.line("%s", p.bold(printable(fmt.Sprintf("%s: %d questions, judged by %s", r.Title(), len(r.Outcomes), r.Level))))
	for _, note := range r.Notes {
		p.line("  %s", p.faint("note: "+printable(truncate(note, 2*maxWidth))))
	}
	for _, f := range r.Figures {
		p.line("  %-18s %s   %s to %s   of %d", f.Measure, figure(f.Measure, f.Value), figure(f.Measure, f.Low), figure(f.Measure, f.High), f.N)
	}
	p.groups(r)
}

// groupMeasures are what is printed of a group, unitMeasures where gold units
// are known; the report has all.
var (
	groupMeasures = []eval.Measure{eval.Hit1, eval.NDCG, eval.GoldInAnswer, eval.CitationHit, eval.WrongRefusals}
	unitMeasures  = []eval.Measure{eval.Passage8, eval.Right, eval.WrongShown, eval.WrongRefusals, eval.AbsentAnswered}
)

func (p *page) groups(r eval.Report) {
	measures := groupMeasures
	_, found := r.Figure(eval.Passage8)
	if _, shown := r.Figure(eval.Filler); found || shown {
		measures = unitMeasures
	}
	for _, g := range r.Groups {
		line := fmt.Sprintf("  %s", printable(truncate(g.Tag+" "+g.Value, 40)))
		for _, m := range measures {
			for _, f := range g.Figures {
				if f.Measure == m {
					line += fmt.Sprintf("   %s %.2f (%.2f to %.2f)", m, f.Value, f.Low, f.High)
				}
			}
		}
		p.line("%s", p.faint(line))
	}
}

// summaryMeasures head the columns of the table of all sets.
var summaryMeasures = []struct {
	head string
	of   eval.Measure
}{
	{"ndcg@10", eval.NDCG}, {"hit@1", eval.Hit1}, {"r@10", eval.Recall10},
	{"f1", eval.F1}, {"gold", eval.GoldInAnswer}, {"cited", eval.CitationHit}, {"words", eval.AnswerWords},
	{"refused", eval.RefusalRecall}, {"wrongly", eval.WrongRefusals},
	{"pass@8", eval.Passage8}, {"right", eval.Right}, {"wrong", eval.WrongShown}, {"absent", eval.AbsentAnswered},
	{"auc abs", eval.AUCAbsent}, {"auc r/w", eval.AUCRight}, {"ece", eval.ECE},
}

// summary leaves out the columns that no set has a figure for.
func (p *page) summary(reports []eval.Report) {
	names, width := make([]string, len(reports)), 22
	for i, r := range reports {
		names[i] = strings.TrimSpace(printable(truncate(r.Set, 30) + " " + r.View))
		width = max(width, utf8.RuneCountInString(names[i]))
	}
	head, columns := strings.Repeat(" ", width), summaryMeasures[:0:0]
	for _, c := range summaryMeasures {
		if slices.ContainsFunc(reports, func(r eval.Report) bool { _, ok := r.Figure(c.of); return ok }) {
			columns = append(columns, c)
			head += fmt.Sprintf(" %7s", c.head)
		}
	}
	p.line("%s", p.bold(head))
	for i, r := range reports {
		row := fmt.Sprintf("%-*s", width, names[i])
		for _, c := range columns {
			cell := "-"
			if f, ok := r.Figure(c.of); ok {
				cell = strings.TrimSpace(figure(c.of, f.Value))
			}
			row += fmt.Sprintf(" %7s", cell)
		}
		p.line("%s", row)
	}
}

// comparison marks what has surely become better or worse.
func (p *page) comparison(c eval.Comparison) {
	p.line("%s", p.bold(printable(c.Title()+": before, after, change")))
	if c.Only > 0 {
		p.line("  %s", p.faint(fmt.Sprintf("note: %d questions are in one run only, and left out", c.Only)))
	}
	for _, d := range c.Differences {
		if d.Change == 0 && d.Low == 0 && d.High == 0 {
			p.line("  %-18s %s   %s", d.Measure, figure(d.Measure, d.Before), p.faint("the same"))
			continue
		}
		line := fmt.Sprintf("  %-18s %s   %s   %+6.3f   %+.3f to %+.3f   of %d",
			d.Measure, figure(d.Measure, d.Before), figure(d.Measure, d.After), d.Change, d.Low, d.High, d.N)
		switch d.Verdict() {
		case 1:
			line += "   " + p.bold("better")
		case -1:
			line += "   " + p.red("worse")
		}
		p.line("%s", line)
	}
}

// figure prints a share with three digits and a length with one.
func figure(m eval.Measure, v float64) string {
	if m == eval.AnswerWords {
		return fmt.Sprintf("%5.1f", v)
	}
	return fmt.Sprintf("%5.3f", v)
}
