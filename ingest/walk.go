package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// root is a path that a run was given.
type root struct {
	// path is absolute, real the same without symlinks; uri is as given.
	path, real, uri string
	// dir is set for a folder, and for what is not there to tell.
	dir bool
	// optional is set where nothing there means that it was deleted, and not
	// that the path is wrong or its disk away.
	optional bool
}

// sourceFile is a file that a walk came across.
type sourceFile struct {
	// path is absolute; uri is the path as given, joined with the way down.
	path, uri string
	size      int64
	modTime   time.Time
	// named is set for a file that was given itself and not met in a folder.
	named bool
}

// tree is what a walk came across, by path.
type tree struct {
	files  []sourceFile
	failed []Failure
	// unreadable are absolute paths that could not be looked at: what is known of
	// them and below is not taken for deleted.
	unreadable []string
}

// walker walks paths and the folders under them. Each file is met once,
// however many ways lead to it: a symlink into a folder that is walked anyway
// is passed over, any other is followed, and no folder is entered twice.
type walker struct {
	roots []root
	log   *slog.Logger
	// enter is called with each folder before it is read; nil is not.
	enter func(dir string)

	tree    tree
	visited map[string]bool // real paths
}

// walk walks the targets, which are the roots or lie under them.
func (w *walker) walk(ctx context.Context, targets []root) (tree, error) {
	w.visited = make(map[string]bool)
	for _, p := range targets {
		if err := w.target(ctx, p); err != nil {
			return tree{}, err
		}
	}
	slices.SortFunc(w.tree.files, func(a, b sourceFile) int { return cmp.Compare(a.path, b.path) })
	return w.tree, nil
}

func (w *walker) target(ctx context.Context, p root) error {
	info, err := os.Stat(p.path)
	switch {
	case p.optional && missing(err):
		return nil
	case err != nil:
		w.fail(p.path, p.uri, err)
		return nil
	}
	real, err := filepath.EvalSymlinks(p.path)
	if err != nil {
		w.fail(p.path, p.uri, err)
		return nil
	}
	if info.IsDir() {
		return w.dir(ctx, p.path, real, p.uri)
	}
	w.file(sourceFile{path: p.path, uri: p.uri, named: !p.optional}, real, info)
	return nil
}

func (w *walker) dir(ctx context.Context, path, real, uri string) error {
	if w.visited[real] {
		return nil
	}
	w.visited[real] = true
	if w.enter != nil {
		w.enter(path)
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		w.fail(path, uri, err)
	}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if hidden(e.Name()) {
			continue
		}
		if err := w.entry(ctx, e, filepath.Join(path, e.Name()), filepath.Join(real, e.Name()), filepath.Join(uri, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) entry(ctx context.Context, e fs.DirEntry, path, real, uri string) error {
	switch {
	case e.Type()&fs.ModeSymlink != 0:
		return w.link(ctx, path, uri)
	case e.IsDir():
		return w.dir(ctx, path, real, uri)
	}
	info, err := e.Info()
	switch {
	case missing(err): // deleted meanwhile
	case err != nil:
		w.fail(path, uri, err)
	default:
		w.file(sourceFile{path: path, uri: uri}, real, info)
	}
	return nil
}

func (w *walker) link(ctx context.Context, path, uri string) error {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		w.log.Debug("symlink leads nowhere", "path", path, "error", err)
		return nil
	}
	info, err := os.Stat(real)
	if err != nil {
		w.fail(path, uri, err)
		return nil
	}
	if w.reached(real) {
		return nil
	}
	if info.IsDir() {
		return w.dir(ctx, path, real, uri)
	}
	w.file(sourceFile{path: path, uri: uri}, real, info)
	return nil
}

// reached reports whether the walk of the roots comes to the real path without
// a symlink.
func (w *walker) reached(real string) bool {
	return slices.ContainsFunc(w.roots, func(r root) bool {
		return real == r.real || r.dir && IsUnder(real, r.real) && !hiddenBelow(real, r.real)
	})
}

func (w *walker) file(f sourceFile, real string, info fs.FileInfo) {
	if w.visited[real] {
		return
	}
	w.visited[real] = true
	if !info.Mode().IsRegular() {
		if f.named {
			w.fail(f.path, f.uri, errors.New("neither a file nor a folder"))
		}
		return
	}
	f.size, f.modTime = info.Size(), info.ModTime()
	w.tree.files = append(w.tree.files, f)
}

// missing reports whether an error says that a file does not exist.
func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// withoutPath takes the path out of a message; the failure has it.
func withoutPath(err error) error {
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		return inner.Err
	}
	return err
}

// fail records a path that cannot be looked at.
func (w *walker) fail(path, uri string, err error) {
	w.tree.unreadable = append(w.tree.unreadable, path)
	w.tree.failed = append(w.tree.failed, Failure{URI: uri, Err: withoutPath(err)})
}

// rootsOf resolves the paths that a run was given. One that does not exist is
// a root all the same, and fails when it is walked.
func rootsOf(paths []string) ([]root, error) {
	roots := make([]root, 0, len(paths))
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, fmt.Errorf("find %s: %w", p, err)
		}
		r := root{path: abs, real: abs, uri: p, dir: true}
		if real, err := filepath.EvalSymlinks(abs); err == nil {
			r.real = real
		}
		if info, err := os.Stat(abs); err == nil {
			r.dir = info.IsDir()
		}
		roots = append(roots, r)
	}
	return roots, nil
}

// hidden reports whether a name is one that people do not see in a folder:
// hidden files, and those that editors and office programs keep beside a file.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasSuffix(name, "~")
}

// hiddenBelow reports whether a path has a hidden part below dir.
func hiddenBelow(path, dir string) bool {
	rest := strings.TrimPrefix(path, dir)
	return slices.ContainsFunc(strings.Split(rest, string(filepath.Separator)), hidden)
}

// IsUnder reports whether a path is dir or lies below it. Both are clean.
func IsUnder(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}
