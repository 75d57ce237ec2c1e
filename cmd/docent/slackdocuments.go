package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"docent/bot"
	"docent/ingest"
	"docent/rag"
	"docent/rag/lang"
)

// slackDocuments is the library as the bot asks for it and adds to it.
type slackDocuments struct {
	app     *app
	library *session
	// paths are followed and belong to space.
	paths []string
	space string
	// folder holds files that were added from Slack.
	folder string

	metrics libraryMetrics

	mu sync.Mutex // one ingest at a time
	// indexed is what Indexed found at the time looked.
	indexed, looked time.Time
}

// freshFor is how long Indexed does not look again.
const freshFor = time.Second

// Indexed is the time at which a file was last read.
func (d *slackDocuments) Indexed(ctx context.Context) (time.Time, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if time.Since(d.looked) < freshFor {
		return d.indexed, nil
	}
	for f, err := range d.library.Files(ctx) {
		if err != nil {
			return time.Time{}, err
		}
		if f.Read.After(d.indexed) {
			d.indexed = f.Read
		}
	}
	d.looked = time.Now()
	return d.indexed, nil
}

// Sources are the paths that are followed, or the folders of the files that
// another process put in.
func (d *slackDocuments) Sources(ctx context.Context) ([]bot.Source, error) {
	var sources []bot.Source
	for _, p := range d.paths {
		sources = append(sources, bot.Source{Path: p, Space: cmp.Or(d.space, rag.Everyone)})
	}
	if len(sources) > 0 {
		return sources, nil
	}
	for f, err := range d.library.Files(ctx) {
		if err != nil {
			return nil, err
		}
		s := bot.Source{Path: filepath.Dir(f.Path), Space: f.Space}
		if len(sources) < 30 && !slices.Contains(sources, s) {
			sources = append(sources, s)
		}
	}
	return sources, nil
}

// Held are the sources that the library has as held, whoever ingests them.
func (d *slackDocuments) Held(ctx context.Context) (held []rag.Held, err error) {
	for h, err := range d.library.Held(ctx) {
		if err != nil {
			return nil, err
		}
		held = append(held, h)
	}
	return held, nil
}

// Reindex reads all files of the library anew, each into its space.
func (d *slackDocuments) Reindex(ctx context.Context) (bot.Reindexed, error) {
	bySpace := make(map[string][]string)
	for f, err := range d.library.Files(ctx) {
		if err != nil {
			return bot.Reindexed{}, err
		}
		bySpace[f.Space] = append(bySpace[f.Space], f.Path)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	var total bot.Reindexed
	for _, space := range slices.Sorted(maps.Keys(bySpace)) {
		r, err := d.app.ingester(d.library, ingestFlags{space: space, rebuild: true, keepMissing: true}, nil).Run(ctx, bySpace[space]...)
		if err != nil && !errors.Is(err, ingest.ErrNothingRead) {
			return total, fmt.Errorf("read the space %s anew: %w", space, err)
		}
		total.Added += r.Added
		total.Changed += r.Changed
		total.Removed += r.Removed
		total.Unchanged += r.Unchanged
		total.Failed += len(r.Failed)
	}
	return total, nil
}

// Add keeps the file below the folder, by its space and its content, and reads
// it into the library.
func (d *slackDocuments) Add(ctx context.Context, u bot.Upload) (bot.Added, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	path, err := d.store(u)
	if err != nil {
		return bot.Added{}, fmt.Errorf("keep a file: %w", err)
	}
	report, err := d.app.ingester(d.library, ingestFlags{space: u.Space}, nil).Run(ctx, path)
	if err != nil {
		return bot.Added{}, errors.Join(err, os.RemoveAll(filepath.Dir(path)))
	}
	var added bot.Added
	for doc, err := range d.library.Documents(ctx, rag.Members(u.Space)) {
		switch {
		case err != nil:
			return bot.Added{}, err
		case doc.File != path:
			continue
		case added.Documents == 0:
			added.Title = doc.Title
		}
		added.Documents++
		added.Passages += doc.Passages
	}
	if added.Documents > 0 {
		return added, nil
	}
	for _, failure := range report.Failed {
		// The path is of no interest to whoever shared the file.
		added.Problem = strings.ReplaceAll(reason(failure), path, u.Name)
	}
	return added, os.RemoveAll(filepath.Dir(path))
}

// store copies the file to where it stays and returns its absolute path. The
// same file in the same space has the same path.
func (d *slackDocuments) store(u bot.Upload) (string, error) {
	in, err := os.Open(u.Path)
	if err != nil {
		return "", err
	}
	defer in.Close()
	sum := sha256.New()
	size, err := io.Copy(sum, in)
	if err != nil {
		return "", err
	}
	dir, err := filepath.Abs(filepath.Join(d.folder, safeFileName(u.Space), fmt.Sprintf("%x", sum.Sum(nil)[:6])))
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	// A folder of somebody else's stays as that one wants it.
	if err := os.Chmod(d.folder, 0o700); err != nil && !errors.Is(err, fs.ErrPermission) { //nolint:gosec // a folder
		return "", err
	}
	path := filepath.Join(dir, safeFileName(u.Name))
	return path, writeFile(path, 0o600, func(w io.Writer) error {
		_, err := io.Copy(w, io.NewSectionReader(in, 0, size))
		return err
	})
}

// safeFileName makes a name that is safe on every file system of what somebody
// chose, and keeps what it ends in, by which formats are told.
func safeFileName(s string) string {
	safe := strings.TrimLeft(strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:*?"<>|`, r):
			return '-'
		case unicode.In(r, unicode.L, unicode.M, unicode.Nd), strings.ContainsRune(" ._-()'’,&+", r):
			return r
		}
		return -1
	}, s), ".- ")
	end := filepath.Ext(safe)
	if len(end) > 20 {
		end = ""
	}
	stem := lang.FirstBytes(strings.TrimSuffix(safe, end), 120-len(end))
	return cmp.Or(strings.TrimRight(stem, " ~."), "file") + end
}
