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
	"sync"

	"github.com/fsnotify/fsnotify"
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

var errSpecial = errors.New("neither a file nor a folder")

// folders is the Source of paths of this machine, and of the folders under them.
// Each file is met once, however many ways lead to it: a symlink to what is met
// anyway is passed over, and so is one that leaves its root, unless it is to be
// followed. No folder is entered twice.
type folders struct {
	roots []root
	log   *slog.Logger
	// follow has symlinks followed wherever they lead.
	follow bool
	// usual and exclude are the rules before and after those of the folders.
	usual, exclude rules

	// notify is there where changes are told of, with the folders that it is
	// asked about.
	notify *fsnotify.Watcher
	mu     sync.Mutex
	dirs   map[string]bool

	tree    tree
	visited map[string]bool // real paths
}

// List implements Source.
func (s *folders) List(ctx context.Context, targets []root) (tree, error) {
	s.tree, s.visited = tree{}, make(map[string]bool)
	for _, p := range targets {
		if err := s.target(ctx, p); err != nil {
			return tree{}, err
		}
	}
	slices.SortFunc(s.tree.files, func(a, b sourceFile) int { return cmp.Compare(a.path, b.path) })
	return s.tree, nil
}

func (s *folders) target(ctx context.Context, p root) error {
	if !slices.ContainsFunc(s.roots, func(r root) bool { return r.path == p.path }) {
		i := slices.IndexFunc(s.roots, func(r root) bool { return IsUnder(p.path, r.path) })
		return s.below(ctx, p, s.roots[i])
	}
	info, err := os.Stat(p.path)
	switch {
	case p.optional && missing(err):
		return nil
	case err != nil:
		s.fail(p.path, p.uri, err)
		return nil
	}
	real, err := filepath.EvalSymlinks(p.path)
	if err != nil {
		s.fail(p.path, p.uri, err)
		return nil
	}
	if !info.IsDir() {
		s.file(sourceFile{path: p.path, uri: p.uri, named: !p.optional, within: filepath.Dir(real), name: filepath.Base(real)}, info)
		return nil
	}
	return s.within(ctx, p, real, func(at place) error { return s.dir(ctx, at, s.usual) })
}

// within opens a folder for what is done there.
func (s *folders) within(ctx context.Context, p root, real string, do func(place) error) error {
	in, err := os.OpenRoot(real)
	if err != nil {
		s.fail(p.path, p.uri, err)
		return ctx.Err()
	}
	defer in.Close()
	return do(place{in: in, path: p.path, uri: p.uri, name: "."})
}

// below goes down from a root to a target.
func (s *folders) below(ctx context.Context, p, from root) error {
	return s.within(ctx, from, from.real, func(at place) error {
		given := s.usual
		for names := parts(p.path, from.path); ; names = names[1:] {
			var err error
			if given, err = given.in(at); err != nil {
				s.fail(at.path, at.uri, err)
				return nil
			}
			at = at.child(names[0])
			info, err := at.in.Lstat(at.name)
			switch {
			case missing(err):
				return nil
			case err != nil:
				s.fail(at.path, at.uri, err)
				return nil
			case s.ignores(given, at, info.IsDir()):
				return nil
			case len(names) == 1 || !info.IsDir():
				return s.entry(ctx, fs.FileInfoToDirEntry(info), at, given)
			}
		}
	})
}

func (s *folders) dir(ctx context.Context, at place, given rules) error {
	if s.visited[at.real()] {
		return nil
	}
	s.visited[at.real()] = true
	s.enter(at.path)
	entries, err := at.entries()
	if err != nil {
		s.fail(at.path, at.uri, err)
	}
	if given, err = given.in(at); err != nil {
		s.fail(at.path, at.uri, err)
		return nil
	}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if hidden(e.Name()) {
			continue
		}
		if err := s.entry(ctx, e, at.child(e.Name()), given); err != nil {
			return err
		}
	}
	return nil
}

func (s *folders) entry(ctx context.Context, e fs.DirEntry, at place, given rules) error {
	switch {
	case s.ignores(given, at, e.IsDir()):
		s.tree.ignored++
		return nil
	case e.Type()&fs.ModeSymlink != 0:
		return s.link(ctx, at)
	case e.IsDir():
		return s.dir(ctx, at, given)
	}
	info, err := at.in.Lstat(at.name)
	switch {
	case missing(err): // deleted meanwhile
	case err != nil:
		s.fail(at.path, at.uri, err)
	default:
		s.file(at.file(), info)
	}
	return nil
}

func (s *folders) ignores(given rules, at place, dir bool) bool {
	if drop, said := s.exclude.of(at.name, dir); said {
		return drop
	}
	drop, _ := given.of(at.name, dir)
	return drop
}

func (s *folders) link(ctx context.Context, at place) error {
	real, err := filepath.EvalSymlinks(at.path)
	if err != nil {
		s.log.Debug("symlink leads nowhere", "path", at.path, "error", err)
		return nil
	}
	if s.reached(real) {
		return nil
	}
	do := func(at place) error {
		info, err := at.in.Stat(at.name)
		switch {
		case err != nil:
			s.fail(at.path, at.uri, err)
		case info.IsDir():
			return s.dir(ctx, at, s.usual)
		default:
			s.file(at.file(), info)
		}
		return nil
	}
	switch stays := IsUnder(real, at.in.Name()); {
	case stays:
		at.name = strings.Join(parts(real, at.in.Name()), string(filepath.Separator))
		return do(at)
	case s.follow:
		return s.within(ctx, root{path: at.path, uri: at.uri}, filepath.Dir(real), func(at place) error {
			at.name = filepath.Base(real)
			return do(at)
		})
	}
	s.log.Debug("symlink leaves its folder", "path", at.path)
	s.tree.links++
	return nil
}

// reached reports whether the walk of the roots comes to the real path without
// a symlink.
func (s *folders) reached(real string) bool {
	return slices.ContainsFunc(s.roots, func(r root) bool {
		return real == r.real || r.dir && IsUnder(real, r.real) && !hiddenBelow(real, r.real)
	})
}

func (s *folders) file(f sourceFile, info fs.FileInfo) {
	if s.visited[f.real()] {
		return
	}
	s.visited[f.real()] = true
	if !info.Mode().IsRegular() {
		if f.named {
			s.fail(f.path, f.uri, errSpecial)
		}
		return
	}
	f.size, f.modTime, f.identity = info.Size(), info.ModTime(), identify(info)
	s.tree.files = append(s.tree.files, f)
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
func (s *folders) fail(path, uri string, err error) {
	s.tree.unreadable = append(s.tree.unreadable, path)
	s.tree.failed = append(s.tree.failed, Failure{URI: uri, Err: withoutPath(err)})
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
func hiddenBelow(path, dir string) bool { return slices.ContainsFunc(parts(path, dir), hidden) }

// IsUnder reports whether a path is dir or lies below it. Both are clean.
func IsUnder(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}
