package formats_test

import (
	"context"
	"fmt"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/formats"
)

// parseRecipe reads a format of its own: the name of a dish after its signature,
// then a line for each step.
func parseRecipe(_, text string) (read.Document, error) {
	var b read.Builder
	name, steps, _ := strings.Cut(strings.TrimPrefix(text, "RECIPE "), "\n")
	b.Add(read.Heading, 1, name)
	for step := range strings.Lines(steps) {
		b.Add(read.ListItem, 1, step)
	}
	return b.Document(), nil
}

// A format of one's own is a reader and an entry in a registry.
func Example() {
	registry := formats.All(read.Options{})
	registry.Formats = append(registry.Formats, read.Format{
		Name: "recipe", Extensions: []string{".recipe"}, Match: read.Signature("RECIPE "), Reader: read.Text(read.Limits{}, parseRecipe),
	})
	file := read.Bytes("sunday", []byte("RECIPE Gratin dauphinois\nSlice the potatoes.\nBake for an hour.\n"))
	for doc, err := range registry.Read(context.Background(), file) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(doc.Format, "of", doc.Title)
		for _, b := range doc.Blocks {
			fmt.Printf("%v %d: %s\n", b.Kind, b.Level, doc.Text[b.Start:b.End])
		}
	}
	// Output:
	// recipe of Gratin dauphinois
	// heading 1: Gratin dauphinois
	// list item 1: Slice the potatoes.
	// list item 1: Bake for an hour.
}
