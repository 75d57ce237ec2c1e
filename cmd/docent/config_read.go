package main

import (
	"fmt"
	"time"

	"github.com/dustin/go-humanize"
	"go.yaml.in/yaml/v3"
)

// readConfig is the part of the configuration on how documents are read. The
// limits are those of read.Limits and read.Pool.
type readConfig struct {
	OCR          string        `yaml:"ocr" doc:"How scanned pages are read: auto, off, or tesseract's languages as in fra+eng."`
	PasswordFile string        `yaml:"password-file,omitempty" doc:"A file with the passwords to try on protected documents, one a line."`
	Memory       bytesSize     `yaml:"memory" doc:"What each process that documents are read in may hold."`
	Time         time.Duration `yaml:"time" doc:"How long one document may take."`
	Text         bytesSize     `yaml:"text" doc:"The longest text of one document."`
	File         bytesSize     `yaml:"file" doc:"The largest file whose text has to be extracted: PDF, office documents, archives."`
	Pages        int           `yaml:"pages" doc:"The most pages, slides, sheets or chapters of one document."`
	Links        string        `yaml:"links" enum:"below,follow" doc:"Which symbolic links are followed: below, those that stay below the PATH they are met in, or follow, all."`
	Exclude      []string      `yaml:"exclude,omitempty" doc:"What is not read below a PATH, in the patterns of gitignore."`
	Keep         *bool         `yaml:"keep" doc:"Whether what --from reads is kept for the next time, in the user's cache folder."`
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

// MarshalYAML implements yaml.Marshaler, in the largest unit that is exact.
func (b bytesSize) MarshalYAML() (any, error) { return b.String(), nil } //nolint:unparam // the interface has an error

func (b bytesSize) String() string {
	units := []string{"B", "KiB", "MiB", "GiB", "TiB"}
	for b != 0 && b%1024 == 0 && len(units) > 1 {
		b, units = b/1024, units[1:]
	}
	return fmt.Sprintf("%d %s", int64(b), units[0])
}
