package prompts

import (
	"embed"
	"fmt"
	"strings"
	"text/template"
)

//go:embed *.tmpl
var files embed.FS

var templates = template.Must(template.ParseFS(files, "*.tmpl"))

// Search tells what a question was put to and what came nearest.
type Search struct {
	// Documents is the number of documents searched.
	Documents int
	// Nearest is the title of the document that came nearest, "" without one.
	Nearest string
	// Absent is what of the question the nearest is not about.
	Absent []string
}

// Missing holds the parts of a question that stay open, none where it cannot be
// said which.
type Missing struct {
	Parts []string
}

// NotFound is the sentence of a refusal.
func NotFound(language string, s Search) string { return render("not_found", language, s) }

// Partial is the sentence beneath an answer that leaves a part open.
func Partial(language string, m Missing) string { return render("partial", language, m) }

// WithoutModel says that an answer is made of the documents' own sentences,
// since no language model wrote it; spent says that its budget for the day is.
func WithoutModel(language string, spent bool) string {
	return render("without_model", language, spent)
}

// Unsupported says that n statements of a language model were left out.
func Unsupported(language string, n int) string {
	return render("unsupported", language, struct{ N int }{n})
}

// BrokenOff says that a language model did not come to the end of its answer.
func BrokenOff(language string) string { return render("broken_off", language, nil) }

// Reading stands behind a statement that a language model reads in its quotes, and that
// code has not proven.
func Reading(language string) string { return render("reading", language, nil) }

func render(name, language string, data any) string {
	if language != "fr" {
		language = "en"
	}
	var b strings.Builder
	if err := templates.ExecuteTemplate(&b, name+"."+language+".tmpl", data); err != nil {
		// The templates are compiled in and their data typed, so that this is
		// a mistake of the program and not of its input.
		panic(fmt.Sprintf("render %s.%s: %v", name, language, err))
	}
	return strings.TrimSpace(b.String())
}
