package office

import (
	"strings"

	"docent/ingest/read"
	"docent/rag/lang"
)

// Control is where a person fills in something of a paragraph: a field, or a box
// to check.
type Control struct {
	// Start and End are byte offsets into the paragraph.
	Start, End int
	// Title is how the form calls it, or "".
	Title string
	// Box says that it is a box, Checked its state.
	Box, Checked bool
}

// Boxes as they stand in a text.
const (
	CheckedBox = "☒"
	EmptyBox   = "☐"
)

// BoxText is the sign of a box.
func BoxText(checked bool) string {
	if checked {
		return CheckedBox
	}
	return EmptyBox
}

// longestLabel bounds, in bytes, the label of a field.
const longestLabel = 200

// Fields are the fields that a paragraph consists of, nil for one that is none:
// "Name: [Ann] Born: [1990]", "[x] Night work", "Size: [ ] small [x] large".
func Fields(text string, controls []Control, language string) []Piece {
	boxes := 0
	for _, c := range controls {
		if c.Box {
			boxes++
		}
	}
	switch {
	case len(controls) == 0:
		return nil
	case boxes == len(controls):
		return boxFields(text, controls, language)
	case boxes > 0:
		return nil
	case len(controls) == 1 && controls[0].Title != "" && strings.TrimSpace(text[:controls[0].Start]+text[controls[0].End:]) == "":
		return titled(controls[0].Title, strings.TrimSpace(text), language)
	}
	return textFields(text, controls)
}

func titled(title, value, language string) []Piece {
	if title = lang.OneLine(title); len(title) > longestLabel || len(value) > longestLabel {
		return nil
	}
	return []Piece{{Kind: read.Field, Label: read.LabelText(language, title), Text: value, Titled: true}}
}

// isLabel reports whether a text says by its end that a value follows.
func isLabel(text string) bool {
	return strings.HasSuffix(text, ":") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "：")
}

// textFields are those of a paragraph in which a label stands before each.
func textFields(text string, controls []Control) []Piece {
	var fields []Piece
	at := 0
	for _, c := range controls {
		label, value := strings.TrimSpace(text[at:c.Start]), strings.TrimSpace(text[c.Start:c.End])
		if at = c.End; !isLabel(label) || len(label) > longestLabel {
			return nil
		}
		if value == "" { // not filled in
			label, value = "", label
		}
		fields = append(fields, Piece{Kind: read.Field, Label: label, Text: value})
	}
	if strings.TrimSpace(text[at:]) != "" {
		return nil
	}
	return fields
}

// boxFields are those of a paragraph with boxes: what stands before a colon is
// chosen from what follows, else each box has the text after it or, where one
// stands last, before it.
func boxFields(text string, boxes []Control, language string) []Piece {
	before := strings.TrimSpace(text[:boxes[0].Start])
	after := parted(text, boxes)
	last := after[len(after)-1]
	switch {
	case isLabel(before) && last != "":
		var chosen []string
		for i, b := range boxes {
			if b.Checked {
				chosen = append(chosen, after[i])
			}
		}
		if len(chosen) == 0 {
			return nil
		}
		return []Piece{{Kind: read.Field, Label: before, Text: strings.Join(chosen, ", ")}}
	case before != "" && last == "":
		return states(append([]string{before}, after...), boxes, language)
	case before == "":
		return states(after, boxes, language)
	}
	return nil
}

// parted are the texts after each box, to the next.
func parted(text string, boxes []Control) []string {
	var all []string
	for i, b := range boxes {
		end := len(text)
		if i+1 < len(boxes) {
			end = boxes[i+1].Start
		}
		all = append(all, strings.TrimSpace(text[b.End:end]))
	}
	return all
}

// states are the boxes with their labels, or their titles where these are empty.
func states(labels []string, boxes []Control, language string) []Piece {
	var fields []Piece
	for i, b := range boxes {
		value := read.BoxState(language, b.Checked)
		switch label := strings.TrimRight(labels[i], ",;"); {
		case label != "" && len(label) <= longestLabel:
			fields = append(fields, Piece{Kind: read.Field, Label: read.LabelText(language, label), Text: value})
		case b.Title != "" && label == "":
			fields = append(fields, titled(b.Title, value, language)...)
		default:
			return nil
		}
	}
	return fields
}
