package eval

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// Pages is what a report in HTML shows.
type Pages struct {
	// Program says which program was measured.
	Program     string
	Reports     []Report
	Comparisons []Comparison
	// Threshold is the confidence that the curve of refusals is marked at.
	Threshold float64
}

// mostFailures bounds the failures shown of a report; a file of failures has
// all.
const mostFailures = 100

//go:embed report.html.tmpl
var pageText string

// WriteHTML writes one page that needs nothing from elsewhere: no script, no
// font, no picture. Text of questions and documents is escaped.
func WriteHTML(w io.Writer, p Pages) error {
	t, err := template.New("report").Funcs(template.FuncMap{
		"share": share, "signed": signed, "figure": figureIn, "failures": failuresOf,
		"bars": bars, "ranks": ranks, "curve": func(points []Refusal) lines { return curve(points, p.Threshold) }, "changes": changes,
		"measures": func() []Measure { return overview }, "join": strings.Join,
	}).Parse(pageText)
	if err != nil {
		return fmt.Errorf("parse the page: %w", err)
	}
	return t.Execute(w, p)
}

// overview are the columns of the table of all reports.
var overview = []Measure{NDCG, Hit1, Recall10, MRR, F1, GoldInAnswer, KeyFacts, CitationHit, AnswerWords, RefusalRecall, WrongRefusals}

// share prints a share with three digits, and a length with one.
func share(m Measure, v float64) string {
	if m == AnswerWords {
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.3f", v)
}

func signed(m Measure, v float64) string {
	if m == AnswerWords {
		return fmt.Sprintf("%+.1f", v)
	}
	return fmt.Sprintf("%+.3f", v)
}

// figureIn is the figure of a measure, nil where there is none.
func figureIn(list []Figure, m Measure) *Figure {
	for i := range list {
		if list[i].Measure == m {
			return &list[i]
		}
	}
	return nil
}

// shown is a bounded list of failures and how many there are.
type shown struct {
	List []Failure
	All  int
}

func failuresOf(r Report) shown {
	all := Failures([]Report{r})
	return shown{List: all[:min(mostFailures, len(all))], All: len(all)}
}
