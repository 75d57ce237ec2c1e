package eval

import (
	"slices"
)

// Report is what a view of a set came to.
type Report struct {
	Set   string `json:"set"`
	View  string `json:"view"`
	Level Level  `json:"level"`
	// Notes are what of the set could not be used as it is.
	Notes   []string `json:"notes"`
	Figures []Figure `json:"figures"`
	Groups  []Group  `json:"groups"`
	// Refusals is what other thresholds would refuse; empty where no question
	// is unanswerable or none was answered.
	Refusals []Refusal `json:"refusals"`
	Outcomes []Outcome `json:"questions"`
}

// Title names the view of the set.
func (r Report) Title() string { return title(r.Set, r.View) }

// Figure returns the report's figure of a measure, if it has one.
func (r Report) Figure(m Measure) (Figure, bool) {
	at := slices.IndexFunc(r.Figures, func(f Figure) bool { return f.Measure == m })
	if at < 0 {
		return Figure{}, false
	}
	return r.Figures[at], true
}

// Figure is the mean of a measure's scores over the N questions that have one.
type Figure struct {
	Measure Measure `json:"measure"`
	Value   float64 `json:"value"`
	Interval
	N int `json:"n"`
}

// Group is the figures of the questions with a tag of one value.
type Group struct {
	Tag     string   `json:"tag"`
	Value   string   `json:"value"`
	Figures []Figure `json:"figures"`
}

func newReport(set string, v View, outcomes []Outcome, notes []string) Report {
	if notes == nil {
		notes = []string{}
	}
	return Report{
		Set: set, View: v.Name, Level: v.Level, Notes: notes,
		Figures: figures(outcomes), Groups: groups(outcomes), Refusals: refusalCurve(outcomes), Outcomes: outcomes,
	}
}

// figures are those of the measures that any of the questions has a score of.
func figures(outcomes []Outcome) []Figure {
	list := []Figure{}
	for _, m := range Measures() {
		var scores []float64
		for _, o := range outcomes {
			if s, ok := o.Scores[m]; ok {
				scores = append(scores, s)
			}
		}
		if len(scores) > 0 {
			interval := bootstrap(len(scores), func(drawn []int) (float64, bool) { return mean(scores, drawn) })
			list = append(list, Figure{Measure: m, Value: average(scores), Interval: interval, N: len(scores)})
		}
	}
	return list
}

// mostValues bounds the values of a tag by which questions are grouped: what
// has more is a name and not a kind.
const mostValues = 8

// groups are by the tags of several values, in order.
func groups(outcomes []Outcome) []Group {
	byTag := make(map[string]map[string][]Outcome)
	for _, o := range outcomes {
		for tag, value := range o.Tags {
			if byTag[tag] == nil {
				byTag[tag] = make(map[string][]Outcome)
			}
			byTag[tag][value] = append(byTag[tag][value], o)
		}
	}
	list := []Group{}
	for _, tag := range sortedKeys(byTag) {
		if n := len(byTag[tag]); n < 2 || n > mostValues {
			continue
		}
		for _, value := range sortedKeys(byTag[tag]) {
			list = append(list, Group{Tag: tag, Value: value, Figures: figures(byTag[tag][value])})
		}
	}
	return list
}
