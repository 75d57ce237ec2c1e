package slacktest

import (
	"regexp"
	"strings"
)

// unescape resolves the three entities that Slack knows, each once.
func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

var (
	bareURL     = regexp.MustCompile(`https?://[^\s<>"'|]+[^\s<>"'|.,;:!?)\]}…»]`)
	bareMention = regexp.MustCompile(`@(channel|here|everyone)\b`)
)

// mrkdwn writes Slack's own markup. Marks of emphasis stay as they stand: they
// call nobody and lead nowhere.
func (r *renderer) mrkdwn(text string) {
	for {
		open := strings.IndexByte(text, '<')
		if open < 0 {
			break
		}
		end := strings.IndexByte(text[open:], '>')
		if end < 0 {
			r.problem("unescaped < in %q", cut(text[open:], 40))
			break
		}
		r.plain(text[:open])
		r.angle(text[open+1 : open+end])
		text = text[open+end+1:]
	}
	r.plain(text)
}

// angle writes one <…>.
func (r *renderer) angle(inner string) {
	target, label, labelled := strings.Cut(inner, "|")
	switch {
	case strings.HasPrefix(target, "@"), strings.HasPrefix(target, "#"):
		r.mention(target[:1], target[1:])
	case strings.HasPrefix(target, "!subteam^"):
		r.mention("@", strings.TrimPrefix(target, "!subteam^"))
	case target == "!channel" || target == "!here" || target == "!everyone":
		r.ping(target[1:], target[1:])
	case strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:"):
		if !labelled || label == "" {
			label = target
		}
		r.link(unescape(target), unescape(label))
	default:
		r.problem("unknown markup <%s>", inner)
		r.write("<" + inner + ">")
	}
}

// plain writes words, in which addresses become links on their own.
func (r *renderer) plain(text string) {
	for {
		at := bareURL.FindStringIndex(text)
		if at == nil {
			break
		}
		r.words(text[:at[0]])
		r.link(unescape(text[at[0]:at[1]]), unescape(text[at[0]:at[1]]))
		text = text[at[1]:]
	}
	r.words(text)
}

func (r *renderer) words(text string) {
	if r.parsed {
		for _, m := range bareMention.FindAllStringSubmatch(text, -1) {
			r.out.Pings = append(r.out.Pings, m[1])
		}
	}
	r.lines(unescape(text))
}
