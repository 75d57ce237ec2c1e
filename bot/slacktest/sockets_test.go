package slacktest_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"docent/bot/slacktest"
)

// dial opens a connection as the Web API says to, without slack-go.
func (w world) dial(t *testing.T) *websocket.Conn {
	t.Helper()
	_, url, err := w.api.StartSocketModeContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	conn, response, err := websocket.DefaultDialer.DialContext(t.Context(), url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	t.Cleanup(func() { conn.Close() })
	_, response, err = websocket.DefaultDialer.DialContext(t.Context(), url, nil)
	if err == nil || response.StatusCode != http.StatusForbidden {
		t.Errorf("a ticket is good for two: %v", err)
	}
	response.Body.Close()
	return conn
}

// frame is what the tests read of a frame.
type frame struct {
	Type           string `json:"type"`
	Reason         string `json:"reason"`
	EnvelopeID     string `json:"envelope_id"`
	NumConnections int    `json:"num_connections"`
	Payload        struct {
		EventID string `json:"event_id"`
		Event   struct{ Text string }
	} `json:"payload"`
}

func read(t *testing.T, conn *websocket.Conn) frame {
	t.Helper()
	var f frame
	if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if err := conn.ReadJSON(&f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestElevenConnections(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	for i := range 10 {
		if f := read(t, w.dial(t)); f.Type != "hello" || f.NumConnections != i+1 {
			t.Fatalf("connection %d was greeted with %+v", i+1, f)
		}
	}
	if f := read(t, w.dial(t)); f.Type != "disconnect" || f.Reason != "too_many_websockets" {
		t.Errorf("the eleventh was greeted with %+v", f)
	}
}

func TestDuplicateAndReorder(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	conn := w.dial(t)
	read(t, conn)
	w.Sockets().Reorder(3)
	for i := range 3 {
		w.Post(w.DM(w.bob), w.bob, fmt.Sprint(i))
	}
	order := ""
	for range 3 {
		order += read(t, conn).Payload.Event.Text
	}
	if order != "210" {
		t.Errorf("order %s", order)
	}
	w.Sockets().Duplicate(1)
	w.Post(w.DM(w.bob), w.bob, "again")
	if a, b := read(t, conn), read(t, conn); a.EnvelopeID != b.EnvelopeID || a.Payload.EventID != b.Payload.EventID {
		t.Errorf("%+v is no duplicate of %+v", b, a)
	}
	// Fewer than were to be reordered leave all the same.
	w.Sockets().Reorder(100)
	w.Post(w.DM(w.bob), w.bob, "alone")
	if f := read(t, conn); f.Payload.Event.Text != "alone" {
		t.Errorf("got %+v", f)
	}
}

// An acknowledgement counts on whichever connection it comes; one that is lost
// brings the envelope again.
func TestAcknowledgements(t *testing.T) {
	clock := fakeClock()
	w := newWorld(t, slacktest.Options{Clock: clock})
	first := w.dial(t)
	read(t, first)
	second := w.dial(t)
	read(t, second)
	w.Sockets().Disconnect("warning")
	if f := read(t, first); f.Type != "disconnect" || f.Reason != "warning" {
		t.Fatalf("got %+v", f)
	}
	w.Post(w.DM(w.bob), w.bob, "hi")
	e := read(t, second)
	ack := map[string]string{"envelope_id": e.EnvelopeID}
	w.Sockets().LoseAcks(1)
	if err := second.WriteJSON(ack); err != nil {
		t.Fatal(err)
	}
	if err := second.WriteJSON(map[string]string{"envelope_id": "never"}); err != nil {
		t.Fatal(err)
	}
	w.until(t, func(s *slacktest.State) bool { return s.Deliveries().Stray == 1 })
	clock.Advance(3 * time.Second)
	if again := read(t, second); again.EnvelopeID != e.EnvelopeID {
		t.Errorf("got %+v", again)
	}
	if err := first.WriteJSON(ack); err != nil {
		t.Fatal(err)
	}
	w.settled(t)
	clock.Advance(10 * time.Second)
	if _, _, err := first.ReadMessage(); err == nil {
		t.Error("the warned connection is still open")
	}
}

// What happens while nobody is connected arrives later; what is asked does not.
func TestNobodyConnected(t *testing.T) {
	clock := fakeClock()
	w := newWorld(t, slacktest.Options{Clock: clock})
	w.Post(w.DM(w.bob), w.bob, "hi")
	w.Slash(w.bob, w.general, "/ask", "leave")
	clock.Advance(time.Hour)
	if d := w.Deliveries(); d.Lost != 1 || d.Waiting != 1 {
		t.Errorf("deliveries %+v", d)
	}
	conn := w.dial(t)
	read(t, conn)
	if f := read(t, conn); f.Payload.Event.Text != "hi" {
		t.Errorf("got %+v", f)
	}
}
