package local_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/embed/local"
	"docent/rag/ragtest"
)

func TestEmbedder(t *testing.T) {
	t.Run("words", func(t *testing.T) { ragtest.TestEmbedder(t, adapted(t, opened(t, tiny(), local.Options{}))) })
	t.Run("one at a time", func(t *testing.T) {
		ragtest.TestEmbedder(t, adapted(t, opened(t, tiny(), local.Options{Concurrency: 1})))
	})
	t.Run("attention", func(t *testing.T) { ragtest.TestEmbedder(t, adapted(t, opened(t, small.files(), local.Options{}))) })
}

const (
	vocabularyFile = "tokenizer.json"
	lengthsFile    = "tokenizer_config.json"
)

// pooled is the file that says how tokens are pooled.
func pooled(mode string) files {
	return files{"1_Pooling/config.json": encoded(map[string]bool{"pooling_mode_" + mode: true})}
}

// TestVectors compares with what the words' vectors give by hand. A text
// begins with [CLS] and ends with [SEP].
func TestVectors(t *testing.T) {
	whole := func() files { // a graph that gives one vector: that of the first word
		g := &drawing{}
		g.weights("table", []float32{1, 2, 3, 4, 5, 6, 7, 8}, 4, 2)
		g.whole("first", []int{1})
		g.input("input_ids")
		g.node("Gather", "id", []string{"input_ids", "first"}, attribute{"axis", 1})
		g.node("Gather", "sentence_embedding", []string{"table", "id"})
		g.output("sentence_embedding", anyLength, 2)
		return files{"model.onnx": string(g.file())}
	}
	for name, test := range map[string]struct {
		more    files
		options local.Options
		text    string
		want    []float32
	}{
		"the mean, as sum":         {text: "quorum council", want: []float32{5, 9, 4}},
		"by a file":                {more: pooled("cls_token"), text: "quorum council", want: []float32{1, 0, 0}},
		"the options go first":     {more: pooled("cls_token"), options: local.Options{Pooling: local.Last}, text: "quorum", want: []float32{0, 1, 0}},
		"the greatest":             {more: pooled("max_tokens"), text: "quorum laptops", want: []float32{1, 6, 3}},
		"the last":                 {more: pooled("lasttoken"), text: "quorum laptops", want: []float32{0, 1, 0}},
		"the mean by length":       {more: pooled("mean_sqrt_len_tokens"), text: "council", want: []float32{5, 3, 1}},
		"case, accents, pieces":    {text: "QUORÙM councils", want: []float32{6, 10, 5}},
		"unknown":                  {text: "ferry", want: []float32{1, 1, 1}},
		"steering words are words": {text: "[SEP]", want: []float32{1, 1, 3}},
		"cut":                      {options: local.Options{MaxTokens: 4}, text: "quorum council laptops", want: []float32{5, 9, 4}},
		"cut by a file":            {more: files{"sentence_bert_config.json": `{"max_seq_length": 3}`}, text: "quorum council", want: []float32{1, 7, 3}},
		"cut where places end": {
			more: files{"config.json": `{"max_position_embeddings": 5, "model_type": "xlm-roberta"}`, lengthsFile: `{"model_max_length": 1e30}`},
			text: "quorum council", want: []float32{1, 7, 3},
		},
		"no tokens":        {text: "\u200b", want: []float32{0, 0, 0}},
		"a vector of all":  {more: whole(), text: "[UNK]", want: []float32{3, 4}},
		"a folder of onnx": {more: files{"model.onnx": "", "onnx/model.onnx": tiny()["model.onnx"]}, text: "council", want: []float32{5, 3, 1}},
		"another file":     {more: files{"q.onnx": tiny()["model.onnx"], "model.onnx": "?"}, options: local.Options{File: "q.onnx"}, text: "council", want: []float32{5, 3, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := opened(t, tiny().with(test.more), test.options).CreateEmbedding(t.Context(), []string{test.text})
			if d := cmp.Diff([][]float32{test.want}, got); err != nil || d != "" {
				t.Errorf("%v %s", err, d)
			}
		})
	}
}

// TestFilledUp: what a text is filled up with plays no part.
func TestFilledUp(t *testing.T) {
	var vectors [2][][]float32
	for fill := range vectors {
		padding := strings.Replace(tiny()["tokenizer.json"], "{", fmt.Sprintf(`{"padding": {"pad_id": %d},`, 4*fill), 1)
		var err error
		vectors[fill], err = opened(t, small.files().with(files{vocabularyFile: padding}), local.Options{}).CreateEmbedding(t.Context(), []string{"quorum laptops", "council"})
		if err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(vectors[0], vectors[1]); d != "" || cmp.Equal(vectors[0][0], vectors[0][1]) {
		t.Error(d)
	}
}

// TestPlaces: a graph with an odd number of places is not asked for more.
func TestPlaces(t *testing.T) {
	odd := small
	odd.positions = 11
	m := opened(t, odd.files().with(files{"config.json": `{"max_position_embeddings": 11}`}), local.Options{})
	for n := range 12 {
		if _, err := m.CreateEmbedding(t.Context(), []string{strings.Repeat("quorum ", n)}); err != nil {
			t.Errorf("%d words: %v", n, err)
		}
	}
}

// TestPrefixes: they come from the folder or the options, and go before texts.
func TestPrefixes(t *testing.T) {
	f := tiny().with(files{"config_sentence_transformers.json": `{"prompts": {"query": "quorum: ", "document": "council "}}`})
	for name, test := range map[string]struct {
		options        local.Options
		query, passage []float32
	}{
		"of the folder":  {query: []float32{-4, 8, 6}, passage: []float32{0, 4, 3}},
		"of the options": {options: local.Options{QueryPrefix: "laptops "}, query: []float32{-9, 3, 4}, passage: []float32{0, 4, 3}},
	} {
		t.Run(name, func(t *testing.T) {
			a := adapted(t, opened(t, f, test.options))
			query, err := a.EmbedQuery(t.Context(), "laptops")
			if err != nil {
				t.Fatal(err)
			}
			passages, err := a.EmbedPassages(t.Context(), []string{"laptops"})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([][]float32{unit(test.query), unit(test.passage)}, [][]float32{query, passages[0]}); d != "" {
				t.Error(d)
			}
		})
	}
}

func unit(v []float32) []float32 {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	to := make([]float32, len(v))
	for i, x := range v {
		to[i] = float32(float64(x) * (1 / math.Sqrt(sum)))
	}
	return to
}

// TestFingerprint: all that vectors depend on counts, and where the folder lies
// does not.
func TestFingerprint(t *testing.T) {
	printOf := func(f files, options local.Options) rag.Fingerprint {
		return adapted(t, opened(t, f, options)).Fingerprint()
	}
	first := printOf(tiny(), local.Options{})
	if first.Name != "tiny" || first.Dimension != 3 || first != printOf(tiny(), local.Options{Concurrency: 7}) {
		t.Errorf("%+v", first)
	}
	seen := map[rag.Fingerprint]string{first: "the first"}
	for name, other := range map[string]struct {
		more    files
		options local.Options
	}{
		"weights":   {more: files{"model.onnx": strings.Replace(tiny()["model.onnx"], "\x00\x00\xc0\x40", "\x00\x00\xe0\x40", 1)}},
		"tokenizer": {more: files{vocabularyFile: tiny()["tokenizer.json"] + "\n"}},
		"pooling":   {options: local.Options{Pooling: local.Max}},
		"length":    {options: local.Options{MaxTokens: 9}},
		"prefix":    {options: local.Options{PassagePrefix: "council "}},
		"query":     {options: local.Options{QueryPrefix: "council "}},
		"beside":    {more: beside(0)},
		"beside 2":  {more: beside(1)},
	} {
		f := printOf(tiny().with(other.more), other.options)
		if same, ok := seen[f]; ok {
			t.Errorf("%s is as %s: %+v", name, same, f)
		}
		seen[f] = name
	}
}

// beside is tiny with its weights in another file.
func beside(first byte) files {
	g := &drawing{}
	g.beside("table", "weights/table.bin", 4, 3*len(words)*4, len(words), 3)
	g.input("input_ids")
	g.node("Gather", "out", []string{"table", "input_ids"})
	g.output("out", anyLength, anyLength, 3)
	data := make([]byte, 4+3*len(words)*4)
	data[4+3*2*4] = first
	data[4+3*2*4+3] = 0x3f // of [CLS]: about a half
	return files{"model.onnx": string(g.file()), "weights/table.bin": string(data)}
}

func TestWeightsBeside(t *testing.T) {
	got, err := opened(t, tiny().with(beside(0)), local.Options{}).CreateEmbedding(t.Context(), []string{"council"})
	if d := cmp.Diff([][]float32{{0.5, 0, 0}}, got); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
}

// TestErrors: what is wrong with a folder is said when it is opened, with what
// to do about it.
func TestErrors(t *testing.T) {
	outside := func(location string, offset, length int) files {
		g := &drawing{}
		g.beside("table", location, offset, length, len(words), 3)
		g.input("input_ids")
		g.node("Gather", "out", []string{"table", "input_ids"})
		g.output("out", anyLength, anyLength, 3)
		return files{"model.onnx": string(g.file()), "near.bin": "1234"}
	}
	drawn := func(draw func(*drawing)) files {
		g := &drawing{}
		draw(g)
		return files{"model.onnx": string(g.file())}
	}
	for name, test := range map[string]struct {
		more        files
		options     local.Options
		want, cured string
	}{
		"no graph":       {more: files{"model.onnx": ""}, want: "there is no model.onnx or onnx/model.onnx", cured: "path:"},
		"no such graph":  {options: local.Options{File: "q.onnx"}, want: "there is no q.onnx", cured: "path:"},
		"no tokenizer":   {more: files{vocabularyFile: ""}, want: "there is no tokenizer.json", cured: "path:"},
		"not a graph":    {more: files{"model.onnx": "not a model"}, want: "ONNX", cured: "export"},
		"an empty graph": {more: files{"model.onnx": "\x08\x08"}, want: "the model", cured: "export"},
		"a cut graph":    {more: files{"model.onnx": tiny()["model.onnx"][:100]}, want: "ONNX", cured: "export"},
		"an unknown operator": {more: drawn(func(g *drawing) {
			g.input("input_ids")
			g.node("Einsum", "out", []string{"input_ids"})
			g.output("out", anyLength, anyLength, 3)
		}), want: "Einsum", cured: "export"},
		"an unknown input": {more: drawn(func(g *drawing) {
			g.input("pixel_values")
			g.node("Identity", "out", []string{"pixel_values"})
			g.output("out", anyLength, anyLength, 3)
		}), want: "asks for pixel_values", cured: "another model"},
		"quantised": {more: drawn(func(g *drawing) {
			g.input("input_ids")
			g.constant("table", 3, []byte{1, 2}, []int{2, 1})
			g.node("Gather", "out", []string{"table", "input_ids"})
			g.output("out", anyLength, anyLength, 1)
		}), want: "table are quantised", cured: "export"},
		"no vectors": {more: drawn(func(g *drawing) {
			g.input("input_ids")
			g.node("Identity", "logits", []string{"input_ids"})
			g.output("logits", anyLength)
		}), want: "gives logits", cured: "another model"},
		"another shape": {more: drawn(func(g *drawing) {
			g.input("input_ids")
			g.whole("shape", []int{-1, 2, 1}, 3)
			g.node("Cast", "floats", []string{"input_ids"}, attribute{"to", floats})
			g.node("Reshape", "out", []string{"floats", "shape"})
			g.output("out", anyLength, anyLength, 1)
		}), want: "[4 2 1] numbers for 8 tokens", cured: "another model"},
		"a part after the graph": {
			more: files{"modules.json": `[{"type": "sentence_transformers.models.Transformer"}, {"type": "sentence_transformers.models.Dense", "path": "2_Dense"}]`},
			want: "a part Dense", cured: "another model",
		},
		"unknown pooling":        {options: local.Options{Pooling: "median"}, want: `pooling "median"`, cured: "mean, cls, max or last"},
		"unknown pooling, filed": {more: pooled("weightedmean_tokens"), want: "weighted", cured: "pooling: to mean"},
		"two poolings": {
			more: files{"1_Pooling/config.json": `{"pooling_mode_cls_token": true, "pooling_mode_max_tokens": true}`},
			want: "1_Pooling/config.json", cured: "pooling: to mean",
		},
		"no room":              {options: local.Options{MaxTokens: 2}, want: "2 tokens leave no room", cured: "max-tokens"},
		"no places":            {more: files{"config.json": `{"max_position_embeddings": 5}`}, options: local.Options{MaxTokens: 6}, want: "places for 5 tokens", cured: "max-tokens"},
		"not JSON":             {more: files{vocabularyFile: "{"}, want: "read tokenizer.json", cured: "another model"},
		"not JSON elsewhere":   {more: files{"config.json": "{"}, want: "read config.json", cured: "path:"},
		"another tokenizer":    {more: files{vocabularyFile: `{"model": {"type": "BPE"}}`}, want: `"BPE"`, cured: "another model"},
		"another normalizer":   {more: files{vocabularyFile: `{"normalizer": {"type": "Nmt"}}`}, want: `normalizer: the type "Nmt"`, cured: "another model"},
		"a tokenizer of bytes": {more: files{vocabularyFile: `{"model": {"type": "Unigram", "byte_fallback": true}}`}, want: "apart into bytes", cured: "another model"},
		"no token at all":      {more: files{vocabularyFile: `{"normalizer": {"type": "Replace", "pattern": {"Regex": "."}, "content": ""}, "model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}}`}, want: "no token", cured: "another model"},
		"weights outside":      {more: outside("../far.bin", 0, 12), want: `outside of the folder, in "../far.bin"`, cured: "export"},
		"weights too short":    {more: outside("near.bin", 2, 12), want: "there are no 12 bytes from byte 2 on", cured: "export"},
		"weights not there":    {more: outside("far.bin", 2, 12), want: "far.bin", cured: "export"},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := local.Open(t.Context(), tiny().with(test.more).write(t), test.options)
			var wrong *local.Error
			if !errors.As(err, &wrong) || !strings.Contains(err.Error(), test.want) || !strings.Contains(wrong.Cure, test.cured) {
				t.Errorf("%v\n%+v", err, wrong)
			}
			if m != nil {
				t.Error("it was opened")
			}
		})
	}
	for _, path := range []string{filepath.Join(t.TempDir(), "nowhere"), filepath.Join(tiny().write(t), "model.onnx")} {
		_, err := local.Open(t.Context(), path, local.Options{})
		var wrong *local.Error
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Cure, "path:") || !errors.Is(err, os.ErrNotExist) && !strings.Contains(err.Error(), "not a folder") {
			t.Errorf("%v", err)
		}
	}
}

// TestCancel: the end of a context ends the waiting for a turn, and a text after
// the one that is computed.
func TestCancel(t *testing.T) {
	m := opened(t, small.files(), local.Options{Concurrency: 1})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 2)
	for range 2 { // one is computed, one waits for its turn
		go func() {
			for {
				if _, err := m.CreateEmbedding(ctx, []string{strings.Repeat("quorum ", 30)}); err != nil {
					ended <- err
					return
				}
			}
		}()
	}
	cancel()
	for range 2 {
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if _, err := m.CreateEmbedding(t.Context(), []string{"quorum"}); err != nil {
		t.Error(err)
	}
}
