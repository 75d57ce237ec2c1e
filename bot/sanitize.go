package bot

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// plain is text of others as it is shown: valid, without control characters
// and without those that turn the direction of what follows or hide in it.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == utf8.RuneError, unicode.IsControl(r), isHidden(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// isHidden holds for marks of direction, of invisible operators and of tags. A
// zero-width joiner stays: it makes emoji, and words in some scripts.
func isHidden(r rune) bool {
	switch {
	case r == '\u200b', r == '\u200e', r == '\u200f', r == '\u061c', r == '\u2060', r == '\ufeff', r == '\u00ad':
		return true
	case r >= '\u202a' && r <= '\u202e', r >= '\u2061' && r <= '\u206f', r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}

// line is plain on one line.
func line(s string) string { return strings.Join(strings.Fields(plain(s)), " ") }

// mrkdwn is text of others for where Slack reads its own markup: the three
// characters that begin a link or a mention are escaped.
func mrkdwn(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(plain(s))
}

// markdown is text of others for where Slack reads Markdown, in which it also
// understands mentions and links of its own. Links and images of Markdown and
// bare addresses lose what makes them links.
func markdown(s string) string {
	return strings.NewReplacer("<", "&lt;", ">", "&gt;", "](", "]\\(", "][", "]\\[", "]:", "]\\:", "://", ":\\//", "www.", "www\\.", "`", "\\`", "*", "\\*", "_", "\\_", "#", "\\#", "~", "\\~", "|", "\\|").
		Replace(plain(s))
}

// address is a document's URI where it is one that a browser opens, else "".
func address(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	if s := u.String(); len(s) <= 2000 && s == plain(s) && !strings.ContainsAny(s, "<>| ") {
		return s
	}
	return ""
}

// size is the length of a text as Slack counts it.
func size(s string) int { return len(utf16.Encode([]rune(s))) }

// cut shortens a text to a size, at a space where there is one near.
func cut(s string, most int) string {
	if size(s) <= most {
		return s
	}
	head, _ := splitAt(s, most-1)
	return strings.TrimRightFunc(head, unicode.IsSpace) + "…"
}

// splitAt parts a text so that the first part has at most the size, at the
// last space of it if that is not far from its end, and never within what
// belongs to one letter.
func splitAt(s string, most int) (head, tail string) {
	n, end, space := 0, 0, 0
	for i, r := range s {
		width := 1
		if r > 0xFFFF {
			width = 2
		}
		if n += width; n > most {
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
