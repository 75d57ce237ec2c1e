package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/sandbox"
)

// readFlags are the flags of commands that read documents.
func (a *app) readFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&a.ocr, "ocr", "", "read scanned pages with tesseract: auto, off, or its `languages` as in fra+eng (default "+defaults().Read.OCR+")")
	f.StringVar(&a.passwordFile, "password-file", "", "try the passwords in this `file`, one a line, on protected documents")
}

// readers are what documents are read with. Those of risky formats are read in
// the processes of the pool, which Close ends.
type readers struct {
	read.Registry
	pool *sandbox.Pool
}

// Close ends the processes; the zero value has none.
func (r readers) Close() error {
	if r.pool == nil {
		return nil
	}
	return r.pool.Close()
}

// readers are those that flags and configuration ask for.
func (a *app) readers(c config) (readers, error) {
	r := c.Read
	r.OCR, r.PasswordFile = cmp.Or(a.ocr, r.OCR), cmp.Or(a.passwordFile, r.PasswordFile)
	if strings.HasPrefix(r.OCR, "-") || strings.ContainsAny(r.OCR, " \t/") {
		return readers{}, &hinted{err: fmt.Errorf("%q are no languages of tesseract", r.OCR), hint: "say auto, off, or languages as in fra+eng"}
	}
	passwords, err := passwordsIn(r.PasswordFile)
	if err != nil {
		return readers{}, err
	}
	options := read.Options{
		OCR: r.OCR, Passwords: passwords, Cache: a.cached(""),
		Limits: read.Limits{Document: int64(r.Text), File: int64(r.File), Pages: r.Pages},
	}
	program, err := os.Executable()
	if err != nil {
		return readers{}, fmt.Errorf("find the program to read documents with: %w", err)
	}
	pool := &sandbox.Pool{
		Program: program, Args: []string{"docent", readWorker}, Options: options, Memory: int64(r.Memory), Time: r.Time,
	}
	return readers{Registry: sandbox.Wrap(formats.All(options), pool), pool: pool}, nil
}

// readCache is where the documents of throw-away libraries are kept.
func (a *app) readCache(c config) sandbox.Cache {
	if c.Read.Keep != nil && !*c.Read.Keep {
		return sandbox.Cache{}
	}
	dir := a.cached("kept")
	program, err := programStamp()
	if dir == "" || err != nil {
		return sandbox.Cache{}
	}
	return sandbox.Cache{Dir: dir, Program: program}
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
	data, err := contentOf(path)
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
