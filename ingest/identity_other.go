//go:build !linux

package ingest

import "io/fs"

// identify knows nothing here: a file is told by its size and time alone.
func identify(fs.FileInfo) identity { return identity{} }
