package main

import (
	"cmp"
	"fmt"
	"os"
	"strings"

	"go.yaml.in/yaml/v3"
)

// shownConfig is the effective configuration, with where what is no default
// comes from, by the path of its key.
type shownConfig struct {
	file    string
	values  yaml.Node
	origins map[string]string
}

func (a *app) shownConfig() (shownConfig, error) {
	c, err := a.settings()
	if err != nil {
		return shownConfig{}, err
	}
	s := shownConfig{file: a.usedConfig(), origins: make(map[string]string)}
	if s.file != "" {
		data, err := os.ReadFile(s.file)
		if err != nil {
			return s, fmt.Errorf("read the configuration: %w", err)
		}
		var written yaml.Node
		if err := yaml.Unmarshal(data, &written); err != nil {
			return s, fmt.Errorf("read the configuration: %w", err)
		}
		if len(written.Content) > 0 {
			s.trace(written.Content[0], "")
		}
	}
	if c, err = a.effective(c, s.origins); err != nil {
		return s, err
	}
	return s, s.values.Encode(c)
}

// trace notes the line of each value that the file holds.
func (s shownConfig) trace(n *yaml.Node, path string) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind != yaml.MappingNode {
		s.origins[path] = fmt.Sprintf("%s:%d", s.file, n.Line)
		return
	}
	for i := 0; i < len(n.Content); i += 2 {
		s.trace(n.Content[i+1], keyPath(path, n.Content[i].Value))
	}
}

func keyPath(of, key string) string { return strings.TrimPrefix(of+"."+key, ".") }

// annotate writes the origins beside the values, and lists on one line.
func (s shownConfig) annotate(n *yaml.Node, path string) {
	if n.Kind != yaml.MappingNode {
		n.Style |= yaml.FlowStyle
		n.LineComment = s.origins[path]
		return
	}
	for i := 0; i < len(n.Content); i += 2 {
		s.annotate(n.Content[i+1], keyPath(path, n.Content[i].Value))
	}
}

func (a *app) showConfig() error {
	s, err := a.shownConfig()
	if err != nil {
		return err
	}
	if a.json {
		out := configJSON{File: s.file, Origins: s.origins}
		if err := s.values.Decode(&out.Config); err != nil {
			return err
		}
		return writeJSON(a.stdout, out)
	}
	s.annotate(&s.values, "")
	s.values.HeadComment = "read from " + cmp.Or(s.file, "no file")
	e := yaml.NewEncoder(a.stdout)
	e.SetIndent(2)
	if err := e.Encode(&s.values); err != nil {
		return err
	}
	return e.Close()
}
