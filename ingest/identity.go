package ingest

import (
	"os"
	"path/filepath"
	"time"

	"docent/rag"
)

// identity tells a file from another one of its size and time, and the disk that it
// is on from another one in its place.
type identity struct {
	device, inode uint64
	changed       time.Time
}

// of reports whether a file on record may be this one. Devices are not compared:
// their numbers change when a disk is mounted anew.
func (i identity) of(r rag.File) bool {
	return r.Inode == 0 || i.inode == 0 || i.inode == r.Inode && i.changed.Equal(r.Changed)
}

func (i identity) on(r *rag.File) { r.Device, r.Inode, r.Changed = i.device, i.inode, i.changed }

// isAway reports whether the disk that a file was on is not there: the folder that
// it was in, or what is left of the way to it, is on another one. Where a file that
// is there has changed from the one number to the other with it, the disk was
// mounted anew.
func (w *writer) isAway(path string) bool {
	was := w.manifest.files[path].Device
	for dir := filepath.Dir(path); was != 0; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if missing(err) && dir != filepath.Dir(dir) {
			continue
		}
		if err != nil {
			return false
		}
		is := identify(info).device
		return is != was && !w.renumbered()[[2]uint64{was, is}]
	}
	return false
}

// renumbered are the devices, before and after, of files that are there.
func (w *writer) renumbered() map[[2]uint64]bool {
	if w.devices == nil {
		w.devices = make(map[[2]uint64]bool)
		for _, f := range w.tree.files {
			w.devices[[2]uint64{w.manifest.files[f.path].Device, f.device}] = true
		}
	}
	return w.devices
}
