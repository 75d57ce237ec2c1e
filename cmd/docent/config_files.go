package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

const configName = "docent.yaml"

// configFile is where a configuration may be.
type configFile struct {
	// source says who names the file, and path is "" where nobody does.
	source, path string
	// required files are read even where they do not exist, which fails.
	required bool
}

// configFiles are looked at in this order.
func (a *app) configFiles() []configFile {
	user := configFile{source: "the user's folder"}
	if dir, err := configDir(runtime.GOOS, a.getenv); err == nil {
		user.path = filepath.Join(dir, "docent", configName)
	}
	return []configFile{
		{source: "--config", path: a.configPath, required: true},
		{source: "DOCENT_CONFIG", path: a.getenv("DOCENT_CONFIG"), required: true},
		{source: "this folder", path: configName},
		user,
	}
}

func (f configFile) exists() bool {
	_, err := os.Stat(f.path)
	return f.path != "" && !errors.Is(err, fs.ErrNotExist)
}

// usedConfig is the path of the first configuration that there is, "" for none.
func (a *app) usedConfig() string {
	for _, f := range a.configFiles() {
		if f.path != "" && (f.required || f.exists()) {
			return f.path
		}
	}
	return ""
}

// settings reads the configuration, if there is one.
func (a *app) settings() (config, error) {
	path := a.usedConfig()
	if path == "" {
		return config{}, nil
	}
	return loadConfig(path)
}

func loadConfig(path string) (config, error) {
	c, err := parseConfigFile(path)
	c.resolvePaths(path)
	return c, err
}

func parseConfigFile(path string) (config, error) {
	data, err := contentOf(path)
	if err != nil {
		return config{}, fmt.Errorf("read the configuration: %w", err)
	}
	c, err := parseConfig(data)
	if err != nil {
		return config{}, &hinted{err: fmt.Errorf("configuration %s: %w", path, err), hint: cmp.Or(hint(err), "print what it may hold with: docent config schema")}
	}
	return c, nil
}
