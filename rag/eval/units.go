package eval

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/lang"
)

// located is where the units and denials of a question's gold stand.
type located struct {
	units, denials []places
}

// places are where a unit stands, by document.
type places map[rag.DocumentID][]lang.Span

// cites reports whether the citation quotes one of the units.
func (p places) cites(c rag.Citation) bool {
	return quotes(lang.Span{Start: c.Start, End: c.End}, p[c.Document])
}

func (p places) holds(h rag.Hit) bool {
	return quotes(lang.Span{Start: h.Start, End: h.End}, p[h.ID.Document])
}

// locate finds the gold units of the questions in the documents of the system,
// by question. What is not found is in the notes.
func locate(ctx context.Context, system System, questions []Question) (map[string]located, []string, error) {
	asked := make(map[string][]Question)
	for _, q := range questions {
		if q.Document != "" && q.Gold != nil && len(q.Gold.Units)+len(q.Gold.Denials) > 0 {
			asked[q.Document] = append(asked[q.Document], q)
		}
	}
	found := make(map[string]located)
	if len(asked) == 0 {
		return found, nil, nil
	}
	err := eachNamed(ctx, system, asked, func(id rag.DocumentID, of []Question) error {
		d, err := system.Document(ctx, id, rag.Operator())
		if err != nil {
			return fmt.Errorf("read %s: %w", id, err)
		}
		text := squeeze(d.Text)
		for _, q := range of {
			add(found, q, id, text)
		}
		return nil
	})
	return found, missing(questions, found), err
}

// eachNamed calls use with every document that questions are asked of.
func eachNamed(ctx context.Context, system System, asked map[string][]Question, use func(rag.DocumentID, []Question) error) error {
	for info, err := range system.Documents(ctx, rag.Operator()) {
		if err != nil {
			return fmt.Errorf("list the documents: %w", err)
		}
		for _, name := range namesOf(info) {
			if of := asked[name]; of != nil {
				if err := use(info.ID, of); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// namesOf is what a set may call a document: its id, or the name of its file with
// or without an extension.
func namesOf(info rag.DocumentInfo) []string {
	names := []string{string(info.ID)}
	for _, file := range []string{filepath.Base(info.File), filepath.Base(info.URI)} {
		names = append(names, file, strings.TrimSuffix(file, filepath.Ext(file)))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func add(found map[string]located, q Question, id rag.DocumentID, text squeezed) {
	at, known := found[q.ID]
	if !known {
		at = located{units: nowhere(len(q.Gold.Units)), denials: nowhere(len(q.Gold.Denials))}
	}
	here := text.locateAll(q.Gold.Units, id, at.units)
	text.locateAll(q.Gold.Denials, id, at.denials)
	if here || q.Gold.Unanswerable {
		found[q.ID] = at
	}
}

func nowhere(n int) []places {
	list := make([]places, n)
	for i := range list {
		list[i] = make(places)
	}
	return list
}

// locateAll adds the places of units in a document, and tells whether any has one.
func (q squeezed) locateAll(units []Unit, id rag.DocumentID, to []places) (found bool) {
	for i, u := range units {
		if spans := q.locate(u); len(spans) > 0 {
			to[i][id] = spans
			found = true
		}
	}
	return found
}

// missing notes the questions whose units are in none of the documents.
func missing(questions []Question, found map[string]located) []string {
	var ids []string
	for _, q := range questions {
		if _, ok := found[q.ID]; !ok && q.Gold != nil && len(q.Gold.Units) > 0 {
			ids = append(ids, q.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return []string{"not judged by what is shown, as their gold units are not in the documents: " + strings.Join(ids, ", ")}
}
