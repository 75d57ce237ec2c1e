package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
)

var errSpecial = errors.New("it is a pipe, a socket or a device, and no file")

// openFile opens a file, a folder or a pipe to read. It does not wait for who would
// write into a pipe: one that nobody writes into is empty.
func openFile(path string) (*os.File, fs.FileInfo, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close() // nothing was written
		return nil, nil, err
	}
	return f, info, nil
}

// contentOf is all that a small file or a pipe holds; a device may have no end.
func contentOf(path string) ([]byte, error) {
	f, _, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	const most = 16 << 20
	return io.ReadAll(io.LimitReader(f, most))
}
