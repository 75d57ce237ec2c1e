package eval

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"
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
	if hex.EncodeToString(sum) != m.Sum {
		return manifest{}, errors.New("the library was damaged")
	}
	now := time.Now()
	return m, os.Chtimes(dir, now, now) // when it was last of use
}

func writeManifest(dir string, notes []string) (manifest, error) {
	sum, err := fileHash(filepath.Join(dir, libraryName))
	if err != nil {
		return manifest{}, err
	}
	m := manifest{Sum: hex.EncodeToString(sum), Notes: notes}
	data, err := json.Marshal(m)
	if err != nil {
		return manifest{}, err
	}
	return m, os.WriteFile(filepath.Join(dir, manifestName), data, 0o600)
}
