package pdf

import (
	"strings"
	"unicode"
)

// markBookmarks marks the lines that the document's own outline names. They
// are looked for on the page that the outline leads to.
func (t *layout) markBookmarks() {
	if !t.params.Bookmarks {
		return
	}
	first := make(map[int]int) // the first line of each page
	for i := len(t.lines) - 1; i >= 0; i-- {
		first[t.lines[i].page] = i
	}
	for n, mark := range t.info.bookmarks {
		start, there := first[mark.page]
		want := letters(mark.title)
		if !there || want == "" {
			continue
		}
		for i := start; i < len(t.lines) && t.lines[i].page == mark.page; i++ {
			if end := t.named(i, want); end > i {
				for k := i; k < end; k++ {
					t.lines[k].heading, t.lines[k].level = n+1, mark.level
				}
				break
			}
		}
	}
}

// named returns the end of the lines from i on that say what a bookmark does,
// perhaps after a number, or i.
func (t *layout) named(i int, want string) int {
	var got string
	for k := i; k < min(i+mostHeadingLines, len(t.lines)); k++ {
		l := t.lines[k]
		if l.page != t.lines[i].page || l.heading > 0 || len(l.cells) > 1 {
			return i
		}
		got += letters(l.text)
		if got == want || strings.HasSuffix(got, want) && isNumbering(got[:len(got)-len(want)]) ||
			strings.HasSuffix(want, got) && len(got) > 3 && isNumbering(want[:len(want)-len(got)]) {
			return k + 1
		}
		if len(got) > len(want)+20 {
			return i
		}
	}
	return i
}

// isNumbering reports whether what stands before a title is its number.
func isNumbering(s string) bool {
	return s != "" && len(s) <= 12 && strings.ContainsFunc(s, unicode.IsDigit) || len(s) == 1
}

// letters is a text reduced to what two ways to write a title share.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
