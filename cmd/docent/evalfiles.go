package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/eval"
)

// readBase reads the reports to compare with, before any work is done.
func readBase(path string) ([]eval.Report, error) {
	if path == "" {
		return nil, nil
	}
	file, _, err := openFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the reports to compare with: %w", err)
	}
	defer file.Close()
	base, err := eval.ReadReports(file)
	if err != nil {
		return nil, &hinted{err: fmt.Errorf("%s: %w", path, err), hint: "make reports to compare with by: docent eval --json SET... >" + path}
	}
	return base, nil
}

// write writes what the flags ask for besides the figures.
func (f evalFlags) write(reports []eval.Report, comparisons []eval.Comparison, made rag.Fingerprint) error {
	for _, to := range []struct {
		path, what string
		write      func(io.Writer) error
	}{
		{f.failures, "failures", func(w io.Writer) error { return writeAll(w, eval.Failures(reports)) }},
		{f.html, "page", func(w io.Writer) error {
			program := fmt.Sprintf("docent %s, %s", cmp.Or(built().Commit, built().Version), made)
			return eval.WriteHTML(w, eval.Pages{Program: program, Reports: reports, Comparisons: comparisons, Threshold: answer.DefaultThreshold})
		}},
	} {
		if to.path == "" {
			continue
		}
		if err := writeFile(to.path, 0o644, to.write); err != nil {
			return fmt.Errorf("write the %s: %w", to.what, err)
		}
	}
	return nil
}

// writeFile replaces a file whole or not at all. The file that is written
// meanwhile is one that nobody follows.
func writeFile(path string, mode fs.FileMode, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	w := bufio.NewWriter(f)
	if err := errors.Join(write(w), w.Flush(), f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// canWrite finds out before the work whether there is a folder to put its
// outcome into.
func canWrite(paths ...string) error {
	for _, path := range paths {
		if path == "" {
			continue
		}
		if _, err := os.Stat(filepath.Dir(path) + string(filepath.Separator)); err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		}
	}
	return nil
}
