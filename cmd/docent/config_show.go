package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// origins say where the values of the configuration come from that are no
// defaults, by the path of their keys.
type origins map[string]string

// originsIn are the lines of the values that a file holds.
func originsIn(file string) (origins, error) {
	from := make(origins)
	if file == "" {
		return from, nil
	}
	data, err := contentOf(file)
	var written yaml.Node
	if err == nil {
		err = yaml.Unmarshal(data, &written)
	}
	if err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	for _, n := range written.Content {
		eachValue(n, "", func(value *yaml.Node, path string) { from[path] = fmt.Sprintf("%s:%d", file, value.Line) })
	}
	return from, nil
}

// eachValue walks down mappings to what is none.
func eachValue(n *yaml.Node, path string, see func(value *yaml.Node, path string)) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind != yaml.MappingNode {
		see(n, path)
		return
	}
	for i := 0; i < len(n.Content); i += 2 {
		eachValue(n.Content[i+1], strings.TrimPrefix(path+"."+n.Content[i].Value, "."), see)
	}
}

func (a *app) showConfig() error {
	c, err := a.settings()
	if err != nil {
		return err
	}
	file := a.usedConfig()
	from, err := originsIn(file)
	if err != nil {
		return err
	}
	if c, err = a.effective(c, from); err != nil {
		return err
	}
	var values yaml.Node
	if err := values.Encode(c); err != nil {
		return err
	}
	if a.json {
		out := configJSON{File: file, Origins: from}
		if err := values.Decode(&out.Config); err != nil {
			return err
		}
		return writeJSON(a.stdout, out)
	}
	eachValue(&values, "", func(value *yaml.Node, path string) { // lists are on one line
		value.Style |= yaml.FlowStyle
		value.LineComment = from[path]
	})
	values.HeadComment = "read from " + cmp.Or(file, "no file")
	e := yaml.NewEncoder(a.stdout)
	e.SetIndent(2)
	return errors.Join(e.Encode(&values), e.Close())
}
