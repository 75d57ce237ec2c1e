package retrieve

import (
	"context"
	"fmt"

	"docent/rag"
)

// Indexer gives passages the terms and vectors that they are found by. It is
// the one place where text becomes searchable, for a first ingest, a re-ingest
// and a rebuild alike.
type Indexer struct {
	Embedder rag.Embedder
}

// Fingerprint is the embedder's.
func (x Indexer) Fingerprint() rag.Fingerprint { return rag.FingerprintOf(x.Embedder) }

// Index sets Terms and Vector of the passages of one document.
func (x Indexer) Index(ctx context.Context, doc rag.DocumentInfo, passages []rag.Passage) error {
	texts := make([]string, len(passages))
	for i, p := range passages {
		texts[i] = indexed(doc, p)
		passages[i].Terms = passageTerms(doc, p)
	}
	vectors, err := x.Embedder.EmbedPassages(ctx, texts)
	if err != nil {
		return fmt.Errorf("embed %d passages of %s: %w", len(passages), doc.ID, err)
	}
	if len(vectors) != len(passages) {
		return fmt.Errorf("embed %d passages of %s: got %d vectors", len(passages), doc.ID, len(vectors))
	}
	for i, v := range vectors {
		passages[i].Vector = v
	}
	return nil
}
