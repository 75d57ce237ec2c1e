package main

import (
	"cmp"
	"context"
	"slices"
	"time"

	"docent/bot/store"
	"docent/rag"
	"docent/rag/llm"
)

// activity is what was asked in a time and what came of it.
type activity struct {
	From      time.Time `json:"from"`
	To        time.Time `json:"to"`
	Questions int       `json:"questions"`
	People    int       `json:"people"`
	Places    int       `json:"places"`
	// Statuses counts questions by what came of them, Days by day in order.
	Statuses []tally `json:"statuses"`
	Days     []day   `json:"days"`
	// Median and Ninth are the seconds in which half and nine of ten were answered.
	Median float64 `json:"median_seconds"`
	Ninth  float64 `json:"ninth_decile_seconds"`
	Good   int     `json:"good"`
	Bad    int     `json:"bad"`
	// Cited are documents by how many questions they answered, Uncited the others.
	Cited   []tally  `json:"cited"`
	Uncited []string `json:"uncited"`
	// Unanswered and Disliked are questions, like ones together, under the words of
	// the first.
	Unanswered []tally `json:"unanswered"`
	Disliked   []tally `json:"disliked"`
	Spent      []spent `json:"spent"`
}

// tally counts what is alike; Notes are what people said of it.
type tally struct {
	Text  string   `json:"text"`
	Count int      `json:"count"`
	Notes []string `json:"notes,omitempty"`
}

// day counts the questions of a day, and how many were answered.
type day struct {
	Date      string `json:"date"`
	Questions int    `json:"questions"`
	Answered  int    `json:"answered"`
}

// spent is what a model cost by a person or a channel, or by "all".
type spent struct {
	By string `json:"by"`
	spentJSON
}

// activityOf sums up outcomes, oldest first, over documents with these names.
func activityOf(ctx context.Context, all []store.Outcome, names map[rag.DocumentID]string, e rag.Embedder, c config) (activity, error) {
	r := activity{Questions: len(all)}
	people, places, statuses, documents := make(map[string]int), make(map[string]int), make(map[string]int), make(map[string]int)
	var took []time.Duration
	for _, o := range all {
		people[o.Asker]++
		places[o.Channel]++
		statuses[string(o.Status)]++
		took = append(took, o.Took)
		r.Good, r.Bad = r.Good+o.Good, r.Bad+o.Bad
		r.count(o)
		for _, d := range o.Documents {
			documents[cmp.Or(names[d], string(d))]++
		}
	}
	r.People, r.Places, r.Statuses, r.Cited = len(people), len(places), tallied(statuses), tallied(documents)
	for _, name := range names {
		if documents[name] == 0 {
			r.Uncited = append(r.Uncited, name)
		}
	}
	slices.Sort(r.Uncited)
	slices.Sort(took)
	r.Median, r.Ninth = quantile(took, 0.5), quantile(took, 0.9)
	r.Spent = spentBy(all, c)
	var err error
	if r.Unanswered, err = alike(ctx, e, all, func(o store.Outcome) bool { return o.Status != rag.Answered }); err == nil {
		r.Disliked, err = alike(ctx, e, all, func(o store.Outcome) bool { return o.Bad > o.Good })
	}
	return r, err
}

// count adds a question to its day, which is the last or a new one.
func (r *activity) count(o store.Outcome) {
	date := o.Asked.Format(time.DateOnly)
	if n := len(r.Days); n == 0 || r.Days[n-1].Date != date {
		r.Days = append(r.Days, day{Date: date})
	}
	d := &r.Days[len(r.Days)-1]
	d.Questions++
	if o.Status == rag.Answered {
		d.Answered++
	}
}

// tallied lists what was counted, most first.
func tallied(counts map[string]int) []tally {
	var list []tally
	for text, n := range counts {
		list = append(list, tally{Text: text, Count: n})
	}
	slices.SortFunc(list, func(a, b tally) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Text, b.Text)) })
	return list
}

// quantile is that of sorted times, in seconds.
func quantile(sorted []time.Duration, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[int(share*float64(len(sorted)-1))].Seconds()
}

// spentBy sums up what models cost: all, and by person and by channel.
func spentBy(all []store.Outcome, c config) []spent {
	totals := make(map[string]map[string]llm.UsageTotals)
	for _, o := range all {
		if o.Model == "" {
			continue
		}
		for _, by := range []string{"all", o.Asker, o.Channel} {
			if totals[by] == nil {
				totals[by] = make(map[string]llm.UsageTotals)
			}
			t := totals[by][o.Model]
			t.Calls++
			t.Usage.Add(o.Usage)
			totals[by][o.Model] = t
		}
	}
	var list []spent
	for by, models := range totals {
		for _, s := range c.spending(models) {
			list = append(list, spent{by, s})
		}
	}
	slices.SortFunc(list, func(a, b spent) int {
		return cmp.Or(b.InputTokens+b.OutputTokens-a.InputTokens-a.OutputTokens, cmp.Compare(a.By, b.By), cmp.Compare(a.Model, b.Model))
	})
	return list
}

// leastAlike is the cosine from which two questions are taken to be of one thing. A
// lower one puts more together; what is together is only shown so.
const leastAlike = 0.6

// alike are the chosen questions, each with those before it that it is most like.
func alike(ctx context.Context, e rag.Embedder, all []store.Outcome, chosen func(store.Outcome) bool) ([]tally, error) {
	var groups []tally
	var centres [][]float32
	for _, o := range all {
		if !chosen(o) {
			continue
		}
		v, err := e.EmbedQuery(ctx, o.Text)
		if err != nil {
			return nil, err
		}
		at, best := -1, leastAlike
		for i, centre := range centres {
			if cosine := rag.Dot(v, centre); len(v) > 0 && len(v) == len(centre) && cosine >= best {
				at, best = i, cosine
			}
		}
		if at < 0 {
			at = len(groups)
			groups, centres = append(groups, tally{Text: o.Text}), append(centres, v)
		}
		groups[at].Count++
		if o.Reasons != "" {
			groups[at].Notes = append(groups[at].Notes, o.Reasons)
		}
	}
	slices.SortStableFunc(groups, func(a, b tally) int { return b.Count - a.Count })
	return groups, nil
}
