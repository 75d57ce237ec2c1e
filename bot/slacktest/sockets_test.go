package slacktest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

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
	w.until(t, func(s *slacktest.State) bool { return s.Deliveries().UnknownAcked == 1 })
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
	asked := w.Slash(w.bob, w.general, "/ask", "leave")
	clock.Advance(time.Hour)
	w.Look(func(s *slacktest.State) {
		if d, ok := s.Delivery(asked.ID); !ok || d.Error != "operation_timeout" {
			t.Errorf("the command is %+v", d)
		}
	})
	conn := w.dial(t)
	read(t, conn)
	if f := read(t, conn); f.Payload.Event.Text != "hi" {
		t.Errorf("got %+v", f)
	}
}

// slack-go comes back from everything, and no event is lost on the way.
func TestReconnects(t *testing.T) {
	w := newWorld(t, slacktest.Options{AckDeadline: 200 * time.Millisecond, Redelivery: []time.Duration{0, 0, 0, 0, 0}})
	a := w.run(t, nil)
	for i := range 40 {
		switch i {
		case 5:
			w.Sockets().Drop()
		case 15:
			w.Sockets().RefreshRequested()
		case 20:
			w.Sockets().Raw("{not JSON")
			w.Sockets().Raw(`{"type":"events_api","envelope_id":"x","payload":{"event":{"type":"never_heard_of"}}}`)
		case 22:
			w.Sockets().Binary([]byte{0xff, 0xfe})
			w.Sockets().Tear()
		case 25:
			w.Down(true)
			w.Down(false)
		case 30:
			w.Sockets().Refuse(1, "link_disabled")
			w.Sockets().DropAll()
		}
		w.Post(w.DM(w.bob), w.bob, fmt.Sprint(i))
	}
	w.settled(t)
	if d := w.Deliveries(); d.Lost != 0 || d.Acked != 40 {
		t.Errorf("deliveries %+v", d)
	}
	a.until(t, func(seen []socketmode.Event) bool {
		texts := make(map[string]bool)
		for _, e := range seen {
			if outer, ok := e.Data.(slackevents.EventsAPIEvent); ok {
				if m, ok := outer.InnerEvent.Data.(*slackevents.MessageEvent); ok {
					texts[m.Text] = true
				}
			}
		}
		return len(texts) == 40
	})
}

func TestHalfOpen(t *testing.T) {
	w := newWorld(t, slacktest.Options{PingEvery: 20 * time.Millisecond})
	conn := w.dial(t)
	read(t, conn)
	pings := make(chan struct{}, 1)
	conn.SetPingHandler(func(string) error {
		select {
		case pings <- struct{}{}:
		default:
		}
		return nil
	})
	frames := make(chan json.RawMessage, 8)
	go func() {
		defer close(frames)
		for {
			var raw json.RawMessage
			if conn.SetReadDeadline(time.Now().Add(300*time.Millisecond)) != nil || conn.ReadJSON(&raw) != nil {
				return
			}
			frames <- raw
		}
	}()
	<-pings
	w.Sockets().HalfOpen()
	w.Post(w.DM(w.bob), w.bob, "hi")
	if raw, more := <-frames; more {
		t.Errorf("a silent connection says %s", raw)
	}
}
