package llm

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"docent/rag"
)

// Server is what a provider says of its models.
type Server struct {
	// Models are the names of those that it has, sorted; none where it does not
	// say.
	Models []string
	// Window is how many tokens the model reads and writes at once, 0 where nobody
	// says.
	Window int
	// NoTools holds where it says that the model calls none.
	NoTools bool
	// Ends is the day on which the model goes, "" where none is told.
	Ends string
}

// unasked is the evidence in tokens that a model is given where nothing is known of
// its window, and mostAsked what it is given at most, since it costs.
const (
	unasked   = 16_000
	mostAsked = 32_000
	// ollamaWindow is what Ollama reads where neither the model nor the process says.
	ollamaWindow = 4096
	// patience is how long a server is asked about its models.
	patience = 3 * time.Second
)

// Evidence is how many tokens of evidence the model is best given: as Config.Context
// has it, or half of the window that its server tells, which is asked once; less
// after a question that was too long.
func (m *Model) Evidence(ctx context.Context) int {
	tokens := m.at.Context
	if tokens == 0 {
		tokens = unasked
		if s, _ := m.Server(ctx); s.Window > 0 {
			tokens = min(s.Window/2, mostAsked)
		}
	}
	return tokens >> m.tooMuch.Load()
}

// Tools implements [rag.ToolModel].
func (m *Model) Tools(ctx context.Context) bool {
	s, _ := m.Server(ctx)
	return !m.toolless.Load() && !s.NoTools
}

// Server asks the provider about its models, until it has said what it knows.
func (m *Model) Server(ctx context.Context) (s Server, err error) {
	if known := m.server.Load(); known != nil {
		return *known, nil
	}
	ctx, cancel := context.WithCancel(ctx)
	x := m.at.roundTrip(cancel)
	defer x.close()
	brief, done := context.WithTimeout(ctx, patience)
	defer done()
	var list struct {
		Data []fields `json:"data"`
	}
	err = x.ask(brief, http.MethodGet, m.at.modelsURL(), nil, &list)
	if errors.Is(err, rag.ErrModelUnavailable) || ctx.Err() != nil {
		return s, err
	}
	for _, model := range list.Data {
		id, _ := model["id"].(string)
		s.Models = append(s.Models, id)
		if id == m.at.Model {
			meta, _ := model["meta"].(fields)
			s.Window = cmp.Or(windowIn(model), windowIn(meta))
			s.Ends, _ = model["shutdown_date"].(string)
		}
	}
	slices.Sort(s.Models)
	if m.at.preset.Name != "ollama" || x.askOllama(ctx, &s) {
		m.server.Store(&s)
	}
	return s, nil
}

// modelsURL is where a server lists its models: Anthropic twenty unless told otherwise,
// LM Studio with their windows at an address of its own.
func (e *endpoint) modelsURL() string {
	switch {
	case e.preset.protocol == anthropicAPI:
		return e.BaseURL + "/models?limit=1000"
	case e.preset.Name == "lmstudio":
		return strings.TrimSuffix(e.BaseURL, "/v1") + "/api/v0/models"
	}
	return e.BaseURL + "/models"
}

// windowIn is the window in what a server says of a model: vLLM, Groq, OpenRouter,
// Mistral, LM Studio, Anthropic and llama.cpp each have a name for it.
func windowIn(model fields) int {
	for _, name := range []string{
		"max_model_len", "context_window", "context_length", "loaded_context_length", "max_context_length", "max_input_tokens", "n_ctx", "n_ctx_train",
	} {
		if n, ok := model[name].(float64); ok && n > 0 {
			return int(n)
		}
	}
	return 0
}

// loadedWindow is that with which Ollama has the model loaded, 0 where it has not.
func (x *roundTrip) loadedWindow(ctx context.Context, root string) int {
	var loaded struct {
		Models []struct {
			Name   string `json:"name"`
			Window int    `json:"context_length"`
		} `json:"models"`
	}
	_ = x.ask(ctx, http.MethodGet, root+"/api/ps", nil, &loaded)
	for _, r := range loaded.Models {
		if strings.TrimSuffix(r.Name, ":latest") == strings.TrimSuffix(x.at.Model, ":latest") {
			return r.Window
		}
	}
	return 0
}

// askOllama asks what it tells in its own protocol alone, and reports whether that is
// the last word. It cuts what is longer than its window without a word, and has that
// of a model only once it is loaded, which an answer needs as well.
func (x *roundTrip) askOllama(ctx context.Context, s *Server) bool {
	root := strings.TrimSuffix(x.at.BaseURL, "/v1")
	var shown struct {
		Parameters   string   `json:"parameters"`
		Info         fields   `json:"model_info"`
		Capabilities []string `json:"capabilities"`
	}
	model := fields{"model": x.at.Model}
	_ = x.ask(ctx, http.MethodPost, root+"/api/show", model, &shown) // older ones know less
	loaded := x.loadedWindow(ctx, root)
	if loaded == 0 && x.ask(ctx, http.MethodPost, root+"/api/generate", model, &fields{}) == nil {
		loaded = x.loadedWindow(ctx, root)
	}
	s.NoTools = len(shown.Capabilities) > 0 && !slices.Contains(shown.Capabilities, "tools")
	set := 0
	if said := ollamaParameter.FindStringSubmatch(shown.Parameters); said != nil {
		set, _ = strconv.Atoi(said[1]) // digits
	}
	s.Window = cmp.Or(loaded, set, ollamaWindow)
	for name, value := range shown.Info {
		if most, ok := value.(float64); ok && strings.HasSuffix(name, ".context_length") {
			s.Window = min(s.Window, int(most))
		}
	}
	return loaded > 0 || set > 0
}

var ollamaParameter = regexp.MustCompile(`(?m)^num_ctx\s+(\d{1,9})$`)

// ask makes a small request and reads the answer.
func (x *roundTrip) ask(ctx context.Context, method, url string, f fields, into any) error {
	data, err := x.fetch(ctx, method, url, f, longestLine)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return x.fail(&Error{Kind: Garbled, Err: err})
	}
	return nil
}
