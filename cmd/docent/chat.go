package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"docent/rag"
	"docent/rag/lang"
)

func (a *app) chatCommand() *cobra.Command {
	var f queryFlags
	c := &cobra.Command{
		Use:   "chat",
		Short: "Ask one question after the other",
		Long: `chat answers questions in a conversation: a question may lean on those before it
("and in 2023?", "tell me more"), and the answer says how it was understood. Each
statement is shown as soon as it is checked against the documents.

A line that begins with / is a command:

` + chatHelp() + `
At a terminal the arrows move in the line and fetch earlier ones, ^C gives up
the line, and ^D on an empty one ends. Where standard input is no terminal, it is
read line by line without a prompt.`,
		Example: `  docent chat
  docent chat --from handbook --no-model
  docent chat <questions.txt`,
		Args: takes(0, 0, "no argument"),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.check(c); err != nil {
				return err
			}
			if a.json {
				return usage(c, errors.New("chat is for people; for programs there is: docent ask --json -"))
			}
			return a.chat(c.Context(), f)
		},
	}
	f.flags(c, 0, evidenceLimit())
	f.answerFlags(c)
	a.readFlags(c)
	return c
}

func (a *app) chat(ctx context.Context, f queryFlags) (err error) {
	s, answers, err := a.openAnswerer(ctx, f)
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	c := chat{app: a, answerer: answers, terminal: a.terminal(a.stdout), config: s.config, request: f.request(s, question{})}
	in, typed := a.stdin.(*os.File)
	out, read := a.stdout.(*os.File)
	c.interactive = typed && read && width(in) > 0 && width(out) > 0
	if c.interactive && a.getenv("TERM") != "dumb" {
		c.editor = newEditor(in, out, c.promptText())
	}
	return c.run(ctx)
}

// chat is a conversation.
type chat struct {
	*app
	answerer
	terminal
	config config
	// request is what all questions have in common.
	request rag.SearchRequest
	// interactive conversations have a prompt: somebody types, and reads what
	// is answered. editor is nil where keys are not to be read one by one.
	interactive bool
	editor      *editor
	answers     []rag.Answer
	// saved is the file that the conversation was written to.
	saved string
}

// errQuit ends a conversation.
var errQuit = errors.New("quit")

func (c *chat) run(ctx context.Context) error {
	if err := c.prompt(); err != nil {
		return err
	}
	read := readLines(ctx, c.stdin)
	if c.editor != nil {
		read = c.editor.lines(ctx)
	}
	for line := range read {
		if errors.Is(line.err, errInterrupted) {
			return errors.Join(c.printf(""), line.err)
		}
		if line.err != nil && !errors.Is(line.err, io.EOF) {
			return fmt.Errorf("read standard input: %w", line.err)
		}
		switch err := c.handle(ctx, strings.TrimSpace(string(line.text))); {
		case errors.Is(err, errQuit):
			return nil
		case err != nil:
			return err
		}
		if err := c.prompt(); err != nil {
			return err
		}
	}
	if c.interactive {
		// After ^D the shell's prompt begins a line.
		if err := c.printf(""); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (c *chat) prompt() error {
	if !c.interactive || c.editor != nil {
		return nil
	}
	_, err := io.WriteString(c.w, c.promptText())
	return err
}

func (c *chat) promptText() string { return c.cyan("?") + " " }

func (c *chat) printf(format string, args ...any) error {
	_, err := fmt.Fprintf(c.w, format+"\n", args...)
	return err
}

// handle takes a line: nothing, a command, or a question. What is wrong with it
// is told, and the conversation goes on.
func (c *chat) handle(ctx context.Context, line string) error {
	switch {
	case line == "":
		return nil
	case strings.HasPrefix(line, "/"):
		return c.command(line)
	}
	err := c.ask(ctx, line)
	if errors.Is(err, rag.ErrLongQuestion) || errors.Is(err, rag.ErrEmptyQuestion) {
		c.printError(err)
		return nil
	}
	return err
}

// historyLength is how many exchanges a question may lean on.
const historyLength = 6

// ask answers a question and shows each claim as it comes.
func (c *chat) ask(ctx context.Context, text string) error {
	if !c.interactive {
		if err := c.printf("%s", c.bold("? "+truncate(printable(text), 2*maxWidth))); err != nil {
			return err
		}
	}
	req := c.request
	req.Question = text
	for _, a := range c.answers[max(0, len(c.answers)-historyLength):] {
		req.History = append(req.History, rag.Exchange{Question: a.Question, Answer: a.Text()})
	}
	language := lang.DetectQuestion(text)
	answer, err := c.Tell(ctx, req, func(claim rag.Claim, _ []rag.Citation) error {
		return c.printf("%s", c.claim(claim, language))
	})
	if err != nil {
		return err
	}
	c.answers = append(c.answers, answer)
	p := page{terminal: c.terminal}
	p.ending(answer)
	p.line("")
	c.warnFailures(answer)
	return p.print()
}

type chatCommand struct {
	name, does string
	run        func(*chat, string) error
}

// chatCommands are what may be typed besides questions.
func chatCommands() []chatCommand {
	return []chatCommand{
		{"/sources", "the documents quoted so far", (*chat).sources},
		{"/explain", "the passages behind the last answer, and why they scored", (*chat).explain},
		{"/save FILE", "write the conversation to a file, as Markdown", (*chat).save},
		{"/help", "this list", (*chat).help},
		{"/quit", "end", func(*chat, string) error { return errQuit }},
	}
}

func chatHelp() string {
	var b strings.Builder
	for _, k := range chatCommands() {
		fmt.Fprintf(&b, "  %-11s %s\n", k.name, k.does)
	}
	return b.String()
}

func (c *chat) command(line string) error {
	name, argument, _ := strings.Cut(line, " ")
	for _, k := range chatCommands() {
		if own, _, _ := strings.Cut(k.name, " "); own == name {
			return k.run(c, strings.TrimSpace(argument))
		}
	}
	c.printProblem(fmt.Sprintf("there is no command %s", name), "/help lists them")
	return nil
}

func (c *chat) help(string) error {
	_, err := io.WriteString(c.w, chatHelp())
	return err
}

// sources lists each document that was quoted with the answers that quote it.
func (c *chat) sources(string) error {
	p := page{terminal: c.terminal}
	seen := make(map[rag.DocumentID]bool)
	for _, a := range c.answers {
		for _, k := range a.Citations {
			if !seen[k.Document] {
				seen[k.Document] = true
				p.line("%s", p.bold(location(k.Title, nil, "", k.Date)))
				p.line("    %s", p.faint(printable(k.URI)))
			}
		}
	}
	if len(seen) == 0 {
		p.line("No document was quoted yet.")
	}
	return p.print()
}

func (c *chat) explain(string) error {
	p := page{terminal: c.terminal}
	if n := len(c.answers); n > 0 {
		p.explanation(c.answers[n-1].Evidence)
		p.spent(c.config.spentOn(c.answers[n-1]))
	} else {
		p.line("Nothing was asked yet.")
	}
	return p.print()
}

// save writes the conversation so far. A file that it did not make itself it
// leaves alone.
func (c *chat) save(path string) error {
	if path == "" {
		c.printProblem("/save needs a file", "as in: /save conversation.md")
		return nil
	}
	if _, err := os.Lstat(path); err == nil && path != c.saved {
		c.printProblem(path+" is there already", "choose another name")
		return nil
	}
	if err := writeFile(path, 0o644, c.transcript); err != nil {
		c.printProblem(fmt.Sprintf("save the conversation: %v", err), hint(err))
		return nil
	}
	c.saved = path
	return c.printf("%s", c.faint("saved "+printable(path)))
}

// transcript is the conversation as Markdown.
func (c *chat) transcript(w io.Writer) error {
	var b strings.Builder
	for i, a := range c.answers {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "## %s\n\n%s\n", oneLine(a.Question), a.Text())
		for _, k := range a.Citations {
			fmt.Fprintf(&b, "\n[%d] %s  \n%s\n\n> %s\n", k.N, location(k.Title, k.Heading, locator(k.Format, k.Page, k.Row), k.Date), printable(k.URI), oneLine(k.Quote))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func oneLine(s string) string { return lang.OneLine(printable(s)) }
