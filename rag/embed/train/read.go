package train

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// Laws is the name of the source that files of laws make up.
const Laws = "laws"

// Read takes a file in, of JSON arrays of five strings a line, compressed with
// gzip where its name ends in .gz: [source, language, text, language, text]
// for a pair, or [key, note, text, note, text] for a section of a law in two
// languages, which a file has whose name begins with "laws". Pairs of sources
// that use does not name are left out.
func (c *Corpus) Read(path string, use []string) error {
	return eachPair(path, func(laws bool, f [5]string) {
		switch {
		case laws:
			c.addLaw(f[1], f[2], f[3], f[4])
		case slices.Contains(use, f[0]):
			c.addPair(f[0], f[2], f[4])
		}
	})
}

// eachPair calls use with each line of a file, and whether it is one of laws.
func eachPair(path string, use func(laws bool, f [5]string)) error {
	laws := strings.HasPrefix(path[strings.LastIndexAny(path, `/\`)+1:], Laws)
	return eachLine(path, func(line []byte) error {
		var f [5]string
		if err := json.Unmarshal(line, &f); err != nil {
			return err
		}
		use(laws, f)
		return nil
	})
}

// eachLine reads a file of lines, which may be compressed.
func eachLine(path string, do func(line []byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read training text: %w", err)
	}
	defer file.Close()
	var from io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if from, err = gzip.NewReader(file); err != nil {
			return fmt.Errorf("read training text %s: %w", path, err)
		}
	}
	lines := bufio.NewReaderSize(from, 1<<16)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			if err := do(line); err != nil {
				return fmt.Errorf("read training text %s: line %d: %w", path, number, err)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read training text %s: %w", path, err)
		}
	}
}
