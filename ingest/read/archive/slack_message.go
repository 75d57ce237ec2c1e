package archive

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"docent/ingest/read"
)

// slackPerson is one of users.json.
type slackPerson struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	RealName string       `json:"real_name"`
	Profile  slackProfile `json:"profile"`
}

type slackProfile struct {
	RealName    string `json:"real_name"`
	DisplayName string `json:"display_name"`
}

// name is the full name where there is one: it says more than a nickname.
func (p slackPerson) name() string {
	return cmp.Or(p.Profile.RealName, p.RealName, p.Profile.DisplayName, p.Name, p.ID)
}

// slackMessage is a message as an export has it.
type slackMessage struct {
	Type     string       `json:"type"`
	Subtype  string       `json:"subtype"`
	User     string       `json:"user"`
	Bot      string       `json:"bot_id"`
	Profile  slackProfile `json:"user_profile"`
	TS       string       `json:"ts"`
	ThreadTS string       `json:"thread_ts"`
	Text     string       `json:"text"`
	Files    []struct {
		Title string `json:"title"`
		Name  string `json:"name"`
	} `json:"files"`
	Attachments []struct {
		Pretext  string `json:"pretext"`
		Title    string `json:"title"`
		Text     string `json:"text"`
		Fallback string `json:"fallback"`
	} `json:"attachments"`
}

// said reports whether a person said it: not that someone joined, that the
// topic changed, that a program has news.
func (m slackMessage) said() bool {
	switch m.Subtype {
	case "", "thread_broadcast", "reply_broadcast", "me_message", "file_share", "file_comment", "file_mention":
		return m.Bot == "" && (m.Type == "" || m.Type == "message")
	}
	return false
}

func (m slackMessage) reply() bool { return m.ThreadTS != "" && m.ThreadTS != m.TS }

// slackDay is what was said in a channel on a day.
type slackDay struct {
	name     string
	messages []slackMessage
}

// threaded puts replies behind the message that they answer, on its day. Those
// whose message is not there stay where they are. What comes twice is said
// once: the time of a message is its name.
func threaded(days []slackDay) []slackDay {
	seen := make(map[string]bool)
	replies := make(map[string][]slackMessage)
	for i, day := range days {
		days[i].messages = slices.DeleteFunc(day.messages, func(m slackMessage) bool {
			again := seen[m.TS] && m.TS != ""
			seen[m.TS] = seen[m.TS] || m.said()
			return again || !m.said()
		})
	}
	for i, day := range days {
		days[i].messages = slices.DeleteFunc(day.messages, func(m slackMessage) bool {
			answers := m.reply() && seen[m.ThreadTS]
			if answers {
				replies[m.ThreadTS] = append(replies[m.ThreadTS], m)
			}
			return answers
		})
	}
	for i, day := range days {
		byTime(day.messages)
		var all []slackMessage
		for _, m := range day.messages {
			byTime(replies[m.TS])
			all = append(append(all, m), replies[m.TS]...)
		}
		days[i].messages = all
	}
	return days
}

// byTime sorts messages. Times are seconds with six decimals, as text.
func byTime(messages []slackMessage) {
	seconds := func(ts string) float64 {
		n, _ := strconv.ParseFloat(ts, 64) // what is none comes first
		return n
	}
	slices.SortStableFunc(messages, func(a, b slackMessage) int { return cmp.Compare(seconds(a.TS), seconds(b.TS)) })
}

// write adds a message, an answer as an item below what it answers. What
// stands between three backquotes is code.
func (s *slackExport) write(c *read.Builder, m slackMessage) {
	kind := read.Paragraph
	if m.reply() {
		kind = read.ListItem
	}
	name := cmp.Or(s.people[m.User], m.Profile.RealName, m.Profile.DisplayName, m.User)
	before := name + ": "
	for i, part := range strings.Split(s.body(m), "```") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		if i%2 == 1 {
			c.Add(read.Code, 0, before+part)
		} else {
			c.Add(kind, 0, before+strings.TrimSpace(part))
		}
		before = ""
	}
}

// body is what a message says and shows.
func (s *slackExport) body(m slackMessage) string {
	lines := []string{s.plain(m.Text)}
	for _, f := range m.Files {
		lines = append(lines, s.plain(cmp.Or(f.Title, f.Name)))
	}
	if strings.TrimSpace(m.Text) == "" {
		for _, a := range m.Attachments {
			lines = append(lines, s.plain(a.Pretext), s.plain(a.Title), s.plain(cmp.Or(a.Text, a.Fallback)))
		}
	}
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" })
	return strings.Join(lines, "\n")
}

// mention is what stands between angle brackets: an id or a link, and how it
// is called.
var mention = regexp.MustCompile(`<[^<>]*>`)

var unescaped = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// plain is the text of a message as people see it: names for ids, labels for
// links.
func (s *slackExport) plain(text string) string {
	return unescaped.Replace(mention.ReplaceAllStringFunc(text, s.token))
}

// token is what stands for a mention or link between angle brackets.
func (s *slackExport) token(inner string) string {
	target, label, _ := strings.Cut(strings.Trim(inner, "<>"), "|")
	switch {
	case strings.HasPrefix(target, "@"):
		return cmp.Or(s.people[target[1:]], label, target[1:])
	case strings.HasPrefix(target, "#"):
		return "#" + cmp.Or(label, s.channels[target[1:]].Name, target[1:])
	case strings.HasPrefix(target, "!subteam"), strings.HasPrefix(target, "!date"):
		return label
	case strings.HasPrefix(target, "!"):
		return cmp.Or(label, "@"+target[1:])
	}
	return cmp.Or(label, strings.TrimPrefix(target, "mailto:"))
}
