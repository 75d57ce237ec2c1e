package office

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// dateFormat says what of a moment is shown, in the letters of number formats
// without their repeats: "dmyhM", M being minutes.
type dateFormat string

// elapsed stands before the letter of a time that may be longer than a day.
const elapsed dateFormat = "["

// minutes tells the minutes, an m after h or before s, from the month.
func (d dateFormat) minutes() dateFormat {
	return dateFormat(strings.NewReplacer("hms", "hMs", "hm", "hM", "ms", "Ms").Replace(string(d)))
}

// shows reports whether all of these are shown.
func (d dateFormat) shows(letters string) bool {
	for _, l := range letters {
		if !strings.ContainsRune(string(d), l) {
			return false
		}
	}
	return true
}

// show writes a number of days, "" for what is none.
func (d dateFormat) show(value float64, since1904 bool) string {
	const last = 2_958_466 // 9999-12-31
	if d.shows(string(elapsed)) {
		return d.duration(value)
	}
	if value < 0 || value >= last || math.IsNaN(value) {
		return ""
	}
	from := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case since1904:
		from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case value < 60:
		from = from.AddDate(0, 0, 1) // there was no 1900-02-29, which is day 60
	}
	days, rest := math.Modf(value)
	seconds := math.Round(rest * 86_400)
	return from.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second).Format(d.layout())
}

func (d dateFormat) layout() string {
	date, clock := "", ""
	switch {
	case d.shows("d") || d.shows("ymh"):
		date = time.DateOnly
	case d.shows("m"):
		date = "2006-01"
	case d.shows("y"):
		date = "2006"
	}
	switch {
	case d.shows("Ms") && !d.shows("h"):
		clock = "04:05"
	case d.shows("s"):
		clock = time.TimeOnly
	case d.shows("h") || d.shows("M"):
		clock = "15:04"
	}
	return strings.TrimSpace(date + " " + clock)
}

// duration writes hours beyond a day.
func (d dateFormat) duration(value float64) string {
	if math.Abs(value) > 1e9 || math.IsNaN(value) {
		return ""
	}
	sign := ""
	if value < 0 {
		sign, value = "-", -value
	}
	seconds := int64(math.Round(value * 86_400))
	text := fmt.Sprintf("%s%d:%02d", sign, seconds/3600, seconds/60%60)
	if d.shows("s") {
		text += fmt.Sprintf(":%02d", seconds%60)
	}
	return text
}
