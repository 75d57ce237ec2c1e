package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"docent/rag/lang"
)

func TestDeal(t *testing.T) {
	var documents []titled
	for i := range 50 {
		documents = append(documents, titled{id: fmt.Sprint(i), title: fmt.Sprint("title ", i/2)})
	}
	of := deal("set", documents)
	var size [folds]int
	for _, d := range documents {
		size[of[d.title]]++
	}
	for f, n := range size {
		if n != 10 {
			t.Errorf("fold %d has %d documents of 50", f, n)
		}
	}
}

func TestReadSplit(t *testing.T) {
	write := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	held := write("held", "# set\tdocument\nset\ta\n")
	s, err := readSplit(held, write("folds", "set\tb\t3\n"))
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]int{"a": heldOut, "b": 3} {
		if got, err := s.fold("set", id, "q"); err != nil || got != want {
			t.Errorf("%s is in fold %d (%v), not %d", id, got, err, want)
		}
	}
	if _, err := s.fold("set", "c", "q"); err == nil {
		t.Error("a document in no fold is in one")
	}
	for name, text := range map[string]string{"fold": "set\tb\t7\n", "number": "set\tb\tx\n", "columns": "set\tb\n"} {
		if _, err := readSplit(held, write("folds", text)); err == nil {
			t.Errorf("%s: no error", name)
		}
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
