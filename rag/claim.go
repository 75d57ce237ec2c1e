package rag

import (
	"errors"
	"slices"
	"time"

	"docent/prompts"
)

// Status is the outcome of a question.
type Status string

// The three outcomes.
const (
	// Answered: every claim is supported.
	Answered Status = "answered"
	// Partial: a part of the question is answered, the rest is named.
	Partial Status = "partial"
	// NotFound: the documents do not say.
	NotFound Status = "not_found"
)

// Mode tells how an answer was made.
type Mode string

// Extractive answers are sentences of the documents; written ones are a language
// model's.
const (
	Extractive Mode = "extractive"
	Written    Mode = "model"
)

// Did is what a model did that was asked.
type Did string

// What models do.
const (
	DidAnswer  Did = "answered"
	DidDecline Did = "declined"
	// DidFail is a call that failed, DidCut one that broke off.
	DidFail Did = "failed"
	DidCut  Did = "cut"
)

// Dropped is a claim of a model that is not shown, and why.
type Dropped struct {
	Text    string
	Reasons []string
}

// Hit is a passage with its score and why it scored.
type Hit struct {
	Located
	// Score is the fused score, between 0 and 1 and comparable within one
	// question only.
	Score float64
	// Lexical is the BM25 score, Vector the cosine.
	Lexical, Vector float64
}

// Citation is a quote with its place. It exists only after code has found the
// quote in the document's text: Quote == Text[Start:End].
type Citation struct {
	// N is the number of its marker in the answer, from 1.
	N        int
	Document DocumentID
	URI      string
	Title    string
	Heading  []string
	// Page and Row are 0 where the format has none.
	Page, Row  int
	Format     string
	Start, End int
	Quote      string
	Date       string
	// Context are the runs of the text that the quote is read with, outermost
	// first: a header row, a lead-in, the question that it answers.
	Context []Excerpt
}

// Excerpt is a verbatim run of a document's text.
type Excerpt struct {
	Start, End int
	Text       string
}

// Claim is one sentence of an answer with the numbers of its citations. It has
// none where the documents do not bear it out and Writer.Mark shows it all the
// same.
type Claim struct {
	// Text reads alone; that of a row names its columns.
	Text      string
	Citations []int
	// Grade says how it rests on its citations.
	Grade Grade
	// Form is how the claim stands in the answer, Heading and Columns what it is the
	// first to stand under: the heading of a section, the header of a table.
	Form    Form
	Heading string
	Columns []string
	// Cells are those of a TableRow, N is the number of a Step.
	Cells []string
	N     int
}

// Form is how a claim stands in an answer.
type Form string

// The forms; a claim without one is a sentence of a paragraph.
const (
	ListItem Form = "item"
	Step     Form = "step"
	TableRow Form = "row"
)

// Grade says how a claim rests on its citations.
type Grade string

// The grades. A refuted claim is shown to nobody.
const (
	// Proven claims say no more than their quotes, as code has shown.
	Proven Grade = "proven"
	// Read ones are what a language model reads in quotes that speak of the matter;
	// nothing that code can see is against them.
	Read Grade = "read"
	// Refuted ones say something that their quotes do not.
	Refuted Grade = "refuted"
)

// Searched says what a question was put to.
type Searched struct {
	Documents, Passages int
}

// Usage counts the tokens that a language model charged for.
type Usage struct {
	InputTokens, OutputTokens int
	// CachedTokens are those of InputTokens that the provider had read before, and
	// mostly charges less for.
	CachedTokens int
}

// Add counts more.
func (u *Usage) Add(more Usage) {
	u.InputTokens += more.InputTokens
	u.OutputTokens += more.OutputTokens
	u.CachedTokens += more.CachedTokens
}

// Timings of one answer.
type Timings struct {
	Retrieve, Answer, Total time.Duration
}

// Answer is claims, or a refusal that says what was searched and what came
// nearest.
type Answer struct {
	Question string
	// Language is the question's, and so the answer's.
	Language string
	// Intent is what the message wanted; "" where nobody read it but as a question.
	Intent Intent
	Status Status
	Claims []Claim
	// Notice is a sentence in the answer's language about the answer itself:
	// the refusal, or what a partial answer leaves open. "" where answered.
	Notice    string
	Citations []Citation
	// Listed are the documents that the library's own list gives as the answer; each
	// is named and has no citation.
	Listed []DocumentInfo
	// Evidence is what the answer could use, or, in a refusal, what came
	// nearest; best first.
	Evidence []Hit
	// Nearest are, in a refusal, the sentences that come nearest to the question,
	// located as citations are; they are not an answer.
	Nearest []Citation
	// Confidence is the highest Answerer.Threshold at which the question is
	// still answered at least in part; 0 where none makes it an answer.
	Confidence float64
	Searched   Searched
	Mode       Mode
	// ModelName is "" for an extractive answer, and so is Prompt, the version
	// of what the model was told.
	ModelName, Prompt string
	// Unsupported counts the claims of a model that the documents do not bear
	// out and that are left out; Dropped are those, and what it withdrew or mended.
	Unsupported int
	Dropped     []Dropped
	// Did is what a model did that was asked, "" where none was; Rounds and ToolCalls
	// count how often it was asked and what it had looked up.
	Did               Did
	Rounds, ToolCalls int
	// Sent are the documents of which the model was shown something.
	Sent []DocumentID
	// Failure is why a model that was asked did not write the answer, or not
	// to its end; nil otherwise. It never holds a key.
	Failure error
	// Warnings are what else did not work and the answer does without, such as
	// a reranker. None holds a key.
	Warnings []error
	Usage    Usage
	Timings  Timings
}

// Tell hands the claims to emit one by one, each with the citations that it is the
// first to use.
func (a Answer) Tell(emit func(Claim, []Citation) error) error {
	shown := 0
	for _, c := range a.Claims {
		last := slices.Max(append(slices.Clone(c.Citations), shown))
		if err := emit(c, a.Citations[shown:last]); err != nil {
			return err
		}
		shown = last
	}
	return nil
}

// Warn keeps a warning once; nil is none.
func (a *Answer) Warn(err error) {
	if err != nil && !slices.ContainsFunc(a.Warnings, func(w error) bool { return w.Error() == err.Error() }) {
		a.Warnings = append(a.Warnings, err)
	}
}

// SameRun reports whether two citations quote the same run of one document.
func (c Citation) SameRun(d Citation) bool {
	return c.Document == d.Document && c.Start == d.Start && c.End == d.End
}

// Note adds a sentence to what is said about the answer.
func (a *Answer) Note(sentence string) {
	if a.Notice != "" {
		a.Notice += " "
	}
	a.Notice += sentence
}

// Failed reports whether a model was asked and its call brought nothing to show.
func (a Answer) Failed() bool { return (a.Did == DidFail || a.Did == DidCut) && a.Mode != Written }

// Fallback makes the answer the one in place of a model's that failed.
func (a *Answer) Fallback(failed Answer) {
	a.Did, a.Failure, a.Rounds, a.ToolCalls, a.Sent, a.Dropped = failed.Did, failed.Failure, failed.Rounds, failed.ToolCalls, failed.Sent, failed.Dropped
	a.Unsupported = failed.Unsupported
	a.Usage.Add(failed.Usage)
	for _, w := range failed.Warnings {
		a.Warn(w)
	}
	a.Note(prompts.WithoutModel(a.Language, errors.Is(failed.Failure, ErrModelBudget)))
}
