package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// check tries one part of what docent needs. It says in a few words what it
// found; the error, with its hint, is what is wrong.
type check struct {
	name string
	try  func(ctx context.Context, c config) (string, error)
}

// checks are the parts, in the order in which they need each other.
func (a *app) checks() []check {
	return []check{
		{"library", a.checkLibrary},
		{"embedder", a.checkEmbedder},
		{"index", a.checkIndex},
		{"reader", a.checkReader},
		{"scans", a.checkScans},
		{"model", a.checkModel},
		{"rerank", a.checkRerank},
		{"slack", a.checkSlackIfAny},
	}
}

// errCheckFailed is the outcome of a doctor who found something.
var errCheckFailed = errors.New("something is wrong")

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor [PART...]",
		Short: "Try each configured part, and say what is wrong and how to mend it",
		Long: `doctor opens the library, embeds a word, starts a process to read documents
in, looks for tesseract, asks the language model a question, and has passages
put in order; each as docent.yaml and the environment have it; or does one of
these. The exit code is 1 if something is wrong.

Of the language model it tells what was negotiated and which models its server
has. Those to begin with on 30 November 2026: gpt-6.1-terra of openai,
claude-sonnet-5-5 of anthropic, mistral-small-latest of mistral, gemma4 of ollama.`,
		Example: "  docent doctor\n  docent doctor model\n  docent doctor --json",
		RunE: func(c *cobra.Command, parts []string) error {
			checks, err := a.checksOf(parts)
			if err != nil {
				return usage(c, err)
			}
			return a.doctor(c.Context(), checks)
		},
	}
}

// checksOf are the checks of those parts, or all.
func (a *app) checksOf(parts []string) ([]check, error) {
	all := a.checks()
	if len(parts) == 0 {
		return all, nil
	}
	var chosen []check
	for _, part := range parts {
		i := slices.IndexFunc(all, func(c check) bool { return c.name == part })
		if i < 0 {
			return nil, fmt.Errorf("there is no part %q to look at", part)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

func (a *app) doctor(ctx context.Context, checks []check) error {
	c, err := a.settings()
	if err := a.showCheck("configuration", "", err); err != nil {
		return err
	}
	if err != nil {
		return errCheckFailed
	}
	unwell := false
	for _, part := range checks {
		found, err := part.try(ctx, c)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := a.showCheck(part.name, found, err); err != nil {
			return err
		}
		unwell = unwell || err != nil
	}
	if unwell {
		return errCheckFailed
	}
	return nil
}

func (a *app) showCheck(name, found string, wrong error) error {
	if a.json {
		out := checkJSON{Check: name, OK: wrong == nil, Found: found}
		if wrong != nil {
			out.Error, out.Hint = wrong.Error(), hint(wrong)
		}
		return writeJSON(a.stdout, out)
	}
	p := page{terminal: a.terminal(a.stdout)}
	state := "ok   "
	if wrong != nil {
		state, found = p.red("wrong"), wrong.Error()
		if cure := hint(wrong); cure != "" {
			found += "; " + cure
		}
	}
	p.line("%s", strings.TrimSpace(fmt.Sprintf("%s  %-13s %s", state, name, printable(found))))
	return p.print()
}
