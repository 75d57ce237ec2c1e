package ingest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"docent/ingest/read"
	"docent/rag"
	"docent/rag/lang"
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
func (p *processor) document(ctx context.Context, doc read.Document) error {
	id := fileID(memberURI(p.job.file.path, doc.Member))
	if doc.Line > 0 {
		var err error
		if id, err = recordID(doc.Key); err != nil {
			return err
		}
		id = p.scoped(id)
	}
	if p.only != nil && !p.only[id] {
		return nil
	}
	if doc = doc.Without(read.Unseen); doc.Text == "" {
		return read.ErrEmpty
	}
	d := &prepared{line: doc.Line}
	d.DocumentInfo = rag.DocumentInfo{
		ID: id, URI: inLine.Replace(cmp.Or(doc.URI, memberURI(p.job.file.uri, doc.Member))), Title: lang.FirstBytes(lang.OneLine(doc.Title), maxHeadingBytes),
		Author: lang.FirstBytes(doc.Author, maxHeadingBytes), Format: doc.Format,
		Language: doc.Language, Date: doc.Date, Space: p.space, File: p.job.file.path,
		Structure: rag.StructureVersion, Status: rag.DocumentStatus(doc.Status), Version: lang.FirstBytes(doc.Version, maxHeadingBytes), Aliases: doc.Aliases,
	}
	d.Text = doc.Text
	d.Hash = documentHash(d.Document)
	if old := p.manifest.docs[id]; old.Hash == d.Hash && old.File == d.File && old.Structure == d.Structure && !p.options.Rebuild {
		d.same, d.Text = true, ""
	} else if err := p.index(ctx, d, doc); err != nil {
		return err
	}
	p.send(ctx, result{doc: d})
	return ctx.Err()
}

// scoped is the id of a record in the space of the run. A document keeps the one that
// it has, from an older docent or from another space that its file was in.
func (p *processor) scoped(id rag.DocumentID) rag.DocumentID {
	path := p.job.file.path
	for _, known := range []rag.DocumentID{id, inSpace(id, p.manifest.files[path].Space)} {
		if old, ok := p.manifest.docs[known]; ok && old.File == path {
			return known
		}
	}
	return inSpace(id, p.space)
}

// inLine keeps the name of a file on one line: with line breaks it could look like
// more than itself wherever it is shown.
var inLine = strings.NewReplacer("\n", " ", "\r", " ", "\v", " ", "\f", " ", "\u0085", " ", "\u2028", " ", "\u2029", " ")

// memberURI is the address of a document within a file.
func memberURI(file, member string) string {
	if member == "" {
		return file
	}
	return file + "/" + member
}

func (p *processor) index(ctx context.Context, d *prepared, doc read.Document) error {
	p.meet(len(doc.Text))
	d.passages = Split(d.ID, doc)
	if d.Language == "" {
		d.Language = languageOf(d.passages)
	}
	if p.options.DryRun {
		return nil
	}
	return p.indexer.Index(ctx, d.DocumentInfo, d.passages)
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
