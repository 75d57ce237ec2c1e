package mail

import (
	"cmp"
	"regexp"
	"strings"
	"time"

	"docent/ingest/read"
	"docent/rag/lang"
)

// Calendar is the format of ICS files.
func Calendar(l read.Limits) read.Format {
	return read.TextFormat("calendar", l, func(_, text string) (read.Document, error) { return parseCalendar(text), nil }, ".ics", ".ical", ".ifb")
}

// property is a line of a calendar: a name, parameters and a value.
type property struct {
	name, value string
	params      map[string]string
}

// mostProperties are read of a calendar.
const mostProperties = 100_000

// parseCalendar reads the events and tasks of a calendar (RFC 5545): what, when,
// where and who, as fields under a heading each.
func parseCalendar(text string) read.Document {
	var c read.Builder
	changed := ""
	var event []property
	depth, n := 0, 0
	for line := range strings.Lines(unfolded(text)) {
		p, ok := propertyOf(strings.TrimRight(line, "\r\n"))
		if n++; !ok || n > mostProperties {
			continue
		}
		switch within := p.value == "VEVENT" || p.value == "VTODO"; {
		case p.name == "BEGIN" && within:
			event, depth = nil, 1
		case p.name == "BEGIN" && depth > 0: // an alarm
			depth++
		case p.name == "END" && within && depth == 1:
			writeEvent(&c, event)
			changed = max(changed, stampOf(event))
			depth = 0
		case p.name == "END" && depth > 1:
			depth--
		case depth == 1:
			event = append(event, p)
		}
	}
	doc := c.Document()
	doc.Date = changed
	return doc
}

// unfolded joins the lines that were folded.
func unfolded(text string) string {
	return strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "").Replace(text)
}

// propertyLine is a name, parameters, which may have signs in quotes, and a value.
var propertyLine = regexp.MustCompile(`^([^";:]*)((?:"[^"]*"|[^":])*):(.*)`)

// propertyOf parts a line.
func propertyOf(line string) (property, bool) {
	m := propertyLine.FindStringSubmatch(line)
	if m == nil {
		return property{}, false
	}
	p := property{name: strings.ToUpper(m[1]), value: m[3], params: make(map[string]string)}
	for param := range strings.SplitSeq(m[2], ";") {
		key, value, _ := strings.Cut(param, "=")
		p.params[strings.ToUpper(key)] = strings.Trim(value, `"`)
	}
	return p, true
}

var unescapedText = strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`)

// calendarFields are what is shown of an event, in order, as they are called.
var calendarFields = []struct{ name, label string }{
	{"DTSTART", "Start"}, {"DTEND", "End"}, {"DUE", "Due"}, {"DURATION", "Duration"}, {"RRULE", "Repeats"}, {"LOCATION", "Location"},
	{"ORGANIZER", "Organizer"}, {"ATTENDEE", "Attendees"}, {"STATUS", "Status"},
}

// writeEvent adds an event: its name, its fields, what is said of it.
func writeEvent(c *read.Builder, event []property) {
	values := make(map[string][]string)
	for _, p := range event {
		values[p.name] = append(values[p.name], p.text())
	}
	c.Add(read.Heading, 1, lang.OneLine(strings.Join(values["SUMMARY"], " ")))
	for _, f := range calendarFields {
		c.AddField(f.label, strings.Join(values[f.name], ", "))
	}
	for paragraph := range strings.SplitSeq(strings.Join(values["DESCRIPTION"], "\n"), "\n") {
		c.Add(read.Paragraph, 0, paragraph)
	}
}

// text is a value as people read it.
func (p property) text() string {
	switch p.name {
	case "DTSTART", "DTEND", "DUE":
		return p.moment()
	case "ORGANIZER", "ATTENDEE":
		_, address, found := strings.Cut(p.value, ":")
		if !found {
			address = p.value
		}
		return cmp.Or(p.params["CN"], address)
	}
	return unescapedText.Replace(p.value)
}

// moment is a day, or a day and time with its zone. The end of an event of whole
// days is the day after it.
func (p property) moment() string {
	if t, err := time.Parse("20060102", p.value); err == nil {
		if p.name == "DTEND" {
			t = t.AddDate(0, 0, -1)
		}
		return t.Format(time.DateOnly)
	}
	value, utc := strings.CutSuffix(p.value, "Z")
	t, err := time.Parse("20060102T150405", value)
	if err != nil {
		return p.value
	}
	zone := p.params["TZID"]
	if utc {
		zone = "UTC"
	}
	if zone == "" {
		return t.Format("2006-01-02 15:04")
	}
	return t.Format("2006-01-02 15:04") + " (" + zone + ")"
}

// stampOf is the day on which an event was last changed.
func stampOf(event []property) string {
	day := ""
	for _, p := range event {
		if t, err := time.Parse("20060102", p.value[:min(len(p.value), 8)]); err == nil && (p.name == "DTSTAMP" || p.name == "LAST-MODIFIED") {
			day = max(day, t.Format(time.DateOnly))
		}
	}
	return day
}
