package bot

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"docent/rag"
)

// Answerer answers questions; answer.Answerer is one.
type Answerer interface {
	Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error)
	// Tell hands each claim to emit once it is verified, with the citations
	// that it is the first to use.
	Tell(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error)
}

// Library shows documents; rag.Library is one.
type Library interface {
	Document(ctx context.Context, id rag.DocumentID, a rag.Audience) (rag.Document, error)
	Documents(ctx context.Context, a rag.Audience) iter.Seq2[rag.DocumentInfo, error]
	Passages(ctx context.Context, a rag.Audience, ids ...rag.PassageID) ([]rag.Located, error)
}

// Operations are what administrators ask for, and how fresh the library is.
type Operations interface {
	// Indexed is when a document was last read into the library; zero is never.
	Indexed(ctx context.Context) (time.Time, error)
	// Sources are the paths that are followed, with their spaces.
	Sources(ctx context.Context) ([]Source, error)
	// Held are the sources that keep documents which are gone from them until
	// somebody says that they are to go.
	Held(ctx context.Context) ([]rag.Held, error)
	// Reindex reads all sources anew and says what came of it.
	Reindex(ctx context.Context) (Reindexed, error)
}

// Source is a path that documents come from.
type Source struct {
	Path, Space string
}

// Reindexed counts documents.
type Reindexed struct {
	Added, Changed, Removed, Unchanged, Failed int
}

// Adder puts a file into the library.
type Adder interface {
	// Add reads the file into the space and returns what it became. It keeps
	// the file, so that a later ingest finds it again.
	Add(ctx context.Context, f Upload) (Added, error)
}

// Upload is a file that somebody shared.
type Upload struct {
	// Name is the file's name as its author gave it: data, not a path.
	Name  string
	Space string
	// Path is where the file lies for the time of the call.
	Path string
}

// Added is what a file became.
type Added struct {
	Documents, Passages int
	// Title is that of the first document.
	Title string
	// Problem says why nothing could be read, "" where something was.
	Problem string
}

// What Options mean by 0.
const (
	DefaultMaxUpload = 20 << 20
	DefaultRetention = 365 * 24 * time.Hour // a report of a year, and no longer than people expect
)

// Options for New. The zero value of a field is its documented default.
type Options struct {
	// BotToken is the app's xoxb token.
	BotToken string
	// AppToken is the xapp token of Socket Mode; "" where events come to
	// Handler.
	AppToken string
	// SigningSecret checks what comes to Handler.
	SigningSecret string
	// APIURL is the base of the Web API, "" for Slack's.
	APIURL string

	Answerer Answerer
	Library  Library
	// Operations is nil where nothing is known of how the library is filled.
	Operations Operations
	// Documents takes files that people share; nil takes none.
	Documents Adder
	// MaxUpload is the size of a file that is taken; 0 means DefaultMaxUpload.
	MaxUpload int64

	// Metrics are more of them, shown with the bot's own; nil for none.
	Metrics prometheus.Collector

	Access Access
	// State is the path of the file that remembers what was delivered and
	// answered; it is made where it does not exist.
	State string
	// Retention is how long questions, answers and feedback are kept there; 0
	// means DefaultRetention. It is at least a day, in which Slack may redeliver.
	Retention time.Duration

	// Workers is the number of things done at once; 0 means 32.
	Workers int
	// Queue is the number of deliveries that wait in memory; 0 means 1,000.
	// What comes beyond it waits in the state.
	Queue int
	// CallTime is how long Slack may take to answer a call; 0 means 15 seconds.
	// What of it may be done again is, then.
	CallTime time.Duration
	// StreamEvery is how often claims are shown while others are still being
	// made; 0 means 700 ms.
	StreamEvery time.Duration
	// Grace is how long Run finishes what it began once it is to end; 0 means
	// 20 seconds. What is not finished then is done after the next start.
	Grace time.Duration

	// Clock is nil for the real one.
	Clock Clock
	// Log gets no words of questions or documents; nil discards.
	Log *slog.Logger
}

// Clock tells the time and waits.
type Clock interface {
	Now() time.Time
	// Wait returns nil after the time, or the context's error before.
	Wait(ctx context.Context, d time.Duration) error
}

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

func (realClock) Wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (o Options) withDefaults() Options {
	o.MaxUpload = cmp.Or(o.MaxUpload, DefaultMaxUpload)
	o.Retention = max(cmp.Or(o.Retention, DefaultRetention), 24*time.Hour)
	o.Workers = cmp.Or(o.Workers, 32)
	o.Queue = cmp.Or(o.Queue, 1000)
	o.CallTime = cmp.Or(o.CallTime, 15*time.Second)
	o.StreamEvery = cmp.Or(o.StreamEvery, 700*time.Millisecond)
	o.Grace = cmp.Or(o.Grace, 20*time.Second)
	if o.Clock == nil {
		o.Clock = realClock{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

func (o Options) validate() error {
	switch {
	case o.BotToken == "":
		return &SetupError{Problem: errors.New("there is no bot token"), Cure: setBotToken}
	case o.AppToken == "" && o.SigningSecret == "":
		return &SetupError{Problem: errors.New("there is no app-level token"), Cure: setAppToken + "; or serve with --http and SLACK_SIGNING_SECRET"}
	}
	return nil
}
