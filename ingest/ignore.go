package ingest

import (
	_ "embed" // the usual rules
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Folders are asked what of them is not to be read, in the patterns of
// gitignore(5). Of two files the second one counts more.
var ignoreFiles = [...]string{".gitignore", ".docentignore"}

// usualIgnores are what nobody means by the documents of a folder.
//
//go:embed ignore.txt
var usualIgnores string

// mostIgnores is the size in bytes of a file of patterns; each of them costs time
// with each file.
const mostIgnores = 64 << 10

// rules are patterns by the folder that they hold in, "." for a root. The last
// one that matches counts.
type rules []rule

type rule struct {
	dir string
	// segments are the parts of a pattern between its slashes.
	segments []string
	// keep is set where it takes back what another ignores, folder where it is of
	// folders alone.
	keep, folder bool
}

// of says whether a name below the root is to be ignored, and whether any rule
// speaks of it.
func (r rules) of(name string, dir bool) (ignored, said bool) {
	for _, p := range slices.Backward(r) {
		if (dir || !p.folder) && p.matches(name) {
			return !p.keep, true
		}
	}
	return false, false
}

func (p rule) matches(name string) bool {
	if !IsUnder(name, p.dir) && p.dir != "." {
		return false
	}
	return glob(p.segments, parts(name, strings.TrimPrefix(p.dir, ".")))
}

// glob matches names with segments; "**" stands for any number of them, one at
// least where it is the last.
func glob(segments, names []string) bool {
	star, from := -1, 0
	i, n := 0, 0
	for n < len(names) {
		switch {
		case i < len(segments) && segments[i] == "**":
			if i++; i == len(segments) {
				return true
			}
			star, from = i, n
		case i < len(segments) && fits(segments[i], names[n]):
			i, n = i+1, n+1
		case star >= 0:
			from++
			i, n = star, from
		default:
			return false
		}
	}
	return i == len(segments)
}

// fits takes a pattern that is malformed for one that fits nothing, as git does.
func fits(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

// in adds the rules that a folder has itself. A file of rules that cannot be read
// is an error: nobody knows then what it would have kept from being read.
func (r rules) in(at place) (rules, error) {
	own := slices.Clip(r)
	for _, name := range ignoreFiles {
		f, err := openIn(at.in, filepath.Join(at.name, name))
		if missing(err) || errors.Is(err, syscall.ENOTDIR) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read its %s: %w", name, withoutPath(err))
		}
		data, err := io.ReadAll(io.LimitReader(f, mostIgnores+1))
		_ = f.Close() // it was only read
		if err == nil && len(data) > mostIgnores {
			err = &fs.PathError{Op: "read", Path: name, Err: syscall.EFBIG}
		}
		if err != nil {
			return nil, fmt.Errorf("read its %s: %w", name, withoutPath(err))
		}
		own = append(own, rulesOf(at.name, string(data))...)
	}
	return own, nil
}

// rulesOf are those that text has a line each of.
func rulesOf(dir, text string) rules {
	var r rules
	for line := range strings.Lines(text) {
		p := rule{dir: dir}
		line = strings.TrimRight(line, "\r\n")
		if bare := strings.TrimRight(line, " "); !strings.HasSuffix(bare, `\`) {
			line = bare
		}
		if line == "" || line[0] == '#' {
			continue
		}
		line, p.keep = strings.CutPrefix(line, "!")
		line, p.folder = strings.CutSuffix(line, "/")
		p.segments = strings.Split(strings.ReplaceAll(strings.TrimPrefix(line, "/"), "[!", "[^"), "/")
		if !strings.Contains(line, "/") {
			p.segments = slices.Insert(p.segments, 0, "**")
		}
		r = append(r, p)
	}
	return r
}
