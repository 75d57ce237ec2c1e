package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"docent/rag"
	"docent/rag/llm"
)

// money is an estimate of what tokens cost.
type money struct {
	amount   float64
	currency string
}

// String has as many digits as a single answer needs.
func (m money) String() string { return fmt.Sprintf("%.6f %s", m.amount, m.currency) }

// cost estimates what a model's tokens cost; nil where docent.yaml has no price
// of it.
func (c config) cost(model string, u rag.Usage) *money {
	p, ok := c.Prices[model]
	if !ok {
		return nil
	}
	amount := llm.Price{Input: p.Input, Cached: p.Cached, Output: p.Output}.Cost(u)
	return &money{amount: amount, currency: cmp.Or(p.Currency, "USD")}
}

// json is an amount, or null, and its currency.
func (m *money) json() (*float64, string) {
	if m == nil {
		return nil, ""
	}
	return &m.amount, m.currency
}

// costOf is what an answer cost, whichever calls of the language model it took.
func (c config) costOf(a rag.Answer) *money {
	if c.Model.Model == "" {
		return nil
	}
	return c.cost(c.Model.Model, a.Usage)
}

// spentOn says what of a model an answer took, "" where it asked none.
func (c config) spentOn(a rag.Answer) string {
	if a.Usage == (rag.Usage{}) {
		return ""
	}
	return cmp.Or(a.ModelName, c.Model.Model) + " " + tokens(a.Usage, c.costOf(a))
}

// budget is what answers ask before they use the language model; nil for no limits.
func (a *app) budget(c config) (func() error, error) {
	if c.Limits == (limitsConfig{}) {
		return nil, nil
	}
	day := &llm.Day{Log: a.usageLog()}
	if day.Log.Path == "" {
		return nil, &hinted{err: errors.New("limits: nobody can tell what was spent, since there is no folder for data"), hint: "set HOME or XDG_DATA_HOME"}
	}
	return func() error {
		used, err := day.Spent(c.Model.Model)
		if err != nil {
			return err
		}
		all, cost := used.InputTokens+used.OutputTokens, c.cost(c.Model.Model, used)
		if t := c.Limits.Tokens; t > 0 && all >= t {
			return fmt.Errorf("%w: %d of %d tokens", rag.ErrModelBudget, all, t)
		}
		if m := c.Limits.Cost; m > 0 && cost.amount >= m {
			return fmt.Errorf("%w: %s of %g", rag.ErrModelBudget, cost, m)
		}
		return nil
	}, nil
}

func tokens(u rag.Usage, cost *money) string {
	text := fmt.Sprintf("%d tokens in", u.InputTokens)
	if u.CachedTokens > 0 {
		text += fmt.Sprintf(" (%d cached)", u.CachedTokens)
	}
	text += fmt.Sprintf(" and %d out", u.OutputTokens)
	if cost != nil {
		text += ", for " + cost.String()
	}
	return text
}

// spending lists totals by model, with what they cost.
func (c config) spending(totals map[string]llm.UsageTotals) []spentJSON {
	all := make([]spentJSON, 0, len(totals))
	for _, model := range slices.Sorted(maps.Keys(totals)) {
		t := totals[model]
		s := spentJSON{Model: model, Calls: t.Calls, usageJSON: usageOf(t.Usage)}
		s.Cost, s.Currency = c.cost(model, t.Usage).json()
		all = append(all, s)
	}
	return all
}

func (s spentJSON) String() string {
	var cost *money
	if s.Cost != nil {
		cost = &money{*s.Cost, s.Currency}
	}
	return fmt.Sprintf("%s %d calls, %s", s.Model, s.Calls, tokens(rag.Usage{InputTokens: s.InputTokens, CachedTokens: s.CachedTokens, OutputTokens: s.OutputTokens}, cost))
}
