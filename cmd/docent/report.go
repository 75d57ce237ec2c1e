package main

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"docent/bot/store"
	"docent/rag"
	"docent/rag/library"
)

type reportFlags struct {
	since      string
	html, eval string
}

func (a *app) reportCommand() *cobra.Command {
	var f reportFlags
	c := &cobra.Command{
		Use:   "report",
		Short: "Show what was asked in Slack and what came of it",
		Long: `report reads what docent serve keeps: how many questions were asked and answered,
how fast, which documents were cited and which never, what was not found or rated
badly, with like questions together, and what the language model cost, by person,
channel and model.

With --eval the rated and the unanswered questions become a file for docent eval:
what was rated well with the documents that were cited, the others without an answer,
to be looked at by somebody who knows.`,
		Example: "  docent report\n  docent report --since 7d --html week.html\n  docent report --eval questions.jsonl",
		Args:    takes(0, 0, "no argument"),
		RunE:    func(c *cobra.Command, _ []string) error { return a.report(c, f) },
	}
	c.Flags().StringVar(&f.since, "since", "30d", "how far back: a `time` such as 12h, 30d or 8w")
	c.Flags().StringVar(&f.html, "html", "", "write a page with plots to `FILE`")
	c.Flags().StringVar(&f.eval, "eval", "", "write the questions to `FILE` for docent eval")
	return c
}

func (a *app) report(c *cobra.Command, f reportFlags) (err error) {
	span, err := spanOf(f.since)
	if err != nil {
		return usage(c, err)
	}
	ctx := c.Context()
	s, err := a.open(ctx, library.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	now := time.Now()
	outcomes, err := a.outcomes(ctx, s, now.Add(-span))
	if err != nil {
		return err
	}
	titles := make(map[rag.DocumentID]string)
	for d, err := range s.Documents(ctx, rag.Operator()) {
		if err != nil {
			return err
		}
		titles[d.ID] = d.Name()
	}
	r, err := activityOf(ctx, outcomes, titles, s.embedder, s.config)
	if err != nil {
		return err
	}
	r.From, r.To = now.Add(-span).Truncate(time.Second), now.Truncate(time.Second)
	if f.html != "" {
		if err := writeFile(f.html, 0o600, r.writeHTML); err != nil {
			return fmt.Errorf("write %s: %w", f.html, err)
		}
	}
	if f.eval != "" {
		if err := writeFile(f.eval, 0o600, func(w io.Writer) error { return writeCases(w, outcomes) }); err != nil {
			return fmt.Errorf("write %s: %w", f.eval, err)
		}
	}
	if a.json {
		return writeJSON(a.stdout, r)
	}
	p := page{terminal: a.terminal(a.stdout)}
	p.activity(r)
	return p.print()
}

// auditCommand lists the same, a line a question.
func (a *app) auditCommand() *cobra.Command {
	var since string
	var words bool
	c := &cobra.Command{
		Use:   "audit",
		Short: "List who asked in Slack, where, and what was cited",
		Long: `audit prints a line for each question that docent serve answered: when, who, where,
what came of it, the documents cited, and what it cost. The words of the question
are printed only with --words. Lines are kept as long as slack: keep: says.`,
		Example: "  docent audit --since 7d\n  docent audit --json --words",
		Args:    takes(0, 0, "no argument"),
		RunE: func(c *cobra.Command, _ []string) error {
			span, err := spanOf(since)
			if err != nil {
				return usage(c, err)
			}
			return a.audit(c.Context(), time.Now().Add(-span), words)
		},
	}
	c.Flags().StringVar(&since, "since", "30d", "how far back: a `time` such as 12h, 30d or 8w")
	c.Flags().BoolVar(&words, "words", false, "print the questions too")
	return c
}

// auditJSON is a line of docent audit --json.
type auditJSON struct {
	Time      time.Time        `json:"time"`
	Person    string           `json:"person"`
	Channel   string           `json:"channel"`
	Status    rag.Status       `json:"status"`
	Seconds   float64          `json:"seconds"`
	Documents []rag.DocumentID `json:"documents"`
	Model     string           `json:"model"`
	Usage     usageJSON        `json:"usage"`
	Cost      *float64         `json:"cost"`
	Currency  string           `json:"currency"`
	Question  string           `json:"question,omitempty"`
}

func (a *app) audit(ctx context.Context, since time.Time, words bool) (err error) {
	s, err := a.openAny(ctx, library.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	outcomes, err := a.outcomes(ctx, s, since)
	if err != nil {
		return err
	}
	p := page{terminal: a.terminal(a.stdout)}
	for _, o := range outcomes {
		line := auditJSON{Time: o.Asked, Person: o.Asker, Channel: o.Channel, Status: o.Status, Seconds: o.Took.Seconds(),
			Documents: o.Documents, Model: o.Model, Usage: usageOf(o.Usage)}
		line.Cost, line.Currency = s.config.cost(o.Model, o.Usage).json()
		if words {
			line.Question = o.Text
		}
		if a.json {
			if err := writeJSON(a.stdout, line); err != nil {
				return err
			}
			continue
		}
		said := append([]string{o.Asked.Format(time.DateTime), o.Asker, o.Channel, string(o.Status)}, strings.Fields(line.Question)...)
		p.line("%s %s", printable(strings.Join(said, " ")), p.faint(printable(fmt.Sprint(o.Documents))))
	}
	return p.print()
}

// outcomes are what came of questions in Slack since a time.
func (a *app) outcomes(ctx context.Context, s *session, since time.Time) (_ []store.Outcome, err error) {
	path := besideLibrary(s.Path(), s.config.Slack.State, "-slack.db")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, &hinted{err: errors.New("nothing has been asked in Slack"), hint: "docent serve keeps what is asked in " + path}
	}
	state, err := store.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, state.Close()) }()
	return state.Outcomes(ctx, since)
}

// spanOf reads a time as Go writes it, or a number of days or weeks.
func spanOf(text string) (time.Duration, error) {
	for unit, days := range map[string]int{"d": 1, "w": 7} {
		if number, found := strings.CutSuffix(text, unit); found {
			if n, err := strconv.Atoi(number); err == nil && n > 0 && n < 10_000 {
				return time.Duration(n*days) * 24 * time.Hour, nil
			}
		}
	}
	span, err := time.ParseDuration(text)
	if err != nil || span <= 0 {
		return 0, fmt.Errorf("--since is a time such as 12h, 30d or 8w, not %q", text)
	}
	return span, nil
}

// writeCases writes a line for each question that says something of the answers.
func writeCases(w io.Writer, outcomes []store.Outcome) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, o := range outcomes {
		c := evalCase{ID: o.ID, Question: o.Text, Language: o.Language, Type: string(o.Status)}
		switch {
		case o.Good > o.Bad && len(o.Documents) > 0:
			c.Document, c.Type = o.Documents[0], "rated well"
		case o.Bad > o.Good:
			c.Type = "rated badly"
		case o.Status == rag.Answered:
			continue
		}
		if err := e.Encode(c); err != nil {
			return err
		}
	}
	return nil
}

// evalCase is a line of a question file of docent eval.
type evalCase struct {
	ID       string         `json:"id"`
	Question string         `json:"question"`
	Language string         `json:"language"`
	Type     string         `json:"type"`
	Document rag.DocumentID `json:"document,omitempty"`
}

//go:embed report.html.tmpl
var reportText string

// writeHTML writes one page that needs nothing from elsewhere.
func (r activity) writeHTML(w io.Writer) error {
	t, err := template.New("report").Parse(reportText)
	if err != nil {
		return err
	}
	return t.Execute(w, r)
}

// Share is one number of another, in percent.
func (r activity) Share(of, all int) float64 { return 100 * float64(of) / float64(max(1, all)) }

// Height is that of the bar of a day.
func (r activity) Height(questions int) float64 {
	most := 1
	for _, d := range r.Days {
		most = max(most, d.Questions)
	}
	return r.Share(questions, most)
}

// activity shows a report to people.
func (p *page) activity(r activity) {
	p.line("%s", p.bold(fmt.Sprintf("%d questions of %d people in %d places since %s", r.Questions, r.People, r.Places, r.From.Format(time.DateOnly))))
	for _, s := range r.Statuses {
		p.field(s.Text, fmt.Sprintf("%d (%.0f %%)", s.Count, r.Share(s.Count, r.Questions)))
	}
	p.field("time", fmt.Sprintf("half within %.1f s, nine of ten within %.1f s", r.Median, r.Ninth))
	p.field("ratings", fmt.Sprintf("%d good, %d bad", r.Good, r.Bad))
	for _, spent := range r.Spent {
		p.field(spent.By, spent.String())
	}
	p.tally("Cited most", r.Cited)
	if len(r.Uncited) > 0 {
		p.line("\n%s", p.bold(fmt.Sprintf("Never cited: %d documents", len(r.Uncited))))
		p.line("%s", p.wrap(printable(strings.Join(r.Uncited[:min(len(r.Uncited), mostTallied)], "; ")), "  "))
	}
	p.tally("Not found", r.Unanswered)
	p.tally("Rated badly", r.Disliked)
}

// mostTallied are the lines of a list that people read.
const mostTallied = 10

func (p *page) tally(title string, list []tally) {
	if len(list) == 0 {
		return
	}
	p.line("\n%s", p.bold(title))
	for _, t := range list[:min(len(list), mostTallied)] {
		p.line("%4d  %s", t.Count, truncate(printable(cmp.Or(t.Text, "?")), maxWidth))
		for _, note := range t.Notes {
			p.line("      %s", p.faint(truncate(printable(note), maxWidth)))
		}
	}
}
