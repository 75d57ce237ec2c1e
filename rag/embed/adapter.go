package embed

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"log/slog"
	"math"
	"strings"

	"golang.org/x/sync/errgroup"

	"docent/rag"
)

// Client turns texts into vectors with one request, in order. It is langchaingo's
// EmbedderClient; docent/rag/llm has those of the providers.
type Client interface {
	CreateEmbedding(ctx context.Context, texts []string) ([][]float32, error)
}

// DefaultBatch is the number of texts in a request.
const DefaultBatch = 64

// AdapterOptions of an [Adapter]. Model must be set.
type AdapterOptions struct {
	// Model names the model. Vectors of the same name can be compared, whoever
	// makes them.
	Model string
	// Dimension is the length of its vectors; 0 has it found with a request, or
	// in the cache.
	Dimension int
	// QueryPrefix and PassagePrefix go before texts, for models that were
	// trained with them, as "query: " and "passage: " for those of the E5
	// family.
	QueryPrefix, PassagePrefix string
	// Batch is the number of texts in a request, 0 means DefaultBatch; Concurrency the
	// number of requests at once, 0 means 4.
	Batch, Concurrency int
	// Cache keeps vectors from run to run, nil for none.
	Cache *Cache
	// Log is for operators; nil discards.
	Log *slog.Logger
}

// Adapter embeds with a model that a [Client] asks. What words mean nearly the
// same it has from [Builtin], see Nearest.
type Adapter struct {
	client  Client
	options AdapterOptions
	made    rag.Fingerprint
}

var (
	_ rag.Embedder       = (*Adapter)(nil)
	_ rag.WordNeighbours = (*Adapter)(nil)
)

// NewAdapter makes an embedder of a client, and asks it for the length of its
// vectors where nobody knows.
func NewAdapter(ctx context.Context, client Client, options AdapterOptions) (*Adapter, error) {
	options.Batch = cmp.Or(options.Batch, DefaultBatch)
	options.Concurrency = cmp.Or(options.Concurrency, 4)
	options.Log = cmp.Or(options.Log, slog.New(slog.DiscardHandler))
	sum := sha256.Sum256(fmt.Appendf(nil, "1\n%q\n%q", options.QueryPrefix, options.PassagePrefix))
	a := &Adapter{client: client, options: options, made: rag.Fingerprint{
		Name: options.Model, Version: hex.EncodeToString(sum[:4]), Dimension: options.Dimension,
	}}
	if a.made.Dimension == 0 {
		var err error
		if a.made.Dimension, err = a.dimension(ctx); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// Fingerprint names the model; its version is of the prefixes.
func (a *Adapter) Fingerprint() rag.Fingerprint { return a.made }

// EmbedPassages returns a unit vector for each text, nil for a blank one. What
// the cache holds is not asked for again, and what came before an error is kept
// there.
func (a *Adapter) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	return a.embed(ctx, a.options.PassagePrefix, texts)
}

// EmbedQuery returns the unit vector of a question, nil for a blank one.
func (a *Adapter) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	vectors, err := a.embed(ctx, a.options.QueryPrefix, []string{text})
	if err != nil {
		return nil, err
	}
	return vectors[0], nil
}

// Nearest is that of the built-in embedder, see [Builtin.Nearest].
func (a *Adapter) Nearest(word string, least float32) iter.Seq2[string, float32] {
	return NewBuiltin().Nearest(word, least)
}

func (a *Adapter) embed(ctx context.Context, prefix string, texts []string) ([][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	vectors := make([][]float32, len(texts))
	var missing []item
	for i, text := range texts {
		if strings.TrimSpace(text) == "" {
			continue
		}
		text = prefix + text
		missing = append(missing, item{at: i, text: text, key: keyOf(a.options.Model, a.made.Dimension, text)})
	}
	missing = a.lookup(ctx, missing, vectors)
	requests, ctx := errgroup.WithContext(ctx)
	requests.SetLimit(a.options.Concurrency)
	for _, batch := range batches(missing, a.options.Batch) {
		requests.Go(func() error { return a.request(ctx, batch, vectors) })
	}
	if err := requests.Wait(); err != nil {
		return nil, fmt.Errorf("embed %d texts: %w", len(missing), err)
	}
	return vectors, nil
}

// item is a text to embed, with its place in a call and its key in the cache.
type item struct {
	at   int
	text string
	key  []byte
}

// batchBytes bounds the texts of a request: half of what a server reads into
// memory for one without complaint, and some 30,000 tokens.
const batchBytes = 128 << 10

func batches(items []item, most int) [][]item {
	var all [][]item
	for len(items) > 0 {
		n, size := 0, 0
		for n < len(items) && n < most && (n == 0 || size+len(items[n].text) <= batchBytes) {
			size += len(items[n].text)
			n++
		}
		all, items = append(all, items[:n]), items[n:]
	}
	return all
}

// request sets the vectors of one batch.
func (a *Adapter) request(ctx context.Context, batch []item, vectors [][]float32) error {
	texts := make([]string, len(batch))
	for i, it := range batch {
		texts[i] = it.text
	}
	got, err := a.client.CreateEmbedding(ctx, texts)
	if err != nil {
		return err
	}
	if len(got) != len(batch) {
		return fmt.Errorf("%s gave %d vectors for %d texts", a.made.Name, len(got), len(batch))
	}
	for i, it := range batch {
		if len(got[i]) != a.made.Dimension {
			a.store(ctx, a.probe(), got[i:i+1]) // for the next time
			return fmt.Errorf("%s gives vectors of %d dimensions now, not of %d", a.made.Name, len(got[i]), a.made.Dimension)
		}
		vectors[it.at] = normalized(got[i])
	}
	a.store(ctx, batch, vectors)
	return nil
}

// normalized returns the vector of length one in the direction of v, nil where there
// is none.
func normalized(v []float32) []float32 {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 || math.IsNaN(sum) || math.IsInf(sum, 0) {
		return nil
	}
	scale := 1 / math.Sqrt(sum)
	to := make([]float32, len(v))
	for i, x := range v {
		to[i] = float32(float64(x) * scale)
	}
	return to
}
