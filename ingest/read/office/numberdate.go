package office

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// dateParts says what of a moment a format shows.
type dateParts struct {
	year, month, day, hour, minute, second, elapsed bool
	last                                            byte
	// pending says that an m after which no s has come is the month.
	pending bool
}

// add notes a letter. An m after h or before s is for minutes.
func (d *dateParts) add(c byte) {
	switch c {
	case 'y':
		d.year = true
	case 'd':
		d.day = true
	case 'h':
		d.hour = true
	case 's':
		d.second = true
		if d.pending {
			d.month, d.minute = false, true
		}
	case 'm':
		if d.last == 'h' || d.elapsed {
			d.minute = true
		} else {
			d.pending = !d.month
			d.month = true
		}
	}
	if c != 'm' {
		d.pending = false
	}
	d.last = c
}

// Epoch is the day that a workbook counts from.
type Epoch int

const (
	Since1900 Epoch = iota
	Since1904
)

// show writes a number of days, "" for what is none.
func (d dateParts) show(value float64, since Epoch) string {
	const last = 2_958_466 // 9999-12-31
	if d.elapsed {
		return d.duration(value)
	}
	if value < 0 || value >= last || math.IsNaN(value) {
		return ""
	}
	from := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case since == Since1904:
		from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case value < 60:
		from = from.AddDate(0, 0, 1) // there was no 1900-02-29, which is day 60
	}
	days, rest := math.Modf(value)
	seconds := math.Round(rest * 86_400)
	moment := from.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	layout := ""
	switch {
	case d.day || d.year && d.month && d.hour:
		layout = "2006-01-02"
	case d.year && d.month:
		layout = "2006-01"
	case d.year:
		layout = "2006"
	case d.month:
		layout = "2006-01"
	}
	switch {
	case d.minute && d.second && !d.hour:
		layout += " 04:05"
	case d.second:
		layout += " 15:04:05"
	case d.hour || d.minute:
		layout += " 15:04"
	}
	return moment.Format(strings.TrimSpace(layout))
}

// duration writes hours beyond a day.
func (d dateParts) duration(value float64) string {
	if math.Abs(value) > 1e9 || math.IsNaN(value) {
		return ""
	}
	sign := ""
	if value < 0 {
		sign, value = "-", -value
	}
	seconds := int64(math.Round(value * 86_400))
	text := sign + strconv.FormatInt(seconds/3600, 10) + ":" + twoDigits(seconds/60%60)
	if d.second {
		text += ":" + twoDigits(seconds%60)
	}
	return text
}

func twoDigits(n int64) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }
