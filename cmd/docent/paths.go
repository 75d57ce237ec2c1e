package main

import (
	"cmp"
	"errors"
	"path/filepath"
	"runtime"
)

var errNoHome = errors.New("the user's home directory is not known")

// dataDir is where the user's programs keep what they know.
func dataDir(goos string, getenv func(string) string) (string, error) {
	return userDir(goos, getenv, "LocalAppData", "Library/Application Support", "XDG_DATA_HOME", ".local/share")
}

// configDir is where they keep how they are set up.
func configDir(goos string, getenv func(string) string) (string, error) {
	return userDir(goos, getenv, "AppData", "Library/Application Support", "XDG_CONFIG_HOME", ".config")
}

// cacheDir is where they keep what they could make again.
func cacheDir(goos string, getenv func(string) string) (string, error) {
	return userDir(goos, getenv, "LocalAppData", "Library/Caches", "XDG_CACHE_HOME", ".cache")
}

// cached is the path of a thing of docent's among these, "" where that is not
// known.
func (a *app) cached(name string) string {
	dir, err := cacheDir(runtime.GOOS, a.getenv)
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "docent", name)
}

// userDir is a folder of the user's, on Unix by the XDG Base Directory
// Specification, which says to ignore a relative path in its variable.
func userDir(goos string, getenv func(string) string, windows, darwin, xdg, unix string) (string, error) {
	dir, below := getenv("HOME"), unix
	switch {
	case goos == "windows":
		dir, below = getenv(windows), ""
	case goos == "darwin":
		below = darwin
	case filepath.IsAbs(getenv(xdg)):
		dir, below = getenv(xdg), ""
	}
	if dir == "" {
		return "", errNoHome
	}
	return filepath.Join(dir, filepath.FromSlash(below)), nil
}

// libraryPath is where the library lies: the flag before the environment
// before the configuration before the user's data directory.
func (a *app) libraryPath(c config) (string, error) {
	if path := cmp.Or(a.library, a.getenv("DOCENT_LIBRARY"), c.Library); path != "" {
		return path, nil
	}
	dir, err := dataDir(runtime.GOOS, a.getenv)
	if err != nil {
		return "", &hinted{err: err, hint: "say where the library is with --library"}
	}
	return filepath.Join(dir, "docent", "library.db"), nil
}
