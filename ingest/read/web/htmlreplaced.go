package web

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"docent/ingest/read/office"
)

// picture writes what a page shows in place of a picture. One of a single
// character is a part of its word, as an emoji is.
func (p *page) picture(n *html.Node) {
	alt := strings.Trim(attribute(n, "alt"), office.AsciiSpace)
	if utf8.RuneCountInString(alt) > 2 {
		alt = " " + alt + " "
	}
	if p.pre == 0 {
		p.write(alt)
	}
}
