package library

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"

	"docent/rag"
)

const infoColumns = `d.id, d.uri, d.title, d.author, d.format, d.language, d.date, d.space, d.file, d.hash, d.structure, d.status, d.version, d.aliases, d.passages, d.bytes, ` + intactDocument

func infoFields(info *rag.DocumentInfo) []any {
	return []any{&info.ID, &info.URI, &info.Title, &info.Author, &info.Format, &info.Language, &info.Date, &info.Space, &info.File, &info.Hash, &info.Structure, &info.Status, &info.Version, stringList{&info.Aliases}, &info.Passages, &info.Bytes, intact{&info.ID}}
}

// visible is the condition of what an audience sees, with its arguments.
func visible(a rag.Audience) (string, []any) {
	if a.All() {
		return "1", nil
	}
	spaces := a.Spaces()
	args := make([]any, len(spaces))
	for i, s := range spaces {
		args[i] = s
	}
	return "d.space IN (?" + strings.Repeat(", ?", len(spaces)-1) + ")", args
}

// Document returns one document with its text.
func (l *Library) Document(ctx context.Context, id rag.DocumentID, a rag.Audience) (rag.Document, error) {
	if a.IsEmpty() {
		return rag.Document{}, rag.ErrNoAudience
	}
	condition, args := visible(a)
	var doc rag.Document
	err := l.read.QueryRowContext(ctx, `SELECT `+infoColumns+`, d.text, `+intactText+` FROM documents d WHERE d.id = ? AND `+condition,
		append([]any{string(id)}, args...)...).Scan(append(infoFields(&doc.DocumentInfo), &doc.Text, intact{&doc.ID})...)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return rag.Document{}, fmt.Errorf("document %s: %w", id, rag.ErrNotFound)
	case err != nil:
		return rag.Document{}, fmt.Errorf("read document %s: %w", id, translate(err))
	}
	return doc, nil
}

// Documents iterates over one state of the library, whatever is written
// meanwhile.
func (l *Library) Documents(ctx context.Context, a rag.Audience) iter.Seq2[rag.DocumentInfo, error] {
	if a.IsEmpty() {
		return func(yield func(rag.DocumentInfo, error) bool) { yield(rag.DocumentInfo{}, rag.ErrNoAudience) }
	}
	condition, args := visible(a)
	return each(ctx, l.read, "list documents", infoFields, `SELECT `+infoColumns+` FROM documents d WHERE `+condition+` ORDER BY d.uri, d.id`, args...)
}

const passageColumns = intactPassage + `, p.n, p.start, p.end, p.page, p.sheetrow, p.heading, p.language, p.text, p.units`

func passageFields(of *rag.DocumentID, p *rag.Passage) []any {
	return []any{intact{of}, &p.ID.N, &p.Start, &p.End, &p.Page, &p.Row, stringList{&p.Heading}, &p.Language, &p.Text, units{p}}
}

// stringList reads a list of JSON.
type stringList struct{ to *[]string }

// Scan implements sql.Scanner.
func (l stringList) Scan(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("%v is no list", value)
	}
	if text == "null" {
		return nil
	}
	return json.Unmarshal([]byte(text), l.to)
}

// units reads the units of a passage whose other fields come before.
type units struct{ of *rag.Passage }

// Scan implements sql.Scanner.
func (u units) Scan(value any) error {
	data, _ := value.([]byte)
	return decodeUnits(data, u.of)
}

// each iterates over the rows of a query, each of which is scanned into its
// fields. what is said of it is for the error that ends the iteration.
func each[T any](ctx context.Context, q querier, what string, fields func(*T) []any, query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var row T
		rows, err := q.QueryContext(ctx, query, args...)
		if err != nil {
			yield(row, annotate(err, "%s", what))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var row T
			if err := rows.Scan(fields(&row)...); err != nil {
				yield(row, annotate(err, "%s", what))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(row, annotate(err, "%s", what))
		}
	}
}

// Passages reads all of them from one state of the library. A passage whose
// document was replaced since the search is the new document's passage of
// that number.
func (l *Library) Passages(ctx context.Context, a rag.Audience, ids ...rag.PassageID) ([]rag.Located, error) {
	if a.IsEmpty() {
		return nil, rag.ErrNoAudience
	}
	asked, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("read passages: %w", err)
	}
	condition, args := visible(a)
	fields := func(p *rag.Located) []any {
		return append(infoFields(&p.Document), passageFields(&p.Document.ID, &p.Passage)...)
	}
	found := make([]rag.Located, 0, len(ids))
	for p, err := range each(ctx, l.read, "read passages", fields, `SELECT `+infoColumns+`, `+passageColumns+`
		FROM json_each(?) asked CROSS JOIN documents d ON d.id = asked.value->>'Document' CROSS JOIN passages p ON p.document = d.row AND p.n = asked.value->>'N'
		WHERE `+condition+` ORDER BY asked.key`, append([]any{string(asked)}, args...)...) {
		if err != nil {
			return nil, err
		}
		p.ID.Document = p.Document.ID
		found = append(found, p)
	}
	return found, nil
}
