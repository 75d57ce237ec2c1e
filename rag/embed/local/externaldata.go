package local

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/gomlx/onnx-gomlx/onnx"
)

// externalLocation says that a tensor's numbers lie in a file of their own, as
// onnx.proto numbers it; models of more than 2 GB must have it so.
const externalLocation = 1

// readExternalData reads the weights that lie in other files of the folder, and writes
// them to sum too.
func readExternalData(m *onnx.Model, dir string, sum io.Writer) error {
	files := make(map[string][]byte)
	for _, t := range m.Proto.Graph.Initializer {
		if t.DataLocation != externalLocation {
			continue
		}
		said := make(map[string]string)
		for _, entry := range t.ExternalData {
			said[entry.Key] = entry.Value
		}
		name := said["location"]
		if !filepath.IsLocal(name) {
			return fmt.Errorf("the weights %s lie outside of the folder, in %q", t.Name, name)
		}
		if files[name] == nil {
			data, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return err
			}
			_, _ = sum.Write(data) // a checksum takes everything
			files[name] = data
		}
		data, err := byteRange(files[name], said["offset"], said["length"])
		if err != nil {
			return fmt.Errorf("the weights %s in %s: %w", t.Name, name, err)
		}
		t.RawData, t.DataLocation = data, 0
	}
	return nil
}

func byteRange(data []byte, offset, length string) ([]byte, error) {
	from, err := strconv.Atoi("0" + offset)
	if err != nil || from > len(data) {
		return nil, fmt.Errorf("there is no byte %s", offset)
	}
	if length == "" {
		return data[from:], nil
	}
	n, err := strconv.Atoi(length)
	if err != nil || n < 0 || n > len(data)-from {
		return nil, fmt.Errorf("there are no %s bytes from byte %d on", length, from)
	}
	return data[from : from+n], nil
}
