package render

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"docent/rag/lang"
)

// Sanitize returns what of a text may be posted, see [lang.Sanitize].
func Sanitize(s string) string { return lang.Sanitize(s) }

// OneLine is Sanitize with all white space turned into single spaces.
func OneLine(s string) string { return lang.OneLine(Sanitize(s)) }

// escapeMrkdwn escapes the three characters that begin a link or a mention in
// Slack's own markup.
func escapeMrkdwn(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(Sanitize(s))
}

// escapeMarkdown escapes text for Slack's Markdown, which also knows Slack's
// mentions and links. Neither links and images nor bare addresses stay links.
func escapeMarkdown(s string) string {
	return strings.NewReplacer("<", "&lt;", ">", "&gt;", "](", "]\\(", "][", "]\\[", "]:", "]\\:", "://", ":\\//", "www.", "www\\.", "`", "\\`", "*", "\\*", "_", "\\_", "#", "\\#", "~", "\\~", "|", "\\|").
		Replace(Sanitize(s))
}

// linkURL returns a URI that a browser opens, or "".
func linkURL(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	if s := u.String(); len(s) <= 2000 && s == Sanitize(s) && !strings.ContainsAny(s, "<>| ") {
		return s
	}
	return ""
}

// length is the length of a text in UTF-16 code units, as Slack counts.
func length(s string) int { return len(utf16.Encode([]rune(s))) }

// Truncate shortens a text to at most a length in UTF-16 code units, at a space
// if there is one near, and ends it with an ellipsis.
func Truncate(s string, limit int) string {
	if length(s) <= limit {
		return s
	}
	head, _ := splitAt(s, limit-1)
	return strings.TrimRightFunc(head, unicode.IsSpace) + "…"
}

// splitAt splits a text so that the head is no longer than limit, after its last
// space if that is not far from its end, and never within a grapheme of letter
// and marks.
func splitAt(s string, limit int) (head, tail string) {
	n, end, space := 0, 0, 0
	for i, r := range s {
		width := 1
		if r > 0xFFFF {
			width = 2
		}
		if n += width; n > limit {
			break
		}
		switch next := i + utf8.RuneLen(r); {
		case unicode.IsSpace(r):
			space, end = next, next
		default:
			end = next
		}
	}
	if end == len(s) {
		return s, ""
	}
	if space > end*3/4 {
		return s[:space], s[space:]
	}
	for at := end; at > end-64 && at > 0; at-- {
		if r, _ := utf8.DecodeRuneInString(s[at:]); utf8.RuneStart(s[at]) && !unicode.Is(unicode.M, r) && r != '\u200d' {
			if before, _ := utf8.DecodeLastRuneInString(s[:at]); before != '\u200d' {
				return s[:at], s[at:]
			}
		}
	}
	return s[:end], s[end:]
}
