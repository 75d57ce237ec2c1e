package pdf

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"docent/ingest/read"
	"docent/rag/lang"
)

// pdfInfo is what a document says of itself.
type pdfInfo struct {
	title, author, language, date string
	bookmarks                     []bookmark
}

// bookmark is an entry of the document's outline.
type bookmark struct {
	title string
	// level is 1 to 6, page counted from 1.
	level, page int
}

const (
	// mostBookmarks bounds an outline, which may lead back to itself.
	mostBookmarks = 5000
	deepestMark   = 32
)

// info asks for what a document says of itself. What it does not say, or says
// wrong, is left out.
func (f *pdfFile) info() pdfInfo {
	var info pdfInfo
	text := func(tag string) string {
		r, err := f.engine.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: f.doc, Tag: tag})
		if err != nil {
			return ""
		}
		return lang.OneLine(read.Clean(r.Value))
	}
	info.title, info.author = text("Title"), text("Author")
	for _, tag := range []string{"CreationDate", "ModDate"} {
		if info.date == "" {
			info.date = parseDate(text(tag))
		}
	}
	if r, err := f.engine.FPDFCatalog_GetLanguage(&requests.FPDFCatalog_GetLanguage{Document: f.doc}); err == nil {
		info.language = read.BaseLanguage(strings.Trim(read.Clean(r.Language), "\x00 "))
	}
	f.outline(&info, nil, 1)
	return info
}

// outline gathers the bookmarks under one.
func (f *pdfFile) outline(info *pdfInfo, parent *references.FPDF_BOOKMARK, level int) {
	if level > deepestMark {
		return
	}
	child, err := f.engine.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: f.doc, Bookmark: parent})
	if err != nil {
		return
	}
	for mark := child.Bookmark; mark != nil && len(info.bookmarks) < mostBookmarks; {
		// One that leads nowhere counts too: it may be one of a circle.
		info.bookmarks = append(info.bookmarks, f.bookmark(*mark, level))
		f.outline(info, mark, level+1)
		next, err := f.engine.FPDFBookmark_GetNextSibling(&requests.FPDFBookmark_GetNextSibling{Document: f.doc, Bookmark: *mark})
		if err != nil {
			return
		}
		mark = next.Bookmark
	}
}

func (f *pdfFile) bookmark(mark references.FPDF_BOOKMARK, level int) bookmark {
	b := bookmark{level: min(level, 6)}
	if title, err := f.engine.FPDFBookmark_GetTitle(&requests.FPDFBookmark_GetTitle{Bookmark: mark}); err == nil {
		b.title = lang.OneLine(read.Clean(title.Title))
	}
	dest, err := f.engine.FPDFBookmark_GetDest(&requests.FPDFBookmark_GetDest{Document: f.doc, Bookmark: mark})
	if err != nil || dest.Dest == nil {
		return b
	}
	page, err := f.engine.FPDFDest_GetDestPageIndex(&requests.FPDFDest_GetDestPageIndex{Document: f.doc, Dest: *dest.Dest})
	if err == nil {
		b.page = page.Index + 1
	}
	return b
}

// parseDate returns the day of a date as PDF writes it: "D:20240131120000+01'00'".
func parseDate(s string) string {
	s = strings.TrimPrefix(s, "D:")
	if len(s) < 8 || strings.Trim(s[:8], "0123456789") != "" {
		return read.ISODate(s)
	}
	return read.ISODate(s[:4] + "-" + s[4:6] + "-" + s[6:8])
}

// title is what the document calls itself, or its largest heading near the
// start.
func (t *layout) title(doc read.Document) string {
	if isTitle(t.info.title) {
		return t.info.title
	}
	var best read.Block
	for i, b := range doc.Blocks[:min(len(doc.Blocks), 60)] {
		if b.Kind == read.Heading && b.Page <= doc.Blocks[0].Page+1 && (best.Level == 0 || b.Level < best.Level) {
			best = doc.Blocks[i]
		}
	}
	if best.Level == 0 {
		return ""
	}
	return lang.OneLine(doc.Text[best.Start:best.End])
}

// junk are the titles that programs give by themselves, and names of files.
var junk = regexp.MustCompile(`(?i)^(?:microsoft (?:word|powerpoint|excel).*|(?:untitled|sans titre|document|title|titre|print|(?:pr[ée]sentation|presentation|slide)(?: powerpoint)?)\s?\d*|.*\.[a-z]{2,5}|\S*[_\d]\S*|about:blank|https?:.*)$`)

// isTitle reports whether a title was meant as one.
func isTitle(s string) bool {
	return len(s) > 2 && len(s) <= 300 && strings.ContainsFunc(s, unicode.IsLower) && !junk.MatchString(s)
}
