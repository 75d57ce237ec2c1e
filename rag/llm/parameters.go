package llm

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// otherNames are the two names of a text's greatest length: the one that OpenAI's
// reasoning models insist on, and the one that most servers know.
var otherNames = map[string]string{"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}

// parameterSupport are what an endpoint's model takes, learnt from what it refuses. No list
// of models could say it: it changes with their versions, and with what stands
// between, under whatever name.
type parameterSupport struct {
	mu          sync.Mutex
	unsupported unsupported // replaced, never changed
}

func (t *parameterSupport) now() unsupported {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.unsupported
}

// learn adds refusals that a request without these parameters has borne out.
func (t *parameterSupport) learn(r unsupported) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unsupported = t.unsupported.and(r)
}

// unsupported are the parameters that a model does not take.
type unsupported map[string]bool

func (r unsupported) and(more unsupported) unsupported {
	all := make(unsupported, len(r)+len(more))
	maps.Copy(all, r)
	maps.Copy(all, more)
	return all
}

// without are a request's fields less those that are refused, at any depth. A
// length goes by its other name, if that is not refused as well.
func (r unsupported) without(f fields) fields {
	taken := make(fields, len(f))
	for name, value := range f {
		if r[name] {
			name = otherNames[name]
		}
		if name != "" && !r[name] {
			taken[name] = r.within(name, value)
		}
	}
	return taken
}

func (r unsupported) within(name string, value any) any {
	switch value := value.(type) {
	case fields:
		if !foreign(name) {
			return r.without(value)
		}
	case []any:
		all := make([]any, len(value))
		for i, v := range value {
			all[i] = r.within(name, v)
		}
		return all
	}
	return value
}

// foreign is a field with others' names in it: those of a tool's arguments or of
// an answer.
func foreign(name string) bool { return name == "input_schema" || name == "schema" || name == "input" }

// names are the parameters that a request has, at any depth, with their values.
func names(f fields, into map[string]any) map[string]any {
	var within func(name string, value any)
	within = func(name string, value any) {
		switch value := value.(type) {
		case fields:
			if !foreign(name) {
				names(value, into)
			}
		case []any:
			for _, v := range value {
				within(name, v)
			}
		}
	}
	for name, value := range f {
		into[name] = value
		within(name, value)
	}
	return into
}

// named finds the first of the optional parameters that a refusal names, of those
// that were sent; "" for none. A length may also be told by its other name or by
// its figure. A refusal that has the figure is of this request's length, which a
// shorter question may have: it tells nothing of the model.
func (c apiError) named(optional []string, f fields) (parameter string, ofModel bool) {
	sent := names(f, make(map[string]any))
	words := parameterForm.FindAllString(strings.ToLower(c.param+" "+c.message), -1)
	for _, word := range words {
		for _, p := range optional {
			value, ok := sent[p]
			other, isLength := otherNames[p]
			if ok && (word == p || isLength && (word == other || word == fmt.Sprint(value))) {
				return p, !isLength || !slices.Contains(words, fmt.Sprint(value))
			}
		}
	}
	return "", false
}

var parameterForm = regexp.MustCompile(`[a-z_]+|[0-9]+`)

// decoded is JSON in the form of fields.
func decoded(raw json.RawMessage) (value any) {
	_ = json.Unmarshal(raw, &value) // what is no JSON is nil
	return value
}
