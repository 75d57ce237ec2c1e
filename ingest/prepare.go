package ingest

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"docent/ingest/read"
	"docent/rag"
)

// prepared is a document ready to be put.
type prepared struct {
	rag.Document
	passages []rag.Passage
	line     int
	// same is set when the library holds the document as it is; it has then
	// neither text nor passages.
	same bool
}

// document prepares one document and sends it.
func (e *examination) document(ctx context.Context, doc read.Document) error {
	id := memberID(e.job.file.path, doc.Member)
	if doc.Line > 0 {
		var err error
		if id, err = recordID(doc.Key); err != nil {
			return err
		}
	}
	if e.only != nil && !e.only[id] {
		return nil
	}
	p := &prepared{line: doc.Line}
	p.DocumentInfo = rag.DocumentInfo{
		ID: id, URI: cmp.Or(doc.URI, memberURI(e.job.file.uri, doc.Member)), Title: clipped(doc.Title, longestHeading),
		Author: clipped(doc.Author, longestHeading), Format: doc.Format,
		Language: doc.Language, Date: doc.Date, Space: e.space, File: e.job.file.path,
	}
	p.Text = doc.Text
	p.Hash = documentHash(p.Document)
	if old := e.known.docs[id]; old.Hash == p.Hash && old.File == p.File && !e.options.Rebuild {
		p.same, p.Text = true, ""
	} else if err := e.index(ctx, p, doc); err != nil {
		return err
	}
	e.send(ctx, finding{doc: p})
	return ctx.Err()
}

// memberURI is the address of a document within a file.
func memberURI(file, member string) string {
	if member == "" {
		return file
	}
	return file + "/" + member
}

func (e *examination) index(ctx context.Context, p *prepared, doc read.Document) error {
	p.passages = Split(p.ID, doc)
	if p.Language == "" {
		p.Language = languageOf(p.passages)
	}
	if e.options.DryRun {
		return nil
	}
	return e.indexer.Index(ctx, p.DocumentInfo, p.passages)
}

// languageOf returns the language that most of the passages' text is in, ""
// where none shows.
func languageOf(passages []rag.Passage) string {
	size := make(map[string]int)
	for _, p := range passages {
		if p.Language != "" {
			size[p.Language] += len(p.Text)
		}
	}
	var most string
	for _, language := range slices.Sorted(maps.Keys(size)) {
		if most == "" || size[language] > size[most] {
			most = language
		}
	}
	return most
}
