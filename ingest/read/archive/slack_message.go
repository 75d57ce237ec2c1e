package archive

import (
	"cmp"
	"slices"
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

// slackTalk gathers the messages of a channel.
type slackTalk struct {
	all  []slackDay
	seen map[string]bool // by time, which is what names a message
}

type slackDay struct {
	name     string
	messages []slackMessage
}

func (t *slackTalk) add(name string, messages []slackMessage) {
	if t.seen == nil {
		t.seen = make(map[string]bool)
	}
	day := slackDay{name: name}
	for _, m := range messages {
		if m.said() && (m.TS == "" || !t.seen[m.TS]) {
			t.seen[m.TS] = true
			day.messages = append(day.messages, m)
		}
	}
	t.all = append(t.all, day)
}

// days puts replies behind the message that they answer, on its day. Those
// whose message is not there stay where they are.
func (t *slackTalk) days() []slackDay {
	replies := make(map[string][]slackMessage)
	for _, day := range t.all {
		for _, m := range day.messages {
			if m.reply() && t.seen[m.ThreadTS] {
				replies[m.ThreadTS] = append(replies[m.ThreadTS], m)
			}
		}
	}
	days := make([]slackDay, 0, len(t.all))
	for _, day := range t.all {
		sorted := slackDay{name: day.name}
		byTime(day.messages)
		for _, m := range day.messages {
			if m.reply() && t.seen[m.ThreadTS] {
				continue
			}
			sorted.messages = append(sorted.messages, m)
			byTime(replies[m.TS])
			sorted.messages = append(sorted.messages, replies[m.TS]...)
		}
		days = append(days, sorted)
	}
	return days
}

// byTime sorts messages. Times are seconds with six decimals, as text.
func byTime(messages []slackMessage) {
	slices.SortStableFunc(messages, func(a, b slackMessage) int {
		return cmp.Or(cmp.Compare(len(seconds(a.TS)), len(seconds(b.TS))), strings.Compare(a.TS, b.TS))
	})
}

func seconds(ts string) string {
	s, _, _ := strings.Cut(ts, ".")
	return s
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

// plain is the text of a message as people see it: names for ids, labels for
// links.
func (s *slackExport) plain(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "<")
		b.WriteString(before)
		if !found {
			return unescaped.Replace(b.String())
		}
		inner, after, closed := strings.Cut(rest, ">")
		if !closed {
			b.WriteString("<" + rest)
			return unescaped.Replace(b.String())
		}
		b.WriteString(s.token(inner))
		text = after
	}
}

var unescaped = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// token is what stands for a mention or link between angle brackets.
func (s *slackExport) token(inner string) string {
	target, label, _ := strings.Cut(inner, "|")
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
