package markup

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/plain"
	"docent/rag/lang"
)

// Notebook is the format of Jupyter notebook files.
func Notebook(l read.Limits) read.Format {
	return read.Format{
		Name: "Jupyter notebook", Extensions: []string{".ipynb"},
		Reader: notebookReader(l),
	}
}

// longestOutput bounds what is kept of all that one cell printed, in bytes.
const longestOutput = 4000

type notebook struct {
	Cells      []notebookCell `json:"cells"`
	Worksheets []struct {     // before version 4
		Cells []notebookCell `json:"cells"`
	} `json:"worksheets"`
	Metadata struct {
		Title   string           `json:"title"`
		Authors []notebookAuthor `json:"authors"`
	} `json:"metadata"`
}

type notebookAuthor struct {
	Name string `json:"name"`
}

type notebookCell struct {
	Type    string           `json:"cell_type"`
	Source  multiline        `json:"source"`
	Input   multiline        `json:"input"` // before version 4
	Level   int              `json:"level"` // of a heading, before version 4
	Outputs []notebookOutput `json:"outputs"`
}

type notebookOutput struct {
	Text multiline            `json:"text"`
	Data map[string]multiline `json:"data"`
	Name string               `json:"ename"`
	// Value is the message of an error.
	Value string `json:"evalue"`
}

// multiline is a string, or an array of the lines that it is cut into. What is
// neither, as some outputs are, is no text.
type multiline string

func (m *multiline) UnmarshalJSON(data []byte) error {
	var lines []string
	if json.Unmarshal(data, &lines) == nil {
		*m = multiline(strings.Join(lines, ""))
		return nil
	}
	var s string
	if json.Unmarshal(data, &s) == nil {
		*m = multiline(s)
	}
	return nil
}

// notebookReader reads Jupyter notebooks: cells of Markdown as Markdown, cells
// of code with what they printed.
func notebookReader(l read.Limits) read.Func {
	return func(ctx context.Context, in read.Input) (read.Document, error) {
		text, err := in.Text(l)
		if err != nil {
			return read.Document{}, err
		}
		var n notebook
		if err := json.Unmarshal([]byte(strings.TrimPrefix(text, "\ufeff")), &n); err != nil {
			return read.Document{}, fmt.Errorf("damaged notebook: %w", err)
		}
		var c read.Builder
		for _, cell := range n.all() {
			if err := ctx.Err(); err != nil {
				return read.Document{}, err
			}
			cell.write(&c, l)
		}
		doc := c.Document()
		doc.Title = cmp.Or(lang.OneLine(read.Clean(n.Metadata.Title)), doc.Title)
		doc.Author = authors(n.Metadata.Authors)
		return doc, nil
	}
}

func (n notebook) all() []notebookCell {
	cells := n.Cells
	for _, w := range n.Worksheets {
		cells = append(cells, w.Cells...)
	}
	return cells
}

func authors(all []notebookAuthor) string {
	var names []string
	for _, a := range all {
		if name := lang.OneLine(read.Clean(a.Name)); name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

func (cell notebookCell) write(c *read.Builder, limits read.Limits) {
	source := string(cmp.Or(cell.Source, cell.Input))
	switch cell.Type {
	case "markdown":
		c.Include(parseMarkdown(read.Clean(source), limits.MaxMarkdown()))
	case "heading":
		c.Add(read.Heading, min(max(cell.Level, 1), 6), lang.OneLine(source))
	case "code":
		c.Add(read.Code, 0, source)
		c.Add(read.Code, 0, cell.printed())
	default:
		c.Include(plain.Parse(source))
	}
}

// printed is what a cell printed, as far as it is text.
func (cell notebookCell) printed() string {
	var b strings.Builder
	for _, o := range cell.Outputs {
		text := string(cmp.Or(o.Text, o.Data["text/plain"]))
		if o.Name != "" {
			text = o.Name + ": " + o.Value
		}
		if text = strings.TrimRight(text, "\n"); text != "" {
			b.WriteString(text + "\n")
		}
	}
	if b.Len() <= longestOutput {
		return b.String()
	}
	cut := strings.ToValidUTF8(b.String()[:longestOutput], "")
	return cut + "\n…"
}
