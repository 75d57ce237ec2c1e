package slacktest

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	maxSockets    = 10 // connections of an app
	outgoing      = 4096
	warningPeriod = 10 * time.Second // from a disconnect message to the end
)

// socket is one connection of Socket Mode. One goroutine reads and one writes.
type socket struct {
	id      string
	conn    *websocket.Conn
	out     chan []byte
	gone    chan struct{}
	once    sync.Once
	leaving bool // sent disconnect, gets no more envelopes
}

// kill ends the connection as a broken cable does.
func (s *socket) kill() {
	s.once.Do(func() {
		close(s.gone)
		_ = s.conn.NetConn().Close()
	})
}

// write queues a frame; a connection that does not take its frames is ended.
func (s *socket) write(frame []byte) {
	select {
	case s.out <- frame:
	default:
		s.kill()
	}
}

// The origin is not looked at: slack-go names api.slack.com.
func upgrader() *websocket.Upgrader {
	return &websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
}

// serveSocket takes a ticket and holds the connection until it ends.
func (w *Workspace) serveSocket(out http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	w.mu.Lock()
	valid := w.sockets.tickets[ticket] && !w.closed
	delete(w.sockets.tickets, ticket)
	w.mu.Unlock()
	if !valid {
		http.Error(out, "invalid ticket", http.StatusForbidden)
		return
	}
	conn, err := upgrader().Upgrade(out, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	s := &socket{conn: conn, out: make(chan []byte, outgoing), gone: make(chan struct{})}
	if !w.admit(s) { //nolint:contextcheck // what it sends the app outlives the request
		s.kill()
	}
	var writer sync.WaitGroup
	writer.Go(func() { w.writeSocket(s) })
	w.readSocket(s)
	s.kill()
	writer.Wait()
	w.change(func() {
		w.sockets.open = slices.DeleteFunc(w.sockets.open, func(other *socket) bool { return other == s })
	})
}

// admit greets a connection, or turns it away; false ends it at once.
func (w *Workspace) admit(s *socket) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.down {
		return false
	}
	set := &w.sockets
	set.opened++
	s.id = w.nextID("sock")
	reason := ""
	if len(set.open) >= maxSockets {
		reason = "too_many_websockets"
	} else if set.refuse > 0 {
		set.refuse--
		reason = set.refuseReason
	}
	set.open = append(set.open, s)
	if reason != "" {
		w.warn(s, reason)
		w.note()
		return true
	}
	s.write(encode(object{
		"type": "hello", "num_connections": len(set.open), "connection_info": object{"app_id": AppID},
		"debug_info": object{"host": "applink-" + s.id, "build_number": 10, "approximate_connection_time": 18060},
	}))
	w.flush()
	w.note()
	return true
}

// warn tells the app that the connection is about to end, and ends it later.
func (w *Workspace) warn(s *socket, reason string) {
	s.leaving = true
	s.write(encode(object{
		"type": "disconnect", "reason": reason, "debug_info": object{"host": "applink-" + s.id},
	}))
	w.options.Clock.AfterFunc(warningPeriod, s.kill)
}

func (w *Workspace) writeSocket(s *socket) {
	ping := time.NewTicker(w.options.PingEvery)
	defer ping.Stop()
	s.ping(w)
	for {
		select {
		case <-s.gone:
			return
		case <-ping.C:
			s.ping(w)
		case frame := <-s.out:
			if err := s.conn.WriteMessage(websocket.TextMessage, frame); err != nil {
				s.kill()
				return
			}
		}
	}
}

func (s *socket) ping(w *Workspace) {
	deadline := time.Now().Add(w.options.PingEvery)
	if err := s.conn.WriteControl(websocket.PingMessage, []byte("ping"), deadline); err != nil {
		s.kill()
	}
}

func (w *Workspace) readSocket(s *socket) {
	for {
		_, frame, err := s.conn.ReadMessage()
		if err != nil {
			return
		}
		var ack struct {
			EnvelopeID string `json:"envelope_id"`
		}
		if json.Unmarshal(frame, &ack) != nil {
			continue
		}
		w.change(func() {
			if w.sockets.loseAcks > 0 {
				w.sockets.loseAcks--
				return
			}
			w.acked(ack.EnvelopeID)
		})
	}
}

func encode(o object) []byte {
	b, err := json.Marshal(o)
	if err != nil {
		panic("slacktest: " + err.Error())
	}
	return b
}
