package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"docent/rag/eval"
	"docent/rag/lang"
)

func TestFoldsOf(t *testing.T) {
	var lines strings.Builder
	for i := range 52 {
		fmt.Fprintf(&lines, "{\"id\": \"%d\", \"title\": \"title %d\"}\n", i, i/2)
	}
	path := filepath.Join(t.TempDir(), "docs.jsonl")
	if err := os.WriteFile(path, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	set := eval.Set{Name: "set", Views: []eval.View{{Corpus: eval.Corpus{Paths: []string{path}}}}}
	of, err := foldsOf(set, eval.DocumentList{"set": {"50", "51"}, "other": {"1"}})
	if err != nil {
		t.Fatal(err)
	}
	var size [folds]int
	for id, f := range of {
		size[f]++
		n, _ := strconv.Atoi(id)
		if other := of[strconv.Itoa(n^1)]; other != f {
			t.Errorf("documents of one title are in folds %d and %d", f, other)
		}
	}
	if want := [folds]int{10, 10, 10, 10, 10}; len(of) != 50 || size != want {
		t.Errorf("folds of %v documents", size)
	}
}

func TestOverlap(t *testing.T) {
	units := []lang.Span{{Start: 10, End: 20}, {Start: 40, End: 100}}
	for name, c := range map[string]struct {
		run  lang.Span
		want float32
	}{
		"the same":           {lang.Span{Start: 10, End: 20}, 1},
		"beside":             {lang.Span{Start: 20, End: 40}, 0},
		"half of the longer": {lang.Span{Start: 40, End: 70}, 60. / 90},
		"a part of it":       {lang.Span{Start: 40, End: 45}, leastRight},
		"a touch":            {lang.Span{Start: 0, End: 12}, 4. / 22},
	} {
		if got := overlap(c.run, units); got != c.want {
			t.Errorf("%s: %v, not %v", name, got, c.want)
		}
	}
}
