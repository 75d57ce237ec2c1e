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
	// Calibration is the bins of ECE, from the least confident.
	Calibration []Bin `json:"calibration"`
	// Refusals is what other thresholds would refuse; empty where no question
	// is unanswerable or none was answered.
	Refusals []Refusal `json:"refusals"`
	Outcomes []Outcome `json:"questions"`
}

// Title names the view of the set.
func (r Report) Title() string { return title(r.Set, r.View) }

// Figure returns the report's figure of a measure, if it has one.
func (r Report) Figure(m Measure) (Figure, bool) {
	if f := figureIn(r.Figures, m); f != nil {
		return *f, true
	}
	return Figure{}, false
}

// Figure is the value of a measure over the N questions that count for it.
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
		Figures: figures(outcomes), Groups: groups(outcomes), Calibration: calibration(outcomes), Refusals: refusalCurve(outcomes), Outcomes: outcomes,
	}
}

// figures are those of the measures that any of the questions has a score of.
func figures(outcomes []Outcome) []Figure {
	list, all := []Figure{}, scoresOf(outcomes)
	for _, m := range Measures() {
		if f, ok := figureOf(m, all); ok {
			list = append(list, f)
		}
	}
	return list
}

func scoresOf(outcomes []Outcome) []Scores {
	all := make([]Scores, len(outcomes))
	for i, o := range outcomes {
		all[i] = o.Scores
	}
	return all
}

// mostValues bounds the values of a tag by which questions are grouped: what
// has more is a name and not a kind, unless it is one of kindTags.
const mostValues = 8

// kindTags are the tags of the field that say of what kind a question is.
var kindTags = []string{"crossed", "kind", "lang", "register", "set", "type"}

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
		if n := len(byTag[tag]); n < 2 || n > mostValues && !slices.Contains(kindTags, tag) {
			continue
		}
		for _, value := range sortedKeys(byTag[tag]) {
			list = append(list, Group{Tag: tag, Value: value, Figures: figures(byTag[tag][value])})
		}
	}
	return list
}
