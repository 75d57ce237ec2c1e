package eval

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const records = `{"_id":"a","lang":"en","text":"One."}
{"_id":"b","lang":"fr","text":"Deux."}

{"_id":"c","lang":"en","text":"Three."}
`

func TestUnpack(t *testing.T) {
	dir := folder(t, "-- corpus.jsonl --\n"+records+"-- docs/a.txt --\n")
	plain := filepath.Join(dir, "corpus.jsonl")
	packed := plain + ".gz"
	f, err := os.Create(packed)
	if err != nil {
		t.Fatal(err)
	}
	w := gzip.NewWriter(f)
	if _, err := w.Write([]byte(records)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	docs := filepath.Join(dir, "docs")
	whole := "{\"_id\":\"a\",\"lang\":\"en\",\"text\":\"One.\"}\n{\"_id\":\"b\",\"lang\":\"fr\",\"text\":\"Deux.\"}\n{\"_id\":\"c\",\"lang\":\"en\",\"text\":\"Three.\"}\n"
	french := "{\"_id\":\"b\",\"lang\":\"fr\",\"text\":\"Deux.\"}\n"
	for _, tc := range []struct {
		name   string
		corpus Corpus
		want   map[string]string // what is written, by name
		paths  []string
	}{
		{"as it is", Corpus{Paths: []string{plain, docs}}, map[string]string{}, []string{plain, docs}},
		{"packed", Corpus{Paths: []string{packed}}, map[string]string{"0-corpus.jsonl": whole}, []string{"0-corpus.jsonl"}},
		{"one language", Corpus{Paths: []string{plain, docs, packed}, Language: "fr"},
			map[string]string{"0-corpus.jsonl": french, "2-corpus.jsonl": french}, []string{"0-corpus.jsonl", docs, "2-corpus.jsonl"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			to := t.TempDir()
			paths, err := tc.corpus.Unpack(to)
			if err != nil {
				t.Fatal(err)
			}
			got := make(map[string]string)
			for i, p := range paths {
				if filepath.Dir(p) == to {
					data, err := os.ReadFile(p)
					if err != nil {
						t.Fatal(err)
					}
					paths[i] = filepath.Base(p)
					got[paths[i]] = string(data)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("written (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.paths, paths); diff != "" {
				t.Errorf("paths (-want +got):\n%s", diff)
			}
		})
	}
}

// A corpus is known by its content and not by its place.
func TestHash(t *testing.T) {
	hash := func(archive, language string) string {
		t.Helper()
		h, err := Corpus{Paths: []string{filepath.Join(folder(t, archive), "docs")}, Language: language}.Hash()
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	const archive = "-- docs/a.txt --\none\n-- docs/b/c.txt --\ntwo\n"
	base := hash(archive, "")
	if again := hash(archive, ""); again != base {
		t.Error("the same files in another folder are another corpus")
	}
	for name, other := range map[string]string{
		"content":  hash("-- docs/a.txt --\none!\n-- docs/b/c.txt --\ntwo\n", ""),
		"name":     hash("-- docs/a2.txt --\none\n-- docs/b/c.txt --\ntwo\n", ""),
		"language": hash(archive, "fr"),
		"fewer":    hash("-- docs/a.txt --\none\n", ""),
	} {
		if other == base {
			t.Errorf("another %s is the same corpus", name)
		}
	}
	if _, err := (Corpus{Paths: []string{"nowhere"}}).Hash(); err == nil {
		t.Error("a corpus that is not there has a hash")
	}
}
