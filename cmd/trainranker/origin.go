package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"

	"docent/rag"
	"docent/rag/extract/ranker"
)

// originOf identifies the questions, the documents and the embedder.
func originOf(all []Sets, e rag.Embedder) (ranker.Origin, error) {
	h := sha256.New()
	for _, s := range all {
		for _, set := range s.Sets {
			fmt.Fprintf(h, "%s %s\n", s.Name, set.Name)
			for _, q := range set.Questions {
				fmt.Fprintf(h, "%q %q %+v\n", q.ID, q.Text, q.Gold)
			}
			for _, path := range set.Views[0].Corpus.Paths {
				if err := hashFile(h, path); err != nil {
					return ranker.Origin{}, fmt.Errorf("read the documents of %s: %w", set.Name, err)
				}
			}
		}
	}
	return ranker.Origin{Questions: fmt.Sprintf("%x", h.Sum(nil)), Embedder: rag.FingerprintOf(e).String()}, nil
}

func hashFile(w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}
