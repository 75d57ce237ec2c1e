package local_test

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"docent/rag/embed"
	"docent/rag/embed/local"
)

var update = flag.Bool("update", false, "write testdata/tiny anew")

// files are the content of a model's folder, by name.
type files map[string]string

// with returns the files with some others, or without those that are "".
func (f files) with(more files) files {
	all := maps.Clone(f)
	for name, content := range more {
		if all[name] = content; content == "" {
			delete(all, name)
		}
	}
	return all
}

// write makes a folder of the files, called tiny.
func (f files) write(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "tiny")
	for name, content := range f {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// words are the vocabulary of tiny, with their vectors.
var words = []struct {
	word   string
	vector [3]float32
}{
	{"[PAD]", [3]float32{9, 9, 9}},
	{"[UNK]", [3]float32{0, 0, 1}},
	{"[CLS]", [3]float32{1, 0, 0}},
	{"[SEP]", [3]float32{0, 1, 0}},
	{"quorum", [3]float32{0, 6, 3}},
	{"council", [3]float32{4, 2, 1}},
	{"laptops", [3]float32{-5, 1, 2}},
	{"encrypted", [3]float32{-3, -2, 0}},
	{"##s", [3]float32{1, 1, 1}},
}

// tiny is a model that looks up the vectors of words.
func tiny() files {
	g := &drawing{}
	var table []float32
	vocab := make(map[string]int)
	for id, w := range words {
		table = append(table, w.vector[:]...)
		vocab[w.word] = id
	}
	g.weights("table", table, len(words), 3)
	g.input("input_ids")
	g.input("attention_mask")
	g.node("Gather", "last_hidden_state", []string{"table", "input_ids"})
	g.output("last_hidden_state", anyLength, anyLength, 3)
	return files{"model.onnx": string(g.file()), "tokenizer.json": wordPieces(vocab)}
}

func wordPieces(vocab map[string]int) string {
	var added []map[string]any
	for _, w := range []string{"[PAD]", "[UNK]", "[CLS]", "[SEP]"} {
		added = append(added, map[string]any{"id": vocab[w], "content": w, "special": true})
	}
	return encoded(map[string]any{
		"added_tokens":  added,
		"normalizer":    map[string]any{"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "lowercase": true},
		"pre_tokenizer": map[string]any{"type": "BertPreTokenizer"},
		"post_processor": map[string]any{
			"type": "BertProcessing", "cls": []any{"[CLS]", vocab["[CLS]"]}, "sep": []any{"[SEP]", vocab["[SEP]"]},
		},
		"model": map[string]any{"type": "WordPiece", "unk_token": "[UNK]", "vocab": vocab},
	})
}

func encoded(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}

func opened(t testing.TB, f files, options local.Options) *local.Model {
	t.Helper()
	m, err := local.Open(t.Context(), f.write(t), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

func adapted(t testing.TB, m *local.Model) *embed.Adapter {
	t.Helper()
	a, err := embed.NewAdapter(t.Context(), m, m.Options())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestTestdata holds testdata/tiny, which the tests of docent's commands open,
// to the model of these tests.
func TestTestdata(t *testing.T) {
	for name, want := range tiny() {
		path := filepath.Join("testdata", "tiny", name)
		if *update {
			if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%s is another: %v; go test ./rag/embed/local -update writes it", path, err)
		}
	}
}
