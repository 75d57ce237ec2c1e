package eval

import (
	"fmt"
	"strings"
)

// The charts are drawn in SVG by the template; what is computed here are the
// positions, in pixels.

// span is where a row of a chart is drawn, with its value and whiskers.
type span struct {
	Label, Text    string
	Y              int
	Mark, From, To float64
	// Tone is good, bad or "".
	Tone string
}

// Begin and Length are of the bar between the mark and the line of zero.
func (s span) Begin(zero int) float64  { return min(s.Mark, float64(zero)) }
func (s span) Length(zero int) float64 { return max(s.Mark, float64(zero)) - s.Begin(zero) }

// spans is a chart of rows.
type spans struct {
	Rows []span
	// Zero is where the bars begin, Left and Right the edges of the plot.
	Zero, Left, Right int
}

// Width is the chart's.
func (s spans) Width() int { return labelWidth + plotWidth + valueWidth }

// Height is the chart's.
func (s spans) Height() int { return len(s.Rows)*rowHeight + 8 }

// The layout of a chart of rows.
const (
	rowHeight  = 22
	labelWidth = 140
	plotWidth  = 360
	valueWidth = 190
)

func newSpans() spans {
	return spans{Zero: labelWidth, Left: labelWidth, Right: labelWidth + plotWidth}
}

func (s *spans) add(row span) {
	row.Y = len(s.Rows)*rowHeight + rowHeight/2 + 4
	s.Rows = append(s.Rows, row)
}

// bars draws the shares among the figures, each with its interval.
func bars(figures []Figure) spans {
	s := newSpans()
	at := func(v float64) float64 { return labelWidth + plotWidth*v }
	for _, f := range figures {
		if f.Measure == AnswerWords {
			continue
		}
		tone := ""
		if f.Measure.Better() < 0 {
			tone = "bad"
		}
		s.add(span{
			Label: string(f.Measure), Mark: at(f.Value), From: at(f.Low), To: at(f.High), Tone: tone,
			Text: fmt.Sprintf("%.3f  (%.3f to %.3f, n %d)", f.Value, f.Low, f.High, f.N),
		})
	}
	return s
}

// changes draws the differences of shares about zero, with their intervals.
func changes(list []Difference) spans {
	s := newSpans()
	s.Zero = labelWidth + plotWidth/2
	widest := 0.02
	for _, d := range list {
		if d.Measure != AnswerWords {
			widest = max(widest, d.High, -d.Low)
		}
	}
	at := func(v float64) float64 { return labelWidth + plotWidth*(0.5+v/(2*widest)) }
	for _, d := range list {
		if d.Measure == AnswerWords {
			continue
		}
		s.add(span{
			Label: string(d.Measure), Mark: at(d.Change), From: at(d.Low), To: at(d.High),
			Tone: map[int]string{1: "good", -1: "bad"}[d.Verdict()],
			Text: fmt.Sprintf("%+.3f  (%+.3f to %+.3f)", d.Change, d.Low, d.High),
		})
	}
	return s
}

// ranks draws at which rank the first right document came; no rows where
// nothing is judged.
func ranks(outcomes []Outcome) spans {
	bins := []struct {
		label string
		most  int
		n     int
	}{{label: "rank 1", most: 1}, {label: "2 or 3", most: 3}, {label: "4 to 10", most: 10}, {label: "later", most: 1 << 30}, {label: "not found"}}
	judged := 0
	for _, o := range outcomes {
		if len(o.Judged) == 0 {
			continue
		}
		judged++
		for i := range bins {
			if o.Rank == 0 && bins[i].most == 0 || o.Rank > 0 && o.Rank <= bins[i].most {
				bins[i].n++
				break
			}
		}
	}
	s := newSpans()
	for _, b := range bins {
		if judged > 0 {
			part := float64(b.n) / float64(judged)
			x := labelWidth + plotWidth*part
			s.add(span{Label: b.label, Mark: x, From: x, To: x, Text: fmt.Sprintf("%d  (%.1f %%)", b.n, 100*part)})
		}
	}
	return s
}

// lines is the chart of refusals over thresholds.
type lines struct {
	Right, Wrong                            string // points of the two lines
	Dots                                    []dot
	Default                                 float64
	Left, Top, RightEdge, Bottom, TextUnder int
	Grid                                    []tick
}

type dot struct {
	X, Right, Wrong float64
	Text            string
}

type tick struct {
	X, Y  float64
	Label string
}

// The layout of the chart of refusals.
const (
	curveLeft, curveTop     = 50, 12
	curveWidth, curveHeight = 480, 260
)

// curve draws the share of unanswerable and of answerable questions that each
// threshold refuses, with a mark at the one in use.
func curve(points []Refusal, threshold float64) lines {
	x := func(v float64) float64 { return curveLeft + curveWidth*v }
	y := func(v float64) float64 { return curveTop + curveHeight*(1-v) }
	l := lines{
		Default: x(threshold), Left: curveLeft, Top: curveTop,
		RightEdge: curveLeft + curveWidth, Bottom: curveTop + curveHeight, TextUnder: curveTop + curveHeight + 18,
	}
	var right, wrong []string
	for _, p := range points {
		d := dot{X: x(p.Threshold), Right: y(p.Unanswerable), Wrong: y(p.Answerable)}
		d.Text = fmt.Sprintf("threshold %.3f: %.1f %% of the unanswerable refused, %.1f %% of the answerable",
			p.Threshold, 100*p.Unanswerable, 100*p.Answerable)
		l.Dots = append(l.Dots, d)
		right = append(right, fmt.Sprintf("%.1f,%.1f", d.X, d.Right))
		wrong = append(wrong, fmt.Sprintf("%.1f,%.1f", d.X, d.Wrong))
	}
	l.Right, l.Wrong = strings.Join(right, " "), strings.Join(wrong, " ")
	for i := range 5 {
		v := float64(i) / 4
		l.Grid = append(l.Grid, tick{X: x(v), Y: y(v), Label: fmt.Sprintf("%.2f", v)})
	}
	return l
}
