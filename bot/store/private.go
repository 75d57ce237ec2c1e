package store

import (
	"errors"
	"io/fs"
	"os"
)

// ownerOnly is the mode of what holds people's words.
const ownerOnly fs.FileMode = 0o600

// createPrivate makes an empty file for its owner alone, whatever the umask.
// One that is there is left alone: opening and closing it would take SQLite's
// locks from it.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, ownerOnly)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(ownerOnly), f.Close())
}

// narrow takes a database from everyone but its owner, with the files that
// SQLite keeps beside it.
func narrow(path string) error {
	var errs []error
	for _, p := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(p)
		if err == nil && info.Mode().Perm() != ownerOnly {
			err = os.Chmod(p, ownerOnly)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
