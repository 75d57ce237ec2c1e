package llm

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// fields are those of a request, as JSON has them.
type fields = map[string]any

// request is what is sent, less what is refused.
type request struct {
	fields
	refused unsupported
	// optional are the names of what was sent that it can do without.
	optional []string
}

// option sets a field that a request can do without, unless it is refused. A length
// goes by its other name then.
func (r *request) option(name string, value any) {
	if r.refused[name] {
		name = otherNames[name]
	}
	if name != "" && !r.refused[name] {
		r.optional = append(r.optional, name)
		r.fields[name] = value
	}
}

// form is what holds an answer to a schema, "" where that was not sent. It goes where a
// refusal names nothing that was, since servers call it by many names.
func (r *request) form() string {
	for _, name := range []string{"response_format", "output_config"} {
		if r.fields[name] != nil {
			return name
		}
	}
	return ""
}

// within asks whether all of these may be sent in the middle of other fields.
func (r *request) within(names ...string) bool {
	r.optional = append(r.optional, names...)
	return !slices.ContainsFunc(names, func(name string) bool { return r.refused[name] })
}

// otherNames are the two names of a text's greatest length: the one that OpenAI's
// reasoning models insist on, and the one that most servers know.
var otherNames = map[string]string{"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}

// unsupported are the parameters that a model does not take, learnt from what it
// refuses. No list of models could say it: it changes with their versions, and with
// what stands between, under whatever name. It is replaced, never changed.
type unsupported map[string]bool

func (r unsupported) and(parameters ...string) unsupported {
	all := maps.Collect(maps.All(r))
	for _, p := range parameters {
		all[p] = true
	}
	return all
}

// effortless stands for what OpenAI asks for with tools since its 5.4 generation, even
// where no effort was sent: none. Their thoughts are for its other protocol.
const effortless = "reasoning_effort=none"

// ofTurns are what turns hold that are sent back as they came. One that is refused
// says nothing of the model.
var ofTurns = []string{"thinking", "signature", "reasoning_content", "reasoning_details", "extra_content"}

// named finds the first of the optional parameters of a request that its refusal
// names; "" for none. A length may also be told by its other name or by its
// figure. A refusal that has the figure is of this request's length, which a
// shorter question may have: it tells nothing of the model.
func (c apiError) named(r *request) (parameter string, ofModel bool) {
	words := parameterForm.FindAllString(strings.ToLower(c.param+" "+c.message), -1)
	for _, word := range words {
		for _, p := range r.optional {
			other, isLength := otherNames[p]
			figure := fmt.Sprint(r.fields[p])
			if p == "reasoning_effort" && word == p && slices.Contains(words, "none") && slices.Contains(words, "tools") && !r.refused[effortless] {
				return effortless, true
			}
			if !r.refused[p] && (word == p || isLength && (word == other || word == figure)) {
				return p, !slices.Contains(ofTurns, p) && (!isLength || !slices.Contains(words, figure))
			}
		}
	}
	return "", false
}

var parameterForm = regexp.MustCompile(`[a-z_]+|[0-9]+`)
