package markup

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"docent/ingest/read"
	"docent/rag/lang"
)

// declared is what a document says of itself.
type declared struct {
	title, author, language, date, status, version string
	aliases                                        []string
	// more are the fields that stand above the text, as label and value.
	more [][2]string
}

func (d declared) apply(doc *read.Document) {
	doc.Title = cmp.Or(d.title, doc.Title)
	doc.Author = d.author
	doc.Language = d.language
	doc.Date = d.date
	doc.Status = read.Status(d.status)
	doc.Version = d.version
	doc.Aliases = d.aliases
}

// above is the document with its fields above the text.
func (d declared) above(doc read.Document) read.Document {
	if len(d.more) > 0 {
		var c read.Builder
		for _, f := range d.more {
			c.AddField(f[0], f[1])
		}
		c.Include(doc)
		doc.Text, doc.Blocks = c.Text.String(), c.Blocks
	}
	d.apply(&doc)
	return doc
}

// frontMatter cuts YAML between lines of three dashes off the start. What does
// not parse as a mapping is text like any other.
func frontMatter(source string) (declared, string) {
	rest, found := strings.CutPrefix(source, "---\n")
	if !found {
		return declared{}, source
	}
	end := strings.Index("\n"+rest, "\n---\n")
	after := end + len("---\n")
	if end < 0 {
		if !strings.HasSuffix(rest, "\n---") {
			return declared{}, source
		}
		end, after = len(rest)-len("---"), len(rest)
	}
	var root yaml.Node
	var fields map[string]any
	if yaml.Unmarshal([]byte(rest[:end]), &root) != nil || root.Decode(&fields) != nil {
		return declared{}, source
	}
	status := field(fields, "status", "statut", "state")
	if draft, _ := fields["draft"].(bool); draft {
		status = "draft"
	}
	return declared{
		title:    one(field(fields, "title", "titre")),
		author:   one(list(fields, "author", "authors", "auteur", "auteurs")),
		language: read.BaseLanguage(field(fields, "lang", "language", "langue")),
		date:     read.ISODate(field(fields, "date")),
		status:   status,
		version:  one(field(fields, "version")),
		aliases:  several(fields, "aliases", "alias"),
		more:     moreFields(root, fields),
	}, rest[after:]
}

func one(s string) string { return lang.OneLine(read.Clean(s)) }

// ownPlace are the fields that a Document has a place for.
var ownPlace = []string{"title", "titre", "author", "authors", "auteur", "auteurs", "lang", "language", "langue", "date"}

// moreFields are the other fields that hold something simple, in their order.
func moreFields(root yaml.Node, fields map[string]any) [][2]string {
	var more [][2]string
	if len(root.Content) == 0 {
		return nil
	}
	for i := 0; i+1 < len(root.Content[0].Content); i += 2 {
		name := root.Content[0].Content[i].Value
		if value := strings.Join(several(fields, name), ", "); value != "" && !slices.Contains(ownPlace, name) {
			more = append(more, [2]string{name, value})
		}
	}
	return more
}

// several are the simple values of the first of the named fields that has any.
func several(fields map[string]any, names ...string) []string {
	for _, n := range names {
		values, isList := fields[n].([]any)
		if !isList {
			values = []any{fields[n]}
		}
		var all []string
		for _, v := range values {
			if s := one(simple(v)); s != "" {
				all = append(all, s)
			}
		}
		if len(all) > 0 {
			return all
		}
	}
	return nil
}

// list returns the first of the named fields that holds something simple,
// several of them, or mappings with a name.
func list(fields map[string]any, names ...string) string {
	if s := field(fields, names...); s != "" {
		return s
	}
	var all []string
	for _, n := range names {
		several, _ := fields[n].([]any)
		for _, v := range append(several, fields[n]) {
			if person, ok := v.(map[string]any); ok {
				v = field(person, "name", "nom")
			}
			if s, ok := v.(string); ok && s != "" {
				all = append(all, s)
			}
		}
	}
	return strings.Join(all, ", ")
}

// field returns the first of the named fields that holds something simple.
func field(fields map[string]any, names ...string) string {
	for _, n := range names {
		if s := simple(fields[n]); s != "" {
			return s
		}
	}
	return ""
}

// simple is a value that is no list and no mapping, else "".
func simple(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case time.Time:
		return v.Format(time.DateOnly)
	case int, float64:
		return fmt.Sprint(v)
	}
	return ""
}
