package eval

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Corpus is the documents that a set's questions are about.
type Corpus struct {
	// Paths are files, or folders with all that is in them. A name that ends
	// in .jsonl.gz is unpacked first.
	Paths []string
	// Language, when it is not "", keeps only the records of .jsonl files
	// that say this "lang".
	Language string
	// Apart asks for a library in which each document is in a space of its own,
	// called as its ID.
	Apart bool
}

// Hash identifies the content of the corpus, wherever it lies: SHA-256 in
// hexadecimal. The names of files count, since they name documents.
func (c Corpus) Hash() (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "language %q\n", c.Language)
	if c.Apart {
		fmt.Fprintf(h, "apart\n")
	}
	for i, path := range c.Paths {
		err := filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name, err := filepath.Rel(path, file)
			if err != nil {
				return err
			}
			sum, err := fileHash(file)
			if err != nil {
				return err
			}
			fmt.Fprintf(h, "%d %q %q %x\n", i, filepath.Base(path), name, sum)
			return nil
		})
		if err != nil {
			return "", fmt.Errorf("read the corpus: %w", err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func fileHash(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}

// Unpack returns paths that hold the corpus as it can be ingested. What is
// packed, or of one language among several, is written into dir.
func (c Corpus) Unpack(dir string) ([]string, error) {
	var paths []string
	for i, path := range c.Paths {
		packed := strings.HasSuffix(path, ".gz")
		if !packed && (c.Language == "" || !strings.HasSuffix(path, ".jsonl")) {
			paths = append(paths, path)
			continue
		}
		to := filepath.Join(dir, fmt.Sprintf("%d-%s", i, strings.TrimSuffix(filepath.Base(path), ".gz")))
		if err := unpack(path, to, c.Language); err != nil {
			return nil, fmt.Errorf("unpack %s: %w", path, err)
		}
		paths = append(paths, to)
	}
	return paths, nil
}

func unpack(from, to, language string) error {
	f, err := openPacked(from)
	if err != nil {
		return err
	}
	defer f.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	err = eachLine(f, func(_ int, line []byte) error {
		if language != "" {
			var record struct{ Lang string }
			if err := json.Unmarshal(line, &record); err != nil || record.Lang != language {
				return err
			}
		}
		_, err := w.Write(append(line, '\n'))
		return err
	})
	return errors.Join(err, w.Flush(), out.Close())
}

// openPacked opens a file, unpacked if its name ends in .gz.
func openPacked(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return f, err
	}
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{unzipped, f}, nil
}

// eachLine calls use with each line that is not blank, numbered from 1. The
// line may be kept until the next call, and appended to.
func eachLine(r io.Reader, use func(n int, line []byte) error) error {
	buffered := bufio.NewReaderSize(r, 1<<20)
	for n := 1; ; n++ {
		line, err := buffered.ReadBytes('\n')
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return err
		}
		if text := bytes.TrimSpace(line); len(text) > 0 {
			if err := use(n, text); err != nil {
				return err
			}
		}
		if last {
			return nil
		}
	}
}

// eachLineOf calls use with the lines of a file, which may be packed; an error says
// where.
func eachLineOf(path string, use func(n int, line []byte) error) error {
	f, err := openPacked(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return eachLine(f, func(n int, line []byte) error {
		if err := use(n, line); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
		return nil
	})
}

// ReadLines decodes a file of JSON Lines, which may be packed, for use.
func ReadLines[T any](path string, use func(T) error) error {
	return eachLineOf(path, func(_ int, line []byte) error {
		var x T
		if err := json.Unmarshal(line, &x); err != nil {
			return err
		}
		return use(x)
	})
}
