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
	judged := make(map[string]Judgments)
	return judged, eachRow(path, func(n int, row []string) error {
		if n == 1 && strings.HasPrefix(row[0], "query-id") {
			return nil
		}
		if len(row) != 3 {
			return fmt.Errorf("%d fields, not query-id, corpus-id and score", len(row))
		}
		grade, err := strconv.Atoi(row[2])
		if err != nil {
			return fmt.Errorf("the score %q is no whole number", row[2])
		}
		if judged[row[0]] == nil {
			judged[row[0]] = make(Judgments)
		}
		judged[row[0]][row[1]] = grade
		return nil
	})
}

// eachRow calls use with each row of a file of tab-separated ones.
func eachRow(path string, use func(n int, row []string) error) error {
	return eachLineOf(path, func(n int, line []byte) error { return use(n, strings.Split(string(line), "\t")) })
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
