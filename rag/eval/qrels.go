package eval

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// readQrels reads a qrels.tsv: question, document and grade, tab-separated,
// after a line of headings.
func readQrels(path string) (map[string]Judgments, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	judged := make(map[string]Judgments)
	return judged, eachLine(f, func(n int, line []byte) error {
		if n == 1 && strings.HasPrefix(string(line), "query-id") {
			return nil
		}
		fields := strings.Split(string(line), "\t")
		if len(fields) != 3 {
			return fmt.Errorf("%s:%d: %d fields, not query-id, corpus-id and score", path, n, len(fields))
		}
		grade, err := strconv.Atoi(fields[2])
		if err != nil {
			return fmt.Errorf("%s:%d: the score %q is no whole number", path, n, fields[2])
		}
		if judged[fields[0]] == nil {
			judged[fields[0]] = make(Judgments)
		}
		judged[fields[0]][fields[1]] = grade
		return nil
	})
}

// fileNames maps what gold calls a file, with or without its extension, to
// the file's name.
type fileNames map[string]string

func namesIn(dir string) (fileNames, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	names := make(fileNames)
	for _, e := range entries {
		names[strings.TrimSuffix(e.Name(), filepath.Ext(e.Name()))] = e.Name()
	}
	// A whole name goes before one that is short for another.
	for _, e := range entries {
		names[e.Name()] = e.Name()
	}
	return names, nil
}

// full is the file's name for "name" or "name#page", with the page.
func (f fileNames) full(name string) string {
	base, page, paged := cutLast(name, "#")
	if !paged {
		base = name
	}
	if whole, ok := f[base]; ok {
		base = whole
	}
	if paged {
		return base + "#" + page
	}
	return base
}

func (f fileNames) judgments(judged map[string]Judgments) map[string]Judgments {
	full := make(map[string]Judgments, len(judged))
	for question, grades := range judged {
		full[question] = make(Judgments, len(grades))
		for id, grade := range grades {
			full[question][f.full(id)] = grade
		}
	}
	return full
}

func cutLast(s, sep string) (before, after string, found bool) {
	at := strings.LastIndex(s, sep)
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+len(sep):], true
}
