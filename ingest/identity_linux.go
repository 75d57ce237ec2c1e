package ingest

import (
	"io/fs"
	"syscall"
	"time"
)

// identify takes what the system tells.
func identify(info fs.FileInfo) identity {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return identity{}
	}
	return identity{device: s.Dev, inode: s.Ino, changed: time.Unix(s.Ctim.Unix())}
}
