package eval

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
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
// font, no picture. Text of questions and documents is escaped. What it draws
// are shares, in SVG whose plane is the unit square.
func WriteHTML(w io.Writer, p Pages) error {
	t, err := template.New("report").Funcs(template.FuncMap{
		"share":  func(m Measure, v float64) string { return fmt.Sprintf("%"+digits(m), v) },
		"signed": func(m Measure, v float64) string { return fmt.Sprintf("%+"+digits(m), v) },
		"figure": figureIn, "failures": failuresOf,
		"ranks": ranks, "measures": func() []Measure { return measuresOf(p.Reports) }, "join": strings.Join,
	}).Parse(pageText)
	if err != nil {
		return fmt.Errorf("parse the page: %w", err)
	}
	return t.Execute(w, p)
}

// overview are the columns of the table of all reports.
var overview = []Measure{
	NDCG, Hit1, Recall10, MRR, Passage8, F1, GoldInAnswer, KeyFacts, CitationHit, AnswerWords, RefusalRecall, WrongRefusals,
	Right, WrongShown, GoldShown, AbsentAnswered, AUCAbsent, AUCRight, ECE,
}

// measuresOf are those of the overview that any of the reports has.
func measuresOf(reports []Report) []Measure {
	return slices.DeleteFunc(slices.Clone(overview), func(m Measure) bool {
		return !slices.ContainsFunc(reports, func(r Report) bool { return figureIn(r.Figures, m) != nil })
	})
}

// digits are three of a share, and one of a length.
func digits(m Measure) string {
	if m == AnswerWords {
		return ".1f"
	}
	return ".3f"
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

// failureList is a bounded list of failures and how many there are.
type failureList struct {
	List []Failure
	All  int
}

func failuresOf(r Report) failureList {
	all := Failures([]Report{r})
	return failureList{List: all[:min(mostFailures, len(all))], All: len(all)}
}

// rankShare is how many questions had their first right document at some ranks.
type rankShare struct {
	Label string
	N     int
	Share float64
}

// ranks is the distribution of the first right document's rank; nil where
// nothing is judged.
func ranks(outcomes []Outcome) []rankShare {
	bins := []rankShare{{Label: "1"}, {Label: "2 or 3"}, {Label: "4 to 10"}, {Label: "later"}, {Label: "not found"}}
	judged := 0
	for _, o := range outcomes {
		if len(o.Judged) == 0 {
			continue
		}
		judged++
		at := slices.IndexFunc([]int{1, 3, depth, math.MaxInt}, func(most int) bool { return o.Rank <= most })
		if o.Rank == 0 {
			at = len(bins) - 1
		}
		bins[at].N++
	}
	if judged == 0 {
		return nil
	}
	for i := range bins {
		bins[i].Share = float64(bins[i].N) / float64(judged)
	}
	return bins
}
