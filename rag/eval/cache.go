package eval

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Cache keeps the libraries made of corpora, so that the next run finds them:
//
//	Dir/<corpus and Settings>/<Program>/library.db
//	                                    manifest.json
//
// A library is there whole or not at all, and one that was damaged since is made
// anew. Several processes may use one folder at once.
type Cache struct {
	Dir string
	// Settings is what libraries of one corpus differ in: how documents are
	// read, and the embedder.
	Settings string
	// Program identifies the running program, since another one may read and
	// split in another way.
	Program string
	// Build makes a library at the path of the documents, and returns notes on
	// what could not be read.
	Build func(ctx context.Context, path string, documents []string) (notes []string, err error)
	// Log is for operators; it must be set.
	Log *slog.Logger
}

// Library is the path of the corpus's library, which is made if need be, and the
// notes on it.
func (c Cache) Library(ctx context.Context, corpus Corpus) (path string, notes []string, err error) {
	content, err := corpus.Hash()
	if err != nil {
		return "", nil, err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s", content, c.Settings))
	dir := filepath.Join(c.Dir, hex.EncodeToString(sum[:8]), c.Program)
	notes, err = readManifest(dir)
	if err != nil {
		c.Log.Debug("making a library", "dir", dir, "because", err)
		notes, err = c.create(ctx, dir, corpus)
	}
	return filepath.Join(dir, libraryName), notes, err
}

const (
	libraryName  = "library.db"
	manifestName = "manifest.json"
)

// manifest is what manifest.json says of the library beside it: the SHA-256 of
// its file, and what of the corpus could not be read.
type manifest struct {
	Sum   []byte   `json:"sum"`
	Notes []string `json:"notes"`
}

// readManifest holds the library against its manifest, and marks it as of use
// now.
func readManifest(dir string) (notes []string, err error) {
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, err
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, err
	}
	if sum, err := fileHash(filepath.Join(dir, libraryName)); err != nil || !bytes.Equal(sum, m.Sum) {
		return nil, errors.Join(errors.New("the library was damaged"), err)
	}
	now := time.Now()
	return m.Notes, os.Chtimes(dir, now, now)
}

// create makes the corpus's library beside its folder, and then moves it there.
func (c Cache) create(ctx context.Context, dir string, corpus Corpus) (_ []string, err error) {
	finished, unpacked := "", ""
	err = os.MkdirAll(filepath.Dir(dir), 0o700)
	for _, made := range []*string{&finished, &unpacked} {
		if err == nil {
			*made, err = os.MkdirTemp(filepath.Dir(dir), "new-")
			defer os.RemoveAll(*made) //nolint:errcheck // what is left goes when it is a day old
		}
	}
	if err != nil {
		return nil, fmt.Errorf("make the cache: %w", err)
	}
	documents, err := corpus.Unpack(unpacked)
	if err != nil {
		return nil, err
	}
	notes, err := c.Build(ctx, filepath.Join(finished, libraryName), documents)
	if err != nil {
		return nil, err
	}
	if err := install(finished, dir, notes); err != nil {
		return nil, fmt.Errorf("keep the library: %w", err)
	}
	return notes, evict(filepath.Dir(dir), filepath.Base(dir))
}

// install moves a finished library to its folder. One that another process has
// put there meanwhile stays, as it may be in use and is as good; a damaged one
// goes.
func install(finished, dir string, notes []string) error {
	sum, err := fileHash(filepath.Join(finished, libraryName))
	if err != nil {
		return err
	}
	data, err := json.Marshal(manifest{Sum: sum, Notes: notes})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(finished, manifestName), data, 0o600); err != nil {
		return err
	}
	moved := os.Rename(finished, dir)
	if _, err := readManifest(dir); moved == nil || err == nil {
		return nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return errors.Join(moved, err)
	}
	return os.Rename(finished, dir)
}

// staleAfter is after what time a library of another program is removed.
const staleAfter = 24 * time.Hour

// evict removes the libraries that other programs made of the same corpus
// and have not asked for a day, and what was left behind by a crash.
func evict(dir, keep string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	old := slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		info, err := e.Info()
		return e.Name() == keep || err != nil || time.Since(info.ModTime()) < staleAfter
	})
	var errs []error
	for _, e := range old {
		errs = append(errs, os.RemoveAll(filepath.Join(dir, e.Name())))
	}
	return errors.Join(errs...)
}
