package pdf

import (
	"slices"
	"strings"
)

// formField is a field with its label; a box has a state in place of a value.
type formField struct {
	label, value string
	box, checked bool
}

// placeFields puts the values of fields, which the engine gives last, beside
// or under what is printed next to them, with their labels where these are found.
func (p *pdfPage) placeFields(cellGap float32) {
	if p.printed == 0 && len(p.widgets) == 0 {
		return
	}
	var printed, fields []textLine
	for _, l := range p.lines {
		if l.field {
			fields = append(fields, l)
		} else {
			printed = append(printed, l)
		}
	}
	if (len(fields)+len(p.widgets))*(len(printed)+len(fields)) > mostPlacings {
		return
	}
	labels := newLabels(printed, p.widgets, cellGap)
	var forms []textLine
	for _, w := range p.widgets {
		shown := w.shown(fields)
		if shown != "" && !w.box {
			w.value = shown
		}
		l, ok := labels.line(w)
		if !ok {
			continue
		}
		l.page = p.number
		fields = slices.DeleteFunc(fields, w.holds)
		if l.form != nil {
			forms = append(forms, l)
		}
	}
	for _, f := range append(fields, forms...) {
		at, reach := 0, 0.6*f.em()
		for i, l := range printed {
			beside := abs32(l.base-f.base) < reach && l.left <= f.left
			if beside || l.base > f.base+reach && (at == 0 || printed[at-1].base >= l.base) {
				at = i + 1
			}
		}
		printed = slices.Insert(printed, at, f)
	}
	p.lines = slices.DeleteFunc(printed, func(l textLine) bool { return l.form == nil && !l.field && labels.used(l) })
}

// mostPlacings bounds the work that the fields of a page may make.
const mostPlacings = 1_000_000

// holds reports whether a line is what a widget shows.
func (w widget) holds(l textLine) bool {
	x, y := (l.left+l.right)/2, (l.bottom+l.top)/2
	return x >= w.place.left && x <= w.place.right && y >= w.place.bottom-1 && y <= w.place.top+1
}

// shown is the text that is drawn in a widget: it may be more, less or otherwise
// than what the file has as its value.
func (w widget) shown(fields []textLine) string {
	var lines []string
	for _, l := range fields {
		if w.holds(l) {
			lines = append(lines, l.text)
		}
	}
	return strings.Join(lines, " ")
}

// labels are the runs of words on a page that may be labels of fields.
type labels struct {
	runs    []labelRun
	widgets []widget
	// taken counts the words of lines, by where they begin, that are labels.
	taken map[linePlace]int
}

// linePlace tells the lines of a page.
type linePlace struct{ left, base float32 }

// labelRun is a run of words without a wide gap.
type labelRun struct {
	text                          string
	line                          linePlace
	words                         int
	left, right, bottom, top, bas float32
	em                            float32
}

func newLabels(lines []textLine, widgets []widget, cellGap float32) *labels {
	all := &labels{widgets: widgets, taken: make(map[linePlace]int)}
	for _, l := range lines {
		start := 0
		for i := 1; i <= len(l.words); i++ {
			if i < len(l.words) && l.words[i].left-l.words[i-1].right <= cellGap*l.em() {
				continue
			}
			end := len(l.text)
			if i < len(l.words) {
				end = l.words[i].at
			}
			all.runs = append(all.runs, labelRun{
				text: strings.TrimSpace(l.text[l.words[start].at:end]), line: linePlace{l.left, l.base}, words: i - start,
				left: l.words[start].left, right: l.words[i-1].right, bottom: l.bottom, top: l.top, bas: l.base, em: l.em(),
			})
			start = i
		}
	}
	return all
}

// used reports whether all of a line is labels.
func (a *labels) used(l textLine) bool { return a.taken[linePlace{l.left, l.base}] >= len(l.words) }

// line is the line of a field with its label; ok is false where none is found.
// One that is empty, or of radio buttons one that is not chosen, has no form.
func (a *labels) line(w widget) (l textLine, ok bool) {
	run, near := a.near(w)
	f := formField{label: w.title, value: w.value, box: w.box, checked: w.checked}
	switch {
	case w.radio && w.title != "" && near && !sameWords(w.title, run.text):
		f.value, f.box = run.text, false
		if !w.checked {
			return l, true
		}
	case !w.filled():
		return l, false
	case near && (w.title == "" || sameWords(w.title, run.text)):
		f.label = run.text
		a.taken[run.line] += run.words
	case w.title == "":
		return l, false
	}
	l = textLine{
		left: w.place.left, right: w.place.right, bottom: w.place.bottom, top: w.place.top,
		base: w.place.bottom + w.place.height()/4, form: &f, text: f.label + " " + f.value, field: true,
	}
	if near {
		l.left, l.base = min(l.left, run.left), run.bas
	}
	if w.box || !near {
		return l, true
	}
	l.left = max(l.left, run.left)
	return l, true
}

// sameWords reports whether two labels differ in signs and capitals only.
func sameWords(a, b string) bool { return letters(a) == letters(b) }

// near is the run that stands nearest where a label does: right of a box, left of
// a field, or above it.
func (a *labels) near(w widget) (run labelRun, ok bool) {
	places := []func(widget, labelRun) (float32, bool){a.before, above}
	if w.box {
		places = []func(widget, labelRun) (float32, bool){after, a.before, above}
	}
	for _, distance := range places {
		var least float32
		for _, r := range a.runs {
			if d, stands := distance(w, r); stands && len(r.text) <= longestLabel && (!ok || d < least) {
				run, least, ok = r, d, true
			}
		}
		if ok {
			return run, true
		}
	}
	return run, false
}

// longestLabel bounds, in bytes, what is printed as a label.
const longestLabel = 120

// level reports whether a run stands at the height of a widget.
func level(w widget, r labelRun) bool {
	middle := (r.bottom + r.top) / 2
	return middle > w.place.bottom-r.em/3 && middle < w.place.top+r.em/3
}

func after(w widget, r labelRun) (float32, bool) {
	gap := r.left - w.place.right
	return gap, level(w, r) && gap > -2 && gap < 2*r.em
}

// before is the distance of a run on the left, with no other field between.
func (a *labels) before(w widget, r labelRun) (float32, bool) {
	const farthest = 20 // ems
	gap := w.place.left - r.right
	if !level(w, r) || gap < -2 || gap > farthest*r.em {
		return 0, false
	}
	return gap, !slices.ContainsFunc(a.widgets, func(other widget) bool {
		return other.place != w.place && level(other, r) && other.place.left >= r.left && other.place.right <= w.place.left+1
	})
}

func above(w widget, r labelRun) (float32, bool) {
	gap := r.bottom - w.place.top
	return gap, gap > -2 && gap < 1.2*r.em && r.left > w.place.left-2*r.em && r.left < w.place.right
}
