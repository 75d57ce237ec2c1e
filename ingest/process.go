package ingest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"docent/ingest/read"
	"docent/rag"
)

// job is a file that a worker processes. What comes out of it goes to out,
// which the worker closes.
type job struct {
	file sourceFile
	out  chan result
	// only limits the work to documents that wait for another file to let go
	// of their id; nil means all.
	only map[rag.DocumentID]bool
}

// result is one thing that came out of a file: a document, a failure, or, as
// the last, what became of the file.
type result struct {
	doc     *prepared
	failure *Failure
	file    *fileResult
}

// fileResult is what became of a file.
type fileResult struct {
	// record is to be put once the file's documents are in the library; nil
	// for a file that must be looked at again.
	record *rag.File
	// unread is set when the bytes turned out to be the known ones, or none of
	// ours, so that no document came.
	unread, skipped bool
}

// smallFile is the size in bytes up to which a file is read at once.
const smallFile = 1 << 20

// maxLineFailures bounds the failing lines of one file that are reported one
// by one.
const maxLineFailures = 1000

// processor is the work on one file.
type processor struct {
	*run
	job
	lines int // that failed
}

func (r *run) process(ctx context.Context, j job) {
	defer close(j.out)
	p := processor{run: r, job: j}
	file, err := p.read(ctx)
	if err != nil {
		p.fail(ctx, 0, err)
		file = fileResult{}
	}
	if extra := p.lines - maxLineFailures; extra > 0 {
		p.send(ctx, result{failure: &Failure{URI: j.file.uri, Err: fmt.Errorf("%d more lines failed", extra)}})
	}
	p.send(ctx, result{file: &file})
}

func (p *processor) send(ctx context.Context, f result) { _ = send(ctx, p.out, f) } // which fails with the run

func (p *processor) fail(ctx context.Context, line int, err error) {
	uri := p.job.file.uri
	for member := new(read.MemberError); errors.As(err, &member); {
		uri, err = memberURI(uri, member.Member), member.Err
	}
	p.send(ctx, result{failure: &Failure{URI: uri, Line: line, Err: withoutPath(err)}})
}

// read reads the file, if its bytes are not the ones on record.
func (p *processor) read(ctx context.Context) (fileResult, error) {
	began := time.Now()
	f, err := p.source.Open(p.job.file)
	if err != nil {
		return fileResult{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fileResult{}, err
	}
	record := &rag.File{Path: p.job.file.path, Size: info.Size(), ModTime: info.ModTime(), Space: p.space, Read: began}
	identify(info).on(record)
	in, err := input(p.job.file.path, f, info)
	if err != nil {
		return fileResult{}, err
	}
	if same, err := p.sameBytes(in, record); same || err != nil {
		return fileResult{record: record, unread: true}, err
	}
	complete, err := p.documents(ctx, in)
	switch {
	case p.skips(err):
		p.log.Debug("skipped", "path", p.job.file.path, "reason", err)
		return fileResult{unread: true, skipped: true}, nil
	case err != nil:
		return fileResult{}, err
	case !complete:
		return fileResult{}, nil
	}
	if record.Hash == "" {
		if record.Hash, err = hashOf(in); err != nil {
			return fileResult{}, err
		}
	}
	return fileResult{record: p.ifUnmodified(f, record)}, nil
}

// input holds a small file in memory, so that what is hashed is what is read.
func input(name string, f *os.File, info fs.FileInfo) (read.Input, error) {
	if info.Size() > smallFile {
		return read.Input{Name: name, Data: f, Size: info.Size()}, nil
	}
	data, err := io.ReadAll(io.LimitReader(f, smallFile+1))
	if err != nil {
		return read.Input{}, err
	}
	return read.Input{Name: name, Data: bytes.NewReader(data), Size: int64(len(data))}, nil
}

// sameBytes reports whether a file whose time or size changed, or might have,
// is yet the one that was read; it sets the record's hash if it had to know.
func (p *processor) sameBytes(in read.Input, record *rag.File) (bool, error) {
	old := p.manifest.files[record.Path]
	if p.options.Rebuild || old.Hash == "" || p.manifest.outdated[record.Path] || old.Space != p.space || old.Size != in.Size || p.only != nil {
		return false, nil
	}
	var err error
	record.Hash, err = hashOf(in)
	return record.Hash == old.Hash, err
}

func hashOf(in read.Input) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(in.Data, 0, in.Size)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// ifUnmodified returns the record, without its hash if the file was written to
// while it was read: then the next run reads it again.
func (p *processor) ifUnmodified(f *os.File, record *rag.File) *rag.File {
	info, err := f.Stat()
	if err != nil || info.Size() != record.Size || !info.ModTime().Equal(record.ModTime) || !identify(info).of(*record) {
		record.Hash = ""
	}
	return record
}

// skips reports whether a file met in a folder is not one that anybody meant
// to be read.
func (p *processor) skips(err error) bool {
	if p.job.file.named || len(p.manifest.owned[p.job.file.path]) > 0 {
		return false
	}
	return (errors.As(err, new(*read.UnsupportedError)) || errors.Is(err, read.ErrEmpty)) && !p.formats.Known(p.job.file.path)
}

// documents sends what is in the file, and reports whether nothing failed.
func (p *processor) documents(ctx context.Context, in read.Input) (complete bool, err error) {
	complete = true
	for doc, err := range p.formats.Read(ctx, in) {
		line, member := doc.Line, doc.Member
		if err == nil {
			err = p.document(ctx, doc)
		}
		var atLine *read.LineError
		switch {
		case err == nil:
			continue
		case ctx.Err() != nil:
			return false, ctx.Err()
		case errors.As(err, new(*read.MemberError)):
		case errors.As(err, &atLine):
			line, err = atLine.Line, atLine.Err
		case member != "":
			err = &read.MemberError{Member: member, Err: err}
		case line == 0:
			return false, err
		}
		complete = false
		if p.lines++; p.lines <= maxLineFailures && p.only == nil {
			p.fail(ctx, line, err)
		}
	}
	return complete, nil
}
