package main

import (
	"fmt"
	"time"

	"github.com/dustin/go-humanize"
	"go.yaml.in/yaml/v3"
)

// readConfig is the part of the configuration on how documents are read.
type readConfig struct {
	// OCR is "auto", "off" or tesseract's languages.
	OCR string `yaml:"ocr"`
	// PasswordFile holds a password a line.
	PasswordFile string `yaml:"password-file"`
	// The limits of one document, see read.Limits and read.Pool.
	Memory bytesSize     `yaml:"memory"`
	Time   time.Duration `yaml:"time"`
	Text   bytesSize     `yaml:"text"`
	File   bytesSize     `yaml:"file"`
	Pages  int           `yaml:"pages"`
	// Keep says whether what --from reads into a throw-away library is kept
	// for the next time; nil does.
	Keep *bool `yaml:"keep"`
}

// bytesSize is a size as people write it: 512 MiB.
type bytesSize int64

func (b *bytesSize) UnmarshalYAML(n *yaml.Node) error {
	size, err := humanize.ParseBytes(n.Value)
	if err != nil || size == 0 || size > 1<<40 {
		return fmt.Errorf("line %d: %q is no size such as 512 MiB", n.Line, n.Value)
	}
	*b = bytesSize(size)
	return nil
}
