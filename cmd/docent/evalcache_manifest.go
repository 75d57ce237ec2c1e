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

// manifest is what manifest.json says of the library beside it.
type manifest struct {
	// Sum is the SHA-256 of the library's file.
	Sum string `json:"sum"`
	// Notes are what of the corpus could not be read.
	Notes []string `json:"notes"`
}

const (
	libraryName  = "library.db"
	manifestName = "manifest.json"
	// stagingName is where both are made, in a folder of their own.
	stagingName = "whole"
)

// readManifest reads the manifest and holds the library against it.
func readManifest(dir string) (manifest, error) {
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return manifest{}, err
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return manifest{}, err
	}
	sum, err := fileHash(filepath.Join(dir, libraryName))
	if err != nil {
		return manifest{}, err
	}
	if sum != m.Sum {
		return manifest{}, errors.New("the library was damaged")
	}
	now := time.Now()
	return m, os.Chtimes(dir, now, now) // when it was last of use
}

func fileHash(path string) (string, error) {
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

func failureNotes(r ingest.Report) []string {
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
