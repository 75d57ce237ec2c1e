package eval

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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
	m, err := readManifest(dir)
	if err != nil {
		c.Log.Debug("making a library", "dir", dir, "because", err)
		m, err = c.create(ctx, dir, corpus)
	}
	return filepath.Join(dir, libraryName), m.Notes, err
}

// create makes the corpus's library beside its folder, and then moves it there.
func (c Cache) create(ctx context.Context, dir string, corpus Corpus) (_ manifest, err error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return manifest{}, fmt.Errorf("make the cache: %w", err)
	}
	scratch, err := os.MkdirTemp(filepath.Dir(dir), "new-")
	if err != nil {
		return manifest{}, fmt.Errorf("make the cache: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	finished, unpacked := filepath.Join(scratch, "finished"), filepath.Join(scratch, "unpacked")
	if err := errors.Join(os.Mkdir(finished, 0o700), os.Mkdir(unpacked, 0o700)); err != nil {
		return manifest{}, fmt.Errorf("make the cache: %w", err)
	}
	documents, err := corpus.Unpack(unpacked)
	if err != nil {
		return manifest{}, err
	}
	notes, err := c.Build(ctx, filepath.Join(finished, libraryName), documents)
	if err != nil {
		return manifest{}, err
	}
	m, err := writeManifest(finished, notes)
	if err != nil {
		return manifest{}, fmt.Errorf("keep the library: %w", err)
	}
	if err := install(finished, dir); err != nil {
		return manifest{}, fmt.Errorf("keep the library: %w", err)
	}
	return m, evict(filepath.Dir(dir), filepath.Base(dir))
}

// install moves a finished library to its folder. One that another process has
// put there meanwhile stays, as it may be in use and is as good; a damaged one
// goes.
func install(finished, dir string) error {
	moved := os.Rename(finished, dir)
	if moved == nil {
		return nil
	}
	if _, err := readManifest(dir); err == nil {
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
