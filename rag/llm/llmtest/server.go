// Package llmtest is a stand-in for the providers of language models. It speaks
// OpenAI's chat completions and embeddings, Anthropic's messages, and how Cohere,
// Jina and text-embeddings-inference rerank as their servers do, with streams
// and errors, and has their faults on demand.
//
//	server := llmtest.New(t)
//	server.Answer(func(r llmtest.Request) llmtest.Reply { return llmtest.Reply{Text: "Yes."} })
//	server.Script(llmtest.Reply{Status: 429, RetryAfter: "7"}, llmtest.Reply{Text: "Now.", Fault: llmtest.Cut})
//	model, err := llm.Open(llm.Config{Provider: "ollama", Model: "m", BaseURL: server.URL})
//
// A [Server] listens on the loopback, or within the program ([NewInMemory]), for
// tests in which time is faked.
package llmtest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Request is what a server was asked.
type Request struct {
	// Path is the request's, such as /v1/chat/completions, and Key what it was
	// authorised with.
	Path, Key string
	Model     string
	System    string
	// Turns are what user and model said in turn, the user first.
	Turns []string
	// Inputs are the texts to embed, or to put in order for the Query.
	Inputs []string
	Query  string
	// MaxTokens is 0 where none was asked for.
	MaxTokens int
	// Tools are the names of those on offer, Results what came of theirs since the
	// model's last turn, by the call's ID.
	Tools   []string
	Results map[string]string
	// Fields are those of the request, as they came.
	Fields map[string]json.RawMessage
}

// Last is what the user said last.
func (r Request) Last() string {
	if len(r.Turns) == 0 {
		return ""
	}
	return r.Turns[len(r.Turns)-1]
}

// Server stands in for a provider. Its methods may be called at any time.
type Server struct {
	// URL is where it listens, without the version.
	URL string

	// Client reaches a server that listens within the program; nil for others.
	Client *http.Client

	http *httptest.Server
	// closing is closed when whoever hangs is to give up.
	closing chan struct{}

	mu        sync.Mutex
	key       string
	behaviour Behaviour
	script    []Reply
	answer    func(Request) Reply
	requests  []Request
	killed    bool
}

// New starts a server on the loopback that lives as long as the test. Unless
// told otherwise it answers every question with "Yes.".
func New(t testing.TB) *Server {
	s := start(httptest.NewUnstartedServer(nil))
	t.Cleanup(s.Close)
	return s
}

// NewInMemory starts a server without a network, which its Client reaches.
func NewInMemory(t testing.TB) *Server {
	s := StartInMemory()
	t.Cleanup(s.Close)
	return s
}

// StartInMemory is NewInMemory for who has no test; the server must be closed.
func StartInMemory() *Server {
	listener := newPipe()
	s := start(&httptest.Server{Listener: listener, Config: &http.Server{}}) //nolint:gosec // nobody calls slowly
	s.Client = &http.Client{Transport: &http.Transport{DialContext: listener.dial}}
	return s
}

func start(server *httptest.Server) *Server {
	s := &Server{http: server, closing: make(chan struct{}), answer: func(Request) Reply { return Reply{Text: "Yes."} }}
	server.Config.Handler = s
	server.Start()
	s.URL = server.URL
	return s
}

// Close ends the server when nobody asks it any more.
func (s *Server) Close() {
	close(s.closing)
	s.http.Close()
}

// Answer has requests answered by a function from now on.
func (s *Server) Answer(f func(Request) Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = f
}

// Script has the next requests answered by these replies, one each.
func (s *Server) Script(replies ...Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = append(s.script, replies...)
}

// Want lets only requests in that have the key; "" lets all in.
func (s *Server) Want(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.key = key
}

// Requests are those that came, in order.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Kill ends the server as a crash would: connections break, and new ones are
// refused.
func (s *Server) Kill() {
	s.mu.Lock()
	s.killed = true
	s.mu.Unlock()
	_ = s.http.Listener.Close()
	s.http.CloseClientConnections()
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	speak, request := s.understand(r)
	s.mu.Lock()
	behaviour := s.behaviour
	if speak == nil {
		s.mu.Unlock()
		c := &conversation{w: w}
		if list := behaviour.list(request.Path); list != nil {
			c.json(http.StatusOK, list)
			return
		}
		http.NotFound(w, r)
		return
	}
	s.requests = append(s.requests, request)
	refusal, refused := behaviour.refusal(request)
	reply, scripted, answer := Reply{}, len(s.script) > 0 && !refused, s.answer
	if scripted {
		reply, s.script = s.script[0], s.script[1:]
	}
	denied := s.key != "" && request.Key != s.key
	killed := s.killed
	s.mu.Unlock()
	if killed { // a connection that was being made when the others were ended
		panic(http.ErrAbortHandler)
	}
	switch {
	case denied:
		reply = Reply{Status: http.StatusUnauthorized, Message: "Incorrect API key provided: " + masked(request.Key) + "."}
	case refused:
		reply = refusal
	case !scripted:
		reply = answer(request)
	}
	reply = behaviour.shortened(request, reply)
	c := &conversation{Server: s, w: w, r: r, request: request, reply: reply}
	if reply.Fault == Hang {
		c.hang()
		return
	}
	if reply.Fault == Drop {
		panic(http.ErrAbortHandler)
	}
	if reply.RetryAfter != "" {
		w.Header().Set("Retry-After", reply.RetryAfter)
	}
	speak(c)
}

// masked shows a key as providers do that refuse it.
func masked(key string) string {
	if len(key) < 12 {
		return "***"
	}
	return key[:8] + strings.Repeat("*", 12) + key[len(key)-4:]
}

// understand reads a request, and finds what answers it.
func (s *Server) understand(r *http.Request) (func(*conversation), Request) {
	request := Request{Path: r.URL.Path, Key: strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")}
	if json.NewDecoder(r.Body).Decode(&request.Fields) != nil {
		return nil, request
	}
	field(request, "model", &request.Model)
	switch {
	case strings.HasSuffix(r.URL.Path, "/chat/completions"):
		return openAIChat, request.openAI()
	case strings.HasSuffix(r.URL.Path, "/embeddings"):
		field(request, "input", &request.Inputs)
		return openAIEmbeddings, request
	case strings.HasSuffix(r.URL.Path, "/rerank"):
		field(request, "query", &request.Query)
		field(request, "documents", &request.Inputs)
		field(request, "texts", &request.Inputs)
		return rerank, request
	case strings.HasSuffix(r.URL.Path, "/messages"):
		request.Key = r.Header.Get("X-Api-Key")
		return anthropicMessages, request.anthropic()
	}
	return nil, request
}

// field reads one field; what is absent or of another kind stays as it is.
func field(r Request, name string, to any) { _ = json.Unmarshal(r.Fields[name], to) }
