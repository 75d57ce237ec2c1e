package local

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"docent/rag/embed"
)

// Options say how to use a model. What is not set is as the files of its folder
// have it.
type Options struct {
	// File is the graph within the folder, for those that have several; ""
	// means model.onnx or onnx/model.onnx.
	File string
	// Pooling makes one vector of the tokens'; "" means Mean where no file says.
	// It plays no part where the graph pools itself.
	Pooling Pooling
	// QueryPrefix and PassagePrefix go before texts, for models that were
	// trained with them.
	QueryPrefix, PassagePrefix string
	// MaxTokens is where longer texts are cut; 0 means 512 where no file says.
	MaxTokens int
	// Concurrency is the number of texts at once; 0 means one a processor.
	Concurrency int
}

// Model is a sentence encoder in memory. It implements embed.Client; several
// goroutines may use it.
type Model struct {
	// name is the folder's, dir its path; version is of all that vectors depend
	// on.
	name, dir, version string

	options   Options
	tokenizer *tokenizer
	engine    *engine
	dimension int

	// turns are taken by the texts that are computed.
	turns chan struct{}
}

var _ embed.Client = (*Model)(nil)

// Open reads a model and tries it. An error that has to do with the folder is
// an *Error. The model must be closed.
func Open(ctx context.Context, dir string, options Options) (*Model, error) {
	if options.Pooling != "" && !options.Pooling.known() {
		return nil, &Error{Dir: dir, Cure: curePooling, Err: fmt.Errorf("the pooling %q is not known", options.Pooling)}
	}
	f, err := readFolder(dir, options)
	if err != nil {
		return nil, err
	}
	m := &Model{name: f.name, dir: dir, options: f.options, turns: make(chan struct{}, cmp.Or(options.Concurrency, runtime.GOMAXPROCS(0)))}
	if m.tokenizer, err = readTokenizer(f.tokenizer); err != nil {
		return nil, &Error{Dir: dir, Cure: cureModel, Err: fmt.Errorf("read tokenizer.json: %w", err)}
	}
	if around := len(m.tokenizer.before) + len(m.tokenizer.after); m.options.MaxTokens <= around {
		return nil, &Error{Dir: dir, Cure: cureLength, Err: fmt.Errorf("%d tokens leave no room for a text", m.options.MaxTokens)}
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "1 %s %d", m.options.Pooling, m.options.MaxTokens)
	sum.Write(f.tokenizer)
	if m.engine, err = newEngine(f.graph, f.graphDir, sum); err != nil {
		return nil, &Error{Dir: dir, Cure: cureModel, Err: err}
	}
	m.version = hex.EncodeToString(sum.Sum(nil)[:6])
	if err := m.probe(ctx); err != nil {
		return nil, errors.Join(err, m.Close())
	}
	return m, nil
}

// probe finds out the length of the vectors, and whether all of the graph can be
// computed.
func (m *Model) probe(ctx context.Context) error {
	v, err := m.await(ctx, "docent")
	if err == nil && len(v) == 0 {
		err = errors.New("tokenizer.json makes no token of a word")
	}
	if err != nil && ctx.Err() == nil {
		err = &Error{Dir: m.dir, Cure: cureModel, Err: fmt.Errorf("try it: %w", err)}
	}
	m.dimension = len(v)
	return err
}

// Options are how the model is to be used with an embed.Adapter.
func (m *Model) Options() embed.AdapterOptions {
	return embed.AdapterOptions{
		Model: m.name, Version: m.version, Dimension: m.dimension,
		QueryPrefix: m.options.QueryPrefix, PassagePrefix: m.options.PassagePrefix,
		Batch: textsAtOnce,
	}
}

// textsAtOnce go to a cache together: at a second or more for a text, what an
// interruption costs.
const textsAtOnce = 8

// Close gives the memory back, once nobody embeds any more.
func (m *Model) Close() error {
	m.engine.close()
	return nil
}

// CreateEmbedding returns the vectors of some texts, which the model's prefix
// stands before already; zeros for a text without tokens.
func (m *Model) CreateEmbedding(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(cap(m.turns))
	for i, text := range texts {
		g.Go(func() (err error) {
			vectors[i], err = m.await(ctx, text)
			if vectors[i] == nil {
				vectors[i] = make([]float32, m.dimension)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, fmt.Errorf("embed with %s: %w", m.name, err)
	}
	return vectors, nil
}

// await computes a text's vector, once it is its turn. The end of ctx ends the
// waiting; what is being computed then goes to its end.
func (m *Model) await(ctx context.Context, text string) ([]float32, error) {
	select {
	case m.turns <- struct{}{}:
		defer func() { <-m.turns }()
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return m.vector(text)
}

// vector is nil for a text without tokens.
func (m *Model) vector(text string) ([]float32, error) {
	t, ok := m.tokenizer.encode(text, m.options.MaxTokens)
	if !ok {
		return nil, nil
	}
	numbers, axes, err := m.engine.run(t)
	switch {
	case err != nil:
		return nil, err
	case len(axes) == 3 && axes[0] == 1 && axes[1] == len(t.ids):
		return m.options.Pooling.pool(numbers, axes[2], t.n), nil
	case len(axes) == 2 && axes[0] == 1:
		return numbers, nil
	}
	return nil, fmt.Errorf("it gives %v numbers for %d tokens: neither a vector for each nor one for all", axes, len(t.ids))
}
