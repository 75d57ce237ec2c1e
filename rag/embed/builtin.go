package embed

import (
	"context"
	_ "embed" // the table is compiled in
	"fmt"
	"iter"
	"sync"

	"docent/rag"
)

// builtin.bin is made by cmd/trainembed. NOTICE says from what, and under
// which licences.
//
//go:embed builtin.bin
var builtinData string

// The built-in table is opened when a text is first embedded: a command that
// embeds nothing does not pay for it.
var builtinTable = sync.OnceValues(func() (*Table, error) { return OpenTable(builtinData) })

// Builtin embeds with the table of word vectors that is compiled in. It knows
// French, English, German, Spanish and Italian in one space, so that a question
// in one finds a passage in another; it is small, and beside a neural embedder
// it knows little. It keeps no state; the zero value is ready.
type Builtin struct{}

// BuiltinName is the name in the fingerprint of the built-in embedder.
const BuiltinName = "docent-words"

// NewBuiltin returns the built-in embedder.
func NewBuiltin() Builtin { return Builtin{} }

// Fingerprint names the embedder; its version is the table's checksum.
func (Builtin) Fingerprint() rag.Fingerprint {
	l, checksum, err := readLayout(builtinData)
	if err != nil { // says the first use, with the reason
		return rag.Fingerprint{Name: BuiltinName, Version: "corrupt"}
	}
	return rag.Fingerprint{Name: BuiltinName, Version: fmt.Sprintf("%08x", checksum), Dimension: l.dimension}
}

// EmbedPassages returns a unit vector for each text, nil for one without
// words. The vectors of one call share one block of memory.
func (Builtin) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	t, err := builtinTable()
	if err != nil {
		return nil, err
	}
	vectors, d := make([][]float32, len(texts)), t.dimension
	block := make([]float32, len(texts)*d)
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if v := block[i*d : (i+1)*d : (i+1)*d]; t.Embed(v, text) {
			vectors[i] = v
		}
	}
	return vectors, nil
}

// EmbedQuery returns the unit vector of a question, nil for one without words.
func (Builtin) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	t, err := builtinTable()
	if err != nil {
		return nil, err
	}
	v := make([]float32, t.dimension)
	if !t.Embed(v, text) {
		return nil, ctx.Err()
	}
	return v, ctx.Err()
}

// EmbedInto sets dst, as long as the fingerprint's dimension, to the unit
// vector of a text, and reports whether it has words. It allocates nothing,
// for those who compare hundreds of sentences while somebody waits.
func (Builtin) EmbedInto(dst []float32, text string) bool {
	t, err := builtinTable()
	return err == nil && t.Embed(dst, text)
}

// Nearest yields the words of the table nearest to a word, in any of its
// languages, with their cosines: nearest first, down to least, without the
// word itself. Words are folded as [lang.Fold] does; one that the table does
// not hold has none. Each call scans the table, about half a millisecond.
func (Builtin) Nearest(word string, least float32) iter.Seq2[string, float32] {
	t, err := builtinTable()
	if err != nil {
		return func(func(string, float32) bool) {}
	}
	return t.Nearest(word, least)
}
