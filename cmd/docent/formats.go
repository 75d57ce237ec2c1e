package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"docent/ingest/read"
)

// reading is the part of the configuration on how documents are read.
type reading struct {
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

// readFlags are the flags of commands that read documents.
func (a *app) readFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&a.ocr, "ocr", "", "read scanned pages with tesseract: auto, off, or its `languages` as in fra+eng (default auto)")
	f.StringVar(&a.passwordFile, "password-file", "", "try the passwords in this `file`, one a line, on protected documents")
}

// formats is what documents are read with. Those of risky formats are read in
// processes of their own, which the caller ends with Close of the pool.
func (a *app) formats(c config) (read.Registry, error) {
	r := c.Read
	if a.ocr != "" {
		r.OCR = a.ocr
	}
	if a.passwordFile != "" {
		r.PasswordFile = a.passwordFile
	}
	if strings.HasPrefix(r.OCR, "-") || strings.ContainsAny(r.OCR, " \t/") {
		return read.Registry{}, &hinted{err: fmt.Errorf("%q are no languages of tesseract", r.OCR), hint: "say auto, off, or languages as in fra+eng"}
	}
	passwords, err := passwordsIn(r.PasswordFile)
	if err != nil {
		return read.Registry{}, err
	}
	options := read.Options{
		OCR: r.OCR, Passwords: passwords,
		Limits: read.Limits{Document: int64(r.Text), File: int64(r.File), Pages: r.Pages},
	}
	if dir, err := cacheDir(runtime.GOOS, a.getenv); err == nil {
		options.Cache = filepath.Join(dir, "docent")
	}
	formats := read.Formats(options)
	program, err := os.Executable()
	if err != nil {
		return read.Registry{}, fmt.Errorf("find the program to read documents with: %w", err)
	}
	formats.Pool = &read.Pool{
		Program: program, Args: []string{"docent", readWorker}, Options: options, Memory: int64(r.Memory), Time: r.Time,
	}
	return formats, nil
}

// kept is where the documents of throw-away libraries are kept.
func (a *app) kept(c config) read.Kept {
	if c.Read.Keep != nil && !*c.Read.Keep {
		return read.Kept{}
	}
	dir, err := cacheDir(runtime.GOOS, a.getenv)
	if err != nil {
		return read.Kept{}
	}
	program, err := programStamp()
	if err != nil {
		return read.Kept{}
	}
	return read.Kept{Dir: filepath.Join(dir, "docent", "kept"), Program: program}
}

// programStamp is of the program's file: when it was made, and its size.
// Reading all of it would take longer than an answer.
func programStamp() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d %d", info.ModTime().UnixNano(), info.Size()), nil
}

func passwordsIn(path string) ([]string, error) {
	if path == "" {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the passwords: %w", err)
	}
	var passwords []string
	for line := range strings.Lines(string(data)) {
		if p := strings.TrimRight(line, "\r\n"); p != "" {
			passwords = append(passwords, p)
		}
	}
	if len(passwords) == 0 {
		return nil, fmt.Errorf("read the passwords: %w in %s", errors.New("no line"), path)
	}
	return passwords, nil
}

// readWorker is the command of the processes that risky formats are read in.
const readWorker = "read-worker"

func (a *app) readWorkerCommand() *cobra.Command {
	return &cobra.Command{
		Use:    readWorker,
		Short:  "Read documents for another docent, which asks on standard input",
		Hidden: true,
		Args:   takes(0, 0, "no argument"),
		RunE: func(c *cobra.Command, _ []string) error {
			return read.Serve(c.Context(), a.stdin, a.stdout)
		},
	}
}
