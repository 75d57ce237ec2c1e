package ingest

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Source is where the files of a run are found. The paths of this machine are
// the first of its kind, folders; what else holds documents is read and followed
// by being another.
type Source interface {
	// List looks at the targets, which are roots of the source or lie under them.
	// What cannot be looked at is in the tree, and no error.
	List(ctx context.Context, targets []root) (tree, error)
	// Open opens a file that List met, and nothing that has taken its place
	// outside of the source. It waits for nobody.
	Open(f sourceFile) (*os.File, error)
	// Changes tells of what changes where List looks from then on, until the
	// context ends; then the channel is closed.
	Changes(ctx context.Context) (<-chan change, error)
	// Space is who the source says that its documents are for, "" where it does
	// not know.
	Space() string
}

// sourceFile is a file that a walk came across.
type sourceFile struct {
	// path is absolute; uri is the path as given, joined with the way down.
	path, uri string
	size      int64
	modTime   time.Time
	identity
	// named is set for a file that was given itself and not met in a folder.
	named bool
	// within is a folder without symlinks, name the file's below it, again without.
	within, name string
}

// real is the path without symlinks.
func (f sourceFile) real() string { return filepath.Join(f.within, f.name) }

// tree is what a walk came across, by path.
type tree struct {
	files  []sourceFile
	failed []Failure
	// unreadable are absolute paths that could not be looked at: what is known of
	// them and below is not taken for deleted.
	unreadable []string
	// links and ignored count what was passed over, as in a Report.
	links, ignored int
}

// change is a path that something changed at; "" says that it may be anywhere.
type change string

// Space implements Source: a folder says nothing of that.
func (s *folders) Space() string { return "" }

// Open implements Source.
func (s *folders) Open(f sourceFile) (*os.File, error) {
	within, err := os.OpenRoot(f.within)
	if err != nil {
		return nil, err
	}
	defer within.Close()
	return openIn(within, f.name)
}

// openIn opens a regular file below a folder.
func openIn(within *os.Root, name string) (*os.File, error) {
	f, err := within.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errSpecial
	}
	if err != nil {
		_ = f.Close() // nothing was written
		return nil, err
	}
	return f, nil
}

// place is where a walk is: a path, the same as it was given, and without
// symlinks what it is named below a folder.
type place struct {
	in              *os.Root
	path, uri, name string
}

func (p place) real() string { return filepath.Join(p.in.Name(), p.name) }

func (p place) child(name string) place {
	return place{in: p.in, path: filepath.Join(p.path, name), uri: filepath.Join(p.uri, name), name: filepath.Join(p.name, name)}
}

func (p place) file() sourceFile {
	return sourceFile{path: p.path, uri: p.uri, within: p.in.Name(), name: p.name}
}

// entries are what is in a folder.
func (p place) entries() ([]fs.DirEntry, error) {
	if len(p.path) > longestPath {
		return nil, syscall.ENAMETOOLONG
	}
	f, err := p.in.OpenFile(p.name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

// longestPath is that of the systems in use, in bytes; below it nobody else finds
// a file either.
const longestPath = 4096

// parts are the names on the way from a folder down to a path.
func parts(path, dir string) []string {
	return strings.Split(strings.Trim(strings.TrimPrefix(path, dir), string(filepath.Separator)), string(filepath.Separator))
}
