package archive

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"docent/ingest/read"
	"docent/ingest/read/office"
	"docent/rag/lang"
)

// SlackExport is the format of Slack export files.
func SlackExport(l read.Limits, members *read.Registry) read.Format {
	return read.Format{
		Name: "Slack export", Extensions: []string{".zip"}, Sure: true, Risky: true,
		Reader: reader{l, members},
	}
}

// slackExport is a ZIP archive that Slack made of a workspace: lists of people
// and channels, and a folder a channel with a file a day. Each day of a
// channel is a document, with a thread whole where it began: what was answered
// on a later day stands there too.
type slackExport struct {
	zip *office.Zip
	// root is the folder that all of it is in, "" for none.
	root     string
	people   map[string]string
	channels map[string]slackChannel
	// days lists the files of a channel's folder by their names.
	days map[string][]string
}

// slackChannel is a channel, a private one ("group") or a conversation.
type slackChannel struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Members []string `json:"members"`
}

var slackLists = []string{"channels.json", "groups.json", "mpims.json", "dms.json"}

// findExport returns nil for an archive that Slack did not make.
func findExport(z *office.Zip) *slackExport {
	s := &slackExport{zip: z, days: make(map[string][]string), people: make(map[string]string), channels: make(map[string]slackChannel)}
	var lists bool
	for _, f := range z.Order {
		name := strings.TrimPrefix(path.Clean("/"+f.Name), "/")
		if base := path.Base(name); base == "users.json" || slices.Contains(slackLists, base) {
			lists, s.root = true, strings.TrimSuffix(name, base)
		}
	}
	if !lists {
		return nil
	}
	for _, f := range z.Order {
		name, inRoot := strings.CutPrefix(strings.TrimPrefix(path.Clean("/"+f.Name), "/"), s.root)
		folder, file, nested := strings.Cut(name, "/")
		if day, isJSON := strings.CutSuffix(file, ".json"); inRoot && nested && isJSON && len(day) == len(time.DateOnly) && read.ISODate(day) == day {
			s.days[folder] = append(s.days[folder], f.Name)
		}
	}
	if len(s.days) == 0 {
		return nil
	}
	return s
}

func (s *slackExport) documents(ctx context.Context) iter.Seq2[read.Document, error] {
	return func(yield func(read.Document, error) bool) {
		for _, err := range s.readLists() {
			if !yield(read.Document{}, err) {
				return
			}
		}
		for _, folder := range slices.Sorted(maps.Keys(s.days)) {
			if !s.channel(ctx, folder, yield) {
				return
			}
		}
	}
}

// readLists reads the names of people and channels. Without them there are
// still messages.
func (s *slackExport) readLists() []error {
	var failed []error
	var people []slackPerson
	if err := s.decode(s.root+"users.json", &people); err != nil {
		failed = append(failed, err)
	}
	for _, p := range people {
		s.people[p.ID] = p.name()
	}
	for _, list := range slackLists {
		var channels []slackChannel
		if err := s.decode(s.root+list, &channels); err != nil {
			failed = append(failed, err)
		}
		for _, c := range channels {
			s.channels[cmp.Or(c.Name, c.ID)] = c
			s.channels[c.ID] = c
		}
	}
	return failed
}

// decode reads an entry of JSON; one that is not there is empty.
func (s *slackExport) decode(name string, to any) error {
	if !s.zip.Has(name) {
		return nil
	}
	r, err := s.zip.Open(name)
	if err != nil {
		return &read.MemberError{Member: name, Err: err}
	}
	defer r.Close()
	err = json.NewDecoder(r).Decode(to)
	var other *json.UnmarshalTypeError
	switch {
	case errors.As(err, &other):
		err = errors.New("not what Slack writes there")
	case err == nil, errors.Is(err, io.EOF):
		return nil
	}
	return &read.MemberError{Member: name, Err: fmt.Errorf("damaged Slack export: %w", err)}
}

// channel yields the documents of one channel.
func (s *slackExport) channel(ctx context.Context, folder string, yield func(read.Document, error) bool) bool {
	var days []slackDay
	for _, name := range slices.Sorted(slices.Values(s.days[folder])) {
		day := slackDay{name: name}
		if err := cmp.Or(ctx.Err(), s.zip.Spent()); err != nil {
			yield(read.Document{}, err)
			return false
		}
		if err := s.decode(name, &day.messages); err != nil && !yield(read.Document{}, err) {
			return false
		}
		days = append(days, day)
	}
	for _, day := range threaded(days) {
		doc := s.day(folder, day)
		if doc.Text != "" && !yield(doc, nil) {
			return false
		}
	}
	return true
}

// day is the document of a day of a channel.
func (s *slackExport) day(folder string, day slackDay) read.Document {
	var c read.Builder
	for _, m := range day.messages {
		s.write(&c, m)
	}
	doc := c.Document()
	date := strings.TrimSuffix(path.Base(day.name), ".json")
	doc.Format, doc.Member, doc.Date = "Slack export", strings.TrimPrefix(path.Clean("/"+day.name), "/"), date
	doc.Title = lang.OneLine(read.Clean(s.title(folder))) + " " + date
	return doc
}

// title is "#channel", or the names of those who talked.
func (s *slackExport) title(folder string) string {
	c, listed := s.channels[folder]
	if c.Name != "" && !strings.HasPrefix(c.Name, "mpdm-") || !listed {
		return "#" + cmp.Or(c.Name, folder)
	}
	names := make([]string, 0, len(c.Members))
	for _, m := range c.Members {
		names = append(names, cmp.Or(s.people[m], m))
	}
	return cmp.Or(strings.Join(names, ", "), folder)
}
