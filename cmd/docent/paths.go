package main

import (
	"errors"
	"path/filepath"
	"runtime"
)

var errNoHome = errors.New("the user's home directory is not known")

// dataDir is where the user's programs keep what they know; configDir where
// they keep how they are set up. On Unix these and cacheDir follow the XDG Base Directory
// Specification.
func dataDir(goos string, getenv func(string) string) (string, error) {
	switch goos {
	case "windows":
		return under(getenv("LocalAppData"))
	case "darwin":
		return under(getenv("HOME"), "Library", "Application Support")
	}
	// The specification says to ignore a relative path.
	if dir := getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	return under(getenv("HOME"), ".local", "share")
}

func configDir(goos string, getenv func(string) string) (string, error) {
	switch goos {
	case "windows":
		return under(getenv("AppData"))
	case "darwin":
		return under(getenv("HOME"), "Library", "Application Support")
	}
	if dir := getenv("XDG_CONFIG_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	return under(getenv("HOME"), ".config")
}

// cacheDir is where the user's programs keep what they could make again.
func cacheDir(goos string, getenv func(string) string) (string, error) {
	switch goos {
	case "windows":
		return under(getenv("LocalAppData"))
	case "darwin":
		return under(getenv("HOME"), "Library", "Caches")
	}
	if dir := getenv("XDG_CACHE_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	return under(getenv("HOME"), ".cache")
}

func under(home string, names ...string) (string, error) {
	if home == "" {
		return "", errNoHome
	}
	return filepath.Join(append([]string{home}, names...)...), nil
}

// libraryPath is where the library lies: the flag before the environment
// before the configuration before the user's data directory.
func (a *app) libraryPath(c config) (string, error) {
	for _, path := range []string{a.library, a.getenv("DOCENT_LIBRARY"), c.Library} {
		if path != "" {
			return path, nil
		}
	}
	dir, err := dataDir(runtime.GOOS, a.getenv)
	if err != nil {
		return "", &hinted{err: err, hint: "say where the library is with --library"}
	}
	return filepath.Join(dir, "docent", "library.db"), nil
}
