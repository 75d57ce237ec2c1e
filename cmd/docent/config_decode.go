package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"
)

// parseConfig refuses keys that it does not know, since a misspelt one would
// otherwise be obeyed by nobody.
func parseConfig(data []byte) (config, error) {
	var c config
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := folderModel(data); err != nil {
		return config{}, err
	}
	if err := d.Decode(&c); err != nil && !errors.Is(err, io.EOF) {
		return config{}, decodeError(err)
	}
	if err := c.check(); err != nil {
		return config{}, err
	}
	return c, nil
}

// How the yaml package reports a key that a struct lacks, and a value that
// cannot be a struct.
var (
	unknownField = regexp.MustCompile(`^line (\d+): field (.*) not found in type (.*)$`)
	noStruct     = regexp.MustCompile(`into main\.\w+$`)
)

// decodeError is an error of the yaml package on one line, with what was
// probably meant in place of an unknown key.
func decodeError(err error) error {
	var mistakes *yaml.TypeError
	if !errors.As(err, &mistakes) {
		return errors.New(strings.Join(strings.Fields(strings.TrimPrefix(err.Error(), "yaml: ")), " "))
	}
	keys := make(map[string][]string)
	addKeys(reflect.TypeFor[config](), keys)
	for i, m := range mistakes.Errors {
		if found := unknownField.FindStringSubmatch(m); found != nil {
			m = fmt.Sprintf("line %s: %s", found[1], unknownKey(found[2], keys[found[3]]))
		}
		mistakes.Errors[i] = noStruct.ReplaceAllString(m, "into a mapping")
	}
	return errors.New(strings.Join(mistakes.Errors, "; "))
}

// unknownKey says of a key what to write in place of it.
func unknownKey(key string, known []string) string {
	name := strings.ToLower(key)
	if slices.Contains(known, "key-file") && strings.Contains(name, "key") && !strings.Contains(name, "file") {
		return "no key is read from here; set the provider's variable, as OPENAI_API_KEY, or name a file with key-file"
	}
	if near := nearest(key, known); near != "" {
		return fmt.Sprintf("unknown key %q; did you mean %s?", key, near)
	}
	return fmt.Sprintf("unknown key %q; the keys here are %s", key, strings.Join(known, ", "))
}

// keysOf lists the keys of a struct, and those of the structs inlined in it.
func keysOf(t reflect.Type) []string {
	var keys []string
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if options == "inline" {
			keys = append(keys, keysOf(f.Type)...)
		} else if name != "" {
			keys = append(keys, name)
		}
	}
	return keys
}

// addKeys adds the keys of the structs that a type is made of, by the names that
// the yaml package gives these.
func addKeys(t reflect.Type, to map[string][]string) {
	switch t.Kind() {
	case reflect.Map, reflect.Slice, reflect.Pointer:
		addKeys(t.Elem(), to)
	case reflect.Struct:
		to[t.String()] = keysOf(t)
		for f := range t.Fields() {
			addKeys(f.Type, to)
		}
	}
}

// nearest is the name at the least edit distance of up to two, or else one that
// begins with what was written, as cobra finds commands; "" for none.
func nearest(written string, names []string) string {
	var c cobra.Command
	for _, name := range names {
		c.AddCommand(&cobra.Command{Use: name, Run: func(*cobra.Command, []string) {}})
	}
	for c.SuggestionsMinimumDistance = range 3 {
		if near := c.SuggestionsFor(written); len(near) > 0 {
			return near[0]
		}
	}
	return ""
}
