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

// job is a file that a worker examines. What it finds goes to out, which it
// closes.
type job struct {
	file found
	out  chan finding
	// only limits the examination to documents that wait for another file to
	// let go of their id; nil means all.
	only map[rag.DocumentID]bool
}

// finding is one thing that came out of a file: a document, a failure, or, as
// the last, its verdict.
type finding struct {
	doc     *prepared
	failure *Failure
	verdict *verdict
}

// verdict is what became of a file.
type verdict struct {
	// record is to be put once the file's documents are in the library; nil
	// for a file that must be looked at again.
	record *rag.File
	// unread is set when the bytes turned out to be the known ones, or none of
	// ours, so that no document came.
	unread, skipped bool
}

// smallFile is the size in bytes up to which a file is read at once.
const smallFile = 1 << 20

// mostLineFailures bounds the failing lines of one file that are reported one
// by one.
const mostLineFailures = 1000

// examination is the work on one file.
type examination struct {
	*pass
	job
	lines int // that failed
}

func (p *pass) examine(ctx context.Context, j job) {
	defer close(j.out)
	e := examination{pass: p, job: j}
	v, err := e.read(ctx)
	if err != nil {
		e.fail(ctx, 0, err)
		v = verdict{}
	}
	if extra := e.lines - mostLineFailures; extra > 0 {
		e.send(ctx, finding{failure: &Failure{URI: j.file.uri, Err: fmt.Errorf("%d more lines failed", extra)}})
	}
	e.send(ctx, finding{verdict: &v})
}

func (e *examination) send(ctx context.Context, f finding) {
	select {
	case e.out <- f:
	case <-ctx.Done():
	}
}

func (e *examination) fail(ctx context.Context, line int, err error) {
	uri := e.job.file.uri
	for member := new(read.MemberError); errors.As(err, &member); {
		uri, err = memberURI(uri, member.Member), member.Err
	}
	var inner *fs.PathError
	if errors.As(err, &inner) {
		err = inner.Err
	}
	e.send(ctx, finding{failure: &Failure{URI: uri, Line: line, Err: err}})
}

// read reads the file, if its bytes are not the ones on record.
func (e *examination) read(ctx context.Context) (verdict, error) {
	began := time.Now()
	f, err := os.Open(e.job.file.path)
	if err != nil {
		return verdict{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return verdict{}, err
	}
	record := &rag.File{Path: e.job.file.path, Size: info.Size(), ModTime: info.ModTime(), Space: e.space, Read: began}
	in, err := input(f, info)
	if err != nil {
		return verdict{}, err
	}
	if same, err := e.sameBytes(in, record); same || err != nil {
		return verdict{record: record, unread: true}, err
	}
	complete, err := e.documents(ctx, in)
	switch {
	case e.skips(err):
		e.log.Debug("skipped", "path", e.job.file.path, "reason", err)
		return verdict{unread: true, skipped: true}, nil
	case err != nil:
		return verdict{}, err
	case !complete:
		return verdict{}, nil
	}
	if record.Hash == "" {
		if record.Hash, err = hashOf(in); err != nil {
			return verdict{}, err
		}
	}
	return verdict{record: e.stillSo(f, record)}, nil
}

// input holds a small file in memory, so that what is hashed is what is read.
func input(f *os.File, info fs.FileInfo) (read.Input, error) {
	if info.Size() > smallFile {
		return read.Input{Name: f.Name(), Data: f, Size: info.Size()}, nil
	}
	data, err := io.ReadAll(io.LimitReader(f, smallFile+1))
	if err != nil {
		return read.Input{}, err
	}
	return read.Input{Name: f.Name(), Data: bytes.NewReader(data), Size: int64(len(data))}, nil
}

// sameBytes reports whether a file whose time or size changed, or might have,
// is yet the one that was read; it sets the record's hash if it had to know.
func (e *examination) sameBytes(in read.Input, record *rag.File) (bool, error) {
	old := e.known.files[record.Path]
	if e.options.Rebuild || old.Hash == "" || old.Space != e.space || old.Size != in.Size || e.only != nil {
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

// stillSo returns the record, without its hash if the file was written to
// while it was read: then the next run reads it again.
func (e *examination) stillSo(f *os.File, record *rag.File) *rag.File {
	info, err := f.Stat()
	if err != nil || info.Size() != record.Size || !info.ModTime().Equal(record.ModTime) {
		record.Hash = ""
	}
	return record
}

// skips reports whether a file met in a folder is not one that anybody meant
// to be read.
func (e *examination) skips(err error) bool {
	if e.job.file.named || len(e.known.owned[e.job.file.path]) > 0 {
		return false
	}
	var unsupported *read.UnsupportedError
	return errors.As(err, &unsupported) && !e.formats.Known(e.job.file.path) ||
		errors.Is(err, read.ErrEmpty) && !e.formats.Known(e.job.file.path)
}

// documents sends what is in the file, and reports whether nothing failed.
func (e *examination) documents(ctx context.Context, in read.Input) (complete bool, err error) {
	complete = true
	for doc, err := range e.formats.Read(ctx, in) {
		line := doc.Line
		if err == nil {
			err = e.document(ctx, doc)
		}
		var atLine *read.LineError
		var ofMember *read.MemberError
		switch {
		case err == nil:
			continue
		case ctx.Err() != nil:
			return false, ctx.Err()
		case errors.As(err, &ofMember):
		case errors.As(err, &atLine):
			line, err = atLine.Line, atLine.Err
		case doc.Member != "":
			err = &read.MemberError{Member: doc.Member, Err: err}
		case line == 0:
			return false, err
		}
		complete = false
		if e.lines++; e.lines <= mostLineFailures && e.only == nil {
			e.fail(ctx, line, err)
		}
	}
	return complete, nil
}
