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
}

// Missing holds the parts of a question that stay open.
type Missing struct {
	Parts []string
}

// NotFound is the sentence of a refusal.
func NotFound(language string, s Search) string { return render("not_found", language, s) }

// Partial is the sentence beneath an answer that leaves a part open.
func Partial(language string, m Missing) string { return render("partial", language, m) }

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
