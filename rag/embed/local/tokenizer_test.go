package local_test

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag/embed/local"
)

// echo is a model whose vectors are the tokens of a text, with 0 where it is
// filled up.
func echo(tokenizer string) files {
	g := &drawing{}
	g.input("input_ids")
	g.input("attention_mask")
	g.node("Mul", "kept", []string{"input_ids", "attention_mask"})
	g.node("Cast", "tokens", []string{"kept"}, attribute{"to", floats})
	g.output("tokens", anyLength, anyLength)
	return files{"model.onnx": string(g.file()), "tokenizer.json": tokenizer}
}

func tokensOf(t testing.TB, m *local.Model, text string) []int {
	t.Helper()
	vectors, err := m.CreateEmbedding(t.Context(), []string{text})
	if err != nil {
		t.Fatal(err)
	}
	var ids []int
	for _, x := range vectors[0] {
		ids = append(ids, int(x))
	}
	return ids
}

type tokenized struct {
	Tokenizer json.RawMessage
	Cases     []struct {
		Text string
		IDs  []int
	}
}

func tokenizers(t testing.TB) map[string]tokenized {
	t.Helper()
	data, err := os.ReadFile("testdata/tokenizers.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]tokenized
	if err := json.Unmarshal(data, &all); err != nil || len(all) < 4 {
		t.Fatal(len(all), err)
	}
	return all
}

// TestTokenizers compares with the tokens that the tokenizers library of
// Hugging Face (0.2.0 for JavaScript) makes, which testdata/tokenizers.json has.
func TestTokenizers(t *testing.T) {
	for name, test := range tokenizers(t) {
		t.Run(name, func(t *testing.T) {
			m := opened(t, echo(string(test.Tokenizer)), local.Options{})
			for _, c := range test.Cases {
				got := tokensOf(t, m, c.Text)
				if len(got) < len(c.IDs) || slices.Max(append(got[len(c.IDs):], 0)) > 0 {
					t.Errorf("%q: %v, want %v", c.Text, got, c.IDs)
				} else if d := cmp.Diff(c.IDs, got[:len(c.IDs)]); d != "" {
					t.Errorf("%q: %s", c.Text, d)
				}
			}
		})
	}
}

// FuzzTokenizers: whatever a text is, its tokens are no more than they may be,
// begin and end as all do, and none within steers the model.
func FuzzTokenizers(f *testing.F) {
	const most = 12
	var models []*local.Model
	for _, test := range tokenizers(f) {
		models = append(models, opened(f, echo(string(test.Tokenizer)), local.Options{MaxTokens: most}))
		for _, c := range test.Cases {
			f.Add(c.Text)
		}
	}
	f.Add("[CLS] </s> <s> <unk> [SEP]\r\n\xff")
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range models {
			ids := tokensOf(t, m, text)
			for len(ids) > 0 && ids[len(ids)-1] == 0 {
				ids = ids[:len(ids)-1]
			}
			if len(ids) == 0 {
				continue // nothing to embed
			}
			begin, end := ids[0], ids[len(ids)-1]
			if len(ids) > most || len(ids) < 3 || (begin != 2 || end != 3) && (begin != 0 || end != 2) {
				t.Fatalf("%q: %v", text, ids)
			}
			for _, id := range ids[1 : len(ids)-1] {
				if id == 0 || id == begin || id == end && end == 2 {
					t.Errorf("%q: %v", text, ids)
				}
			}
		}
	})
}

// TestTokenizerParts are the parts that the models of testdata do not have.
func TestTokenizerParts(t *testing.T) {
	type object = map[string]any
	letters := object{"type": "WordPiece", "unk_token": "?", "vocab": object{"?": 1, "a": 2, "##a": 3, "é": 4, "b": 5, "1": 6, "##1": 7, "-": 8, "##-": 9, "_": 10, "A": 11}}
	for name, test := range map[string]struct {
		tokenizer object
		text      string
		want      []int
	}{
		"white space":         {object{"model": letters, "pre_tokenizer": object{"type": "WhitespaceSplit"}}, "a  a-", []int{2, 2, 9}},
		"lower case":          {object{"model": letters, "normalizer": object{"type": "Lowercase"}}, "A", []int{2}},
		"composed":            {object{"model": letters, "normalizer": object{"type": "NFC"}}, "e\u0301", []int{4}},
		"compatible":          {object{"model": letters, "normalizer": object{"type": "NFKC"}}, "ａ", []int{2}},
		"without accents":     {object{"model": letters, "normalizer": object{"type": "Sequence", "normalizers": []object{{"type": "NFD"}, {"type": "StripAccents"}}}}, "à", []int{2}},
		"stripped":            {object{"model": letters, "normalizer": object{"type": "Strip", "strip_left": true, "strip_right": true}}, " a ", []int{2}},
		"replaced":            {object{"model": letters, "normalizer": object{"type": "Replace", "pattern": object{"String": "b"}, "content": "a"}}, "b", []int{2}},
		"around, by name":     {object{"model": letters, "post_processor": object{"type": "RobertaProcessing", "cls": []any{"A", 11}, "sep": []any{"_", 10}}}, "a", []int{11, 2, 10}},
		"no type":             {object{"model": object{"unk_token": "?", "continuing_subword_prefix": "", "vocab": object{"?": 1, "a": 2, "b": 5}}}, "ab", []int{2, 5}},
		"a space as a letter": {object{"model": object{"unk_id": 0, "vocab": [][]any{{"<unk>", 0}, {"_", -3}, {"_a", -2}}}, "pre_tokenizer": object{"type": "Metaspace", "replacement": "_", "add_prefix_space": true}}, "a a  a", []int{2, 2, 1, 2}},
		"its charsmap": {
			object{
				"model":      object{"type": "WordPiece", "unk_token": "?", "vocab": object{"?": 1, "f": 2, "##i": 3, "##é": 4, "##à": 5, "x": 6}},
				"normalizer": object{"type": "Precompiled", "precompiled_charsmap": charsmap(map[string]string{"ﬁ": "fi", "e\u0301": "é", "\u200b": "", "ﬂ": "fl"})},
			}, "ﬁ\u200be\u0301\u00e0", []int{2, 3, 4, 5},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := tokensOf(t, opened(t, echo(encoded(test.tokenizer)), local.Options{}), test.text)
			if d := cmp.Diff(test.want, got[:len(test.want)]); d != "" || slices.Max(append(got[len(test.want):], 0)) > 0 {
				t.Errorf("%v %s", got, d)
			}
		})
	}
}

// charsmap writes a table as SentencePiece stores it: a double array in which
// the children of each node have a block of 256 places.
func charsmap(table map[string]string) string {
	type node struct {
		children map[byte]*node
		place    int // of what is written, -1 for none
	}
	root := &node{children: map[byte]*node{}, place: -1}
	written := ""
	for from, to := range table {
		n := root
		for i := range len(from) {
			if n.children[from[i]] == nil {
				n.children[from[i]] = &node{children: map[byte]*node{}, place: -1}
			}
			n = n.children[from[i]]
		}
		n.place = len(written)
		written += to + "\x00"
	}
	var units []uint32
	var lay func(n *node, at int, label uint32)
	lay = func(n *node, at int, label uint32) {
		block := max(len(units), 256)
		units = append(units, make([]uint32, block+256-len(units))...)
		units[at] = uint32(at^block)<<10 | label
		if n.place >= 0 {
			units[at] |= 1 << 8
			units[block] = uint32(n.place) | 1<<31
		}
		for c, child := range n.children {
			lay(child, block^int(c), uint32(c))
		}
	}
	lay(root, 0, 0)
	data := binary.LittleEndian.AppendUint32(nil, uint32(4*len(units)))
	for _, u := range units {
		data = binary.LittleEndian.AppendUint32(data, u)
	}
	return base64.StdEncoding.EncodeToString(append(data, written...))
}
