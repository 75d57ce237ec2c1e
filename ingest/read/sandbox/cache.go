package sandbox

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"time"

	"docent/ingest/read"
)

// Cache is a folder of documents that were read before, by the bytes of their
// files, so that none is read twice: by a library that is made anew, or by a
// question to a folder. It holds what a Pool reads, which costs most, and only
// what was read whole, without an error or a warning, and nothing where there
// are passwords.
//
// Several processes may use a folder at once. The zero value keeps nothing.
type Cache struct {
	// Dir is the folder, which nobody else can look into; "" keeps nothing.
	Dir string
	// Program identifies the program that reads: another one may read
	// otherwise.
	Program string
	// Most is the number of bytes that the folder may hold; 0 means 256 MiB.
	// What was not asked for longest goes first.
	Most int64
}

func (k Cache) most() int64 { return cmp.Or(k.Most, 256<<20) }

// key names the file of an input as it is read with the options, "" where it
// cannot be kept. The name counts, as a title may come from it.
func (k Cache) key(in read.Input, o read.Options) string {
	if k.Dir == "" || len(o.Passwords) > 0 {
		return ""
	}
	o.Cache = ""
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%+v\n%q\n", k.Program, o, filepath.Base(in.Name))
	if _, err := io.Copy(sum, in.NewReader()); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// find are the documents kept under a key. Finding them makes them young.
func (k Cache) find(key string) ([]read.Document, bool) {
	path := filepath.Join(k.Dir, key)
	f, err := os.Open(path)
	if err != nil {
		return nil, false
	}
	defer f.Close()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, false
	}
	var docs []read.Document
	if err := json.NewDecoder(z).Decode(&docs); err != nil {
		return nil, false // cut or damaged: it is read again
	}
	now := time.Now()
	_ = os.Chtimes(path, now, now) // a folder that cannot be written is still read
	return docs, true
}

// put keeps documents. That they cannot be is no error of theirs.
func (k Cache) put(key string, docs []read.Document) error {
	if err := os.MkdirAll(k.Dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(k.Dir, "new-")
	if err != nil {
		return err
	}
	z, _ := gzip.NewWriterLevel(f, gzip.BestSpeed) // the level is one
	err = errors.Join(json.NewEncoder(z).Encode(docs), z.Close(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(k.Dir, key))
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// tidy removes what was not asked for longest, until the folder holds three
// quarters of what it may. It looks at every file of the folder.
func (k Cache) tidy() error {
	entries, err := os.ReadDir(k.Dir)
	if errors.Is(err, fs.ErrNotExist) || k.Dir == "" {
		return nil // nothing is kept
	}
	if err != nil {
		return fmt.Errorf("tidy what is kept: %w", err)
	}
	var files []fs.FileInfo
	var held int64
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			files = append(files, info)
			held += info.Size()
		}
	}
	if held <= k.most() {
		return nil
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	var errs []error
	for _, f := range files {
		if held <= k.most()/4*3 {
			break
		}
		held -= f.Size()
		errs = append(errs, os.Remove(filepath.Join(k.Dir, f.Name())))
	}
	return errors.Join(errs...)
}

// maxCachedText is the size in bytes of the text that is kept of a file.
const maxCachedText = 8 << 20

// through reads what is not kept, and keeps it.
func (k Cache) through(in read.Input, o read.Options, anew func() iter.Seq2[read.Document, error]) iter.Seq2[read.Document, error] {
	key := k.key(in, o)
	if key == "" {
		return anew()
	}
	return func(yield func(read.Document, error) bool) {
		if docs, ok := k.find(key); ok {
			for _, doc := range docs {
				if !yield(doc, nil) {
					return
				}
			}
			return
		}
		var docs []read.Document
		size, whole := 0, true
		for doc, err := range anew() {
			size += len(doc.Text)
			whole = whole && err == nil && len(doc.Warnings) == 0 && size <= maxCachedText
			if whole {
				docs = append(docs, doc)
			} else {
				docs = nil
			}
			if !yield(doc, err) {
				return
			}
		}
		if whole && len(docs) > 0 {
			_ = k.put(key, docs) // it will be read again
		}
	}
}
