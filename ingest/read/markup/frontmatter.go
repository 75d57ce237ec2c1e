package markup

import (
	"cmp"
	"slices"
	"strings"

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
	var fields yamlFields
	if yaml.Unmarshal([]byte(rest[:end]), &root) != nil || root.Decode(&fields) != nil {
		return declared{}, source
	}
	status := fields.one("status", "statut", "state")
	if draft := fields["draft"]; draft.Value == "true" {
		status = "draft"
	}
	return declared{
		title:    fields.one("title", "titre"),
		author:   strings.Join(fields.all("author", "authors", "auteur", "auteurs"), ", "),
		language: read.BaseLanguage(fields.one("lang", "language", "langue")),
		date:     read.ISODate(fields.one("date")),
		status:   status,
		version:  fields.one("version"),
		aliases:  fields.all("aliases", "alias"),
		more:     fields.more(root),
	}, rest[after:]
}

// yamlFields are the fields of front matter, as they are written.
type yamlFields map[string]yaml.Node

// ownPlace are the fields that a Document has a place for.
var ownPlace = []string{"title", "titre", "author", "authors", "auteur", "auteurs", "lang", "language", "langue", "date"}

// more are the other fields that hold something simple, in their order.
func (f yamlFields) more(root yaml.Node) [][2]string {
	var more [][2]string
	for i := 0; len(root.Content) > 0 && i+1 < len(root.Content[0].Content); i += 2 {
		name := root.Content[0].Content[i].Value
		if value := strings.Join(f.all(name), ", "); value != "" && !slices.Contains(ownPlace, name) {
			more = append(more, [2]string{name, value})
		}
	}
	return more
}

// all are the simple values of the first of the named fields that has any: its
// own, those of a list, the names of persons.
func (f yamlFields) all(names ...string) []string {
	for _, name := range names {
		n := f[name]
		values := []*yaml.Node{&n}
		if n.Kind == yaml.SequenceNode {
			values = n.Content
		}
		var all []string
		for _, v := range values {
			if s := simple(v); s != "" {
				all = append(all, s)
			}
		}
		if len(all) > 0 {
			return all
		}
	}
	return nil
}

// one is the first of the named fields that holds something simple.
func (f yamlFields) one(names ...string) string {
	for _, name := range names {
		if n := f[name]; n.Kind == yaml.ScalarNode && simple(&n) != "" {
			return simple(&n)
		}
	}
	return ""
}

// simple is a value on one line, the name of a person, or "".
func simple(n *yaml.Node) string {
	var person struct {
		Name, Nom string
	}
	switch {
	case n.Kind == yaml.ScalarNode && n.Tag != "!!null" && n.Tag != "!!bool":
		return lang.OneLine(read.Clean(n.Value))
	case n.Kind == yaml.MappingNode && n.Decode(&person) == nil:
		return lang.OneLine(read.Clean(cmp.Or(person.Name, person.Nom)))
	}
	return ""
}
