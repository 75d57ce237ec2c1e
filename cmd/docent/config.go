package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"go.yaml.in/yaml/v3"

	"docent/rag"
)

// config is docent.yaml.
type config struct {
	// Library is the library's file, relative to the configuration file.
	Library string `yaml:"library"`
	// Spaces says who may see which space. The space "everyone" is open to
	// all and need not stand here.
	Spaces map[string]space `yaml:"spaces"`
}

type space struct {
	Members []string `yaml:"members"`
}

// loadConfig reads the file that is named, or the first of the usual places
// that exists.
func loadConfig(named string, getenv func(string) string) (config, error) {
	if named != "" {
		return readConfig(named)
	}
	places := []string{"docent.yaml"}
	if dir := configDir(getenv); dir != "" {
		places = append(places, filepath.Join(dir, "docent", "docent.yaml"))
	}
	for _, place := range places {
		c, err := readConfig(place)
		if !errors.Is(err, fs.ErrNotExist) {
			return c, err
		}
	}
	return config{}, nil
}

func readConfig(path string) (config, error) {
	data, err := os.ReadFile(path) //nolint:gosec // the operator's own choice
	if err != nil {
		return config{}, fmt.Errorf("read the configuration: %w", err)
	}
	var c config
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&c); err != nil && !errors.Is(err, io.EOF) {
		return config{}, withHint(fmt.Errorf("read the configuration %s: %w", path, err), "the keys are library and spaces; see the README")
	}
	if c.Library != "" && !filepath.IsAbs(c.Library) {
		c.Library = filepath.Join(filepath.Dir(path), c.Library)
	}
	return c, nil
}

// library is where the library lies: flag, environment, file, default.
func (a *app) library() string {
	return cmp.Or(a.libraryPath, a.getenv("DOCENT_LIBRARY"), a.config.Library, filepath.Join(dataDir(a.getenv), "docent", "library.db"))
}

// audience is everything for the operator, or what the named user may see.
func (a *app) audience(user string) rag.Audience {
	if user == "" {
		return rag.Operator()
	}
	spaces := []string{rag.Everyone}
	for name, s := range a.config.Spaces {
		if slices.Contains(s.Members, user) {
			spaces = append(spaces, name)
		}
	}
	return rag.Members(spaces...)
}

// dataDir is the user's data folder: XDG's on Unix, the system's elsewhere.
func dataDir(getenv func(string) string) string {
	home := cmp.Or(getenv("HOME"), getenv("USERPROFILE"), ".")
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support")
	case "windows":
		return cmp.Or(getenv("LocalAppData"), home)
	}
	return cmp.Or(getenv("XDG_DATA_HOME"), filepath.Join(home, ".local", "share"))
}

func configDir(getenv func(string) string) string {
	home := cmp.Or(getenv("HOME"), getenv("USERPROFILE"))
	switch {
	case runtime.GOOS == "windows":
		return getenv("AppData")
	case getenv("XDG_CONFIG_HOME") != "":
		return getenv("XDG_CONFIG_HOME")
	case home == "":
		return ""
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Application Support")
	}
	return filepath.Join(home, ".config")
}
