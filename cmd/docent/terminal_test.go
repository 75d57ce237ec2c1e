package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrap(t *testing.T) {
	for name, c := range map[string]struct {
		width              int
		text, indent, want string
	}{
		"no terminal":       {0, "one two  three\nfour", "", "one two three four"},
		"short":             {20, "one two", "  ", "  one two"},
		"breaks":            {9, "one two three", "", "one two\nthree"},
		"indented":          {9, "one two three", "    ", "    one\n    two\n    three"},
		"exactly":           {7, "one two three", "", "one two\nthree"},
		"too long a word":   {5, "antidisestablishment is", "", "antidisestablishment\nis"},
		"marker stays":      {13, "it is so. [1] Then", "", "it is so. [1]\nThen"},
		"French marks stay": {9, "il a dit quoi ?", "", "il a dit\nquoi ?"},
		"no-break space":    {8, "«\u00a0mot\u00a0» et", "", "«\u00a0mot\u00a0»\net"},
		"wide letters":      {5, "日本 語", "", "日本\n語"},
		"nothing":           {10, "", "  ", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, terminal{width: c.width}.wrap(c.text, c.indent)); c.text != "" && diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever a document holds, nothing of what is shown of it commands the
// terminal.
func TestPrintable(t *testing.T) {
	if got := printable("a\x1b[31m \u009b2J\u202eb\u200b\U000E0041\r\n\tc"); got != "a[31m 2Jb\n\tc" {
		t.Errorf("%q", got)
	}
}

func TestShortened(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		most int
		want string
	}{
		"short":       {"one two", 10, "one two"},
		"cut":         {"one two three", 9, "one two …"},
		"no comma":    {"one two, three", 10, "one two …"},
		"in runes":    {"été éternel", 5, "été …"},
		"white space": {" one\n\ntwo ", 10, "one two"},
		"one word":    {"antidisestablishment", 4, "anti …"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := truncate(c.text, c.most); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestPlace(t *testing.T) {
	for name, c := range map[string]struct {
		title   string
		heading []string
		where   string
		date    string
		want    string
	}{
		"title":          {"Leave", nil, "", "", "Leave"},
		"all":            {"Leave", []string{"Annual", "Carry over"}, "p. 3", "2024-02-07", "Leave — Annual › Carry over, p. 3 (2024-02-07)"},
		"title on top":   {"Leave", []string{"Leave", "Annual"}, "", "", "Leave — Annual"},
		"title alone":    {"Leave", []string{"Leave"}, "", "", "Leave"},
		"on one line":    {"Leave\nand more", nil, "", "", "Leave and more"},
		"nothing to say": {"", []string{"Annual"}, "", "", "— Annual"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := location(c.title, c.heading, c.where, c.date); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestWhereIn(t *testing.T) {
	for _, c := range []struct {
		format    string
		page, row int
		want      string
	}{
		{"PDF", 3, 0, "p. 3"}, {"PPTX", 3, 0, "slide 3"}, {"XLSX", 2, 17, "row 17"}, {"Markdown", 0, 0, ""},
	} {
		if got := locator(c.format, c.page, c.row); got != c.want {
			t.Errorf("page %d, row %d of %s: %q, want %q", c.page, c.row, c.format, got, c.want)
		}
	}
}
