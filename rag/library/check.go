package library

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"docent/rag"
)

// checkFile looks at the file before SQLite does: it would make a missing one,
// change a foreign one, and notice a cut one only when it comes to the missing
// part.
func checkFile(path string, mayCreate bool) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist) && mayCreate:
		return os.MkdirAll(filepath.Dir(path), 0o700)
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("%w: the file does not exist", rag.ErrNoLibrary)
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("%w: it is a directory", rag.ErrNoLibrary)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%w: it is not a regular file", rag.ErrNoLibrary)
	case info.Size() == 0 && mayCreate:
		return nil
	case info.Size() == 0:
		return fmt.Errorf("%w: the file is empty", rag.ErrNoLibrary)
	}
	return checkHeader(path, info.Size())
}

// checkHeader reads the fields of the SQLite file format, section 1.3. What
// a log beside the file holds is newer than these.
func checkHeader(path string, size int64) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var header [100]byte
	if _, err := io.ReadFull(f, header[:]); err != nil || string(header[:16]) != "SQLite format 3\x00" {
		return fmt.Errorf("%w: the file is not a library", rag.ErrNoLibrary)
	}
	page := int64(binary.BigEndian.Uint16(header[16:]))
	if page == 1 {
		page = 65536
	}
	pages := int64(binary.BigEndian.Uint32(header[28:]))
	id := binary.BigEndian.Uint32(header[68:])
	switch {
	case hasLog(path):
		return nil
	case size < page*pages:
		return fmt.Errorf("%w: the file is cut off after %d of %d bytes", rag.ErrNoLibrary, size, page*pages)
	case id != applicationID && pages > 1:
		return errForeign
	}
	return nil
}

// hasLog tells whether SQLite's write-ahead log holds changes that are not in
// the file yet.
func hasLog(path string) bool {
	log, err := os.Stat(path + "-wal")
	return err == nil && log.Size() > 0
}

var errForeign = fmt.Errorf("%w: the file is a database of another program", rag.ErrNoLibrary)
