package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"docent/ingest"
)

// label is what shelf.json says of the library beside it.
type label struct {
	// Sum is the SHA-256 of the library's file.
	Sum string `json:"sum"`
	// Notes are what of the corpus could not be read.
	Notes []string `json:"notes"`
}

const (
	shelvedName = "library.db"
	labelName   = "shelf.json"
	// wholeName is where both are made, in a folder of their own.
	wholeName = "whole"
)

// readLabel reads the label and holds the library against it.
func readLabel(dir string) (label, error) {
	data, err := os.ReadFile(filepath.Join(dir, labelName))
	if err != nil {
		return label{}, err
	}
	var l label
	if err := json.Unmarshal(data, &l); err != nil {
		return label{}, err
	}
	sum, err := sumOf(filepath.Join(dir, shelvedName))
	if err != nil {
		return label{}, err
	}
	if sum != l.Sum {
		return label{}, errors.New("the library was damaged")
	}
	now := time.Now()
	return l, os.Chtimes(dir, now, now) // when it was last of use
}

func sumOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// mostNotes bounds how many failures are told one by one.
const mostNotes = 5

func notesOf(r ingest.Report) []string {
	notes := []string{}
	for i, f := range r.Failed {
		if i == mostNotes {
			notes = append(notes, fmt.Sprintf("%d more failed", len(r.Failed)-i))
			break
		}
		notes = append(notes, fmt.Sprintf("%s: %s", filepath.Base(f.URI), reason(f)))
	}
	return notes
}
