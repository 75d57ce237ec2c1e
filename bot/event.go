package bot

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"docent/bot/store"
)

// The kinds of delivery, as Socket Mode names them.
const (
	kindEvent       = "events_api"
	kindInteractive = "interactive"
	kindSlash       = "slash_commands"
)

// callback is the outer part of an event.
type callback struct {
	ExtShared bool  `json:"is_ext_shared_channel"`
	Event     event `json:"event"`
}

// event is what is used of the events of the Events API, and no more: a field
// that is not read here cannot be of a type that spoils the whole event.
type event struct {
	Type        string       `json:"type"`
	Subtype     string       `json:"subtype"`
	User        objectID     `json:"user"`
	BotID       string       `json:"bot_id"`
	AppID       string       `json:"app_id"`
	Team        string       `json:"team"`
	UserTeam    string       `json:"user_team"`
	SourceTeam  string       `json:"source_team"`
	Channel     objectID     `json:"channel"`
	ChannelType string       `json:"channel_type"`
	Text        string       `json:"text"`
	TS          string       `json:"ts"`
	ThreadTS    string       `json:"thread_ts"`
	DeletedTS   string       `json:"deleted_ts"`
	Tab         string       `json:"tab"`
	Edited      *edited      `json:"edited"`
	Message     *event       `json:"message"`
	Previous    *event       `json:"previous_message"`
	Files       []sharedFile `json:"files"`

	external bool
	eventID  string
}

type edited struct {
	TS string `json:"ts"`
}

type sharedFile struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// objectID is an object's ID, which some events give as the object itself.
type objectID string

func (i *objectID) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '{' {
		var object struct {
			ID string `json:"id"`
		}
		err := json.Unmarshal(data, &object)
		*i = objectID(object.ID)
		return err
	}
	var s string
	err := json.Unmarshal(data, &s)
	*i = objectID(s)
	return err
}

// eventOf reads the event of a delivery.
func eventOf(d store.Delivery) (event, error) {
	var c callback
	if err := json.Unmarshal(d.Payload, &c); err != nil {
		return event{}, fmt.Errorf("read event %s: %w", d.ID, err)
	}
	c.Event.external, c.Event.eventID = c.ExtShared, d.ID
	return c.Event, nil
}

// root is the timestamp of the thread that an answer to the event belongs to.
func (e event) root() string { return cmp.Or(e.ThreadTS, e.TS) }

// teams are those that the event says its author belongs to.
func (e event) teams() []string {
	return slices.DeleteFunc([]string{e.Team, e.UserTeam, e.SourceTeam}, func(t string) bool { return t == "" })
}

// deleted is the timestamp of the message that the event tells is gone. Of one
// with replies Slack leaves a tombstone.
func (e event) deleted() string {
	if e.Subtype == "message_changed" && e.Message != nil && e.Message.Subtype == "tombstone" {
		return e.Message.TS
	}
	if e.Subtype == "message_deleted" {
		return e.DeletedTS
	}
	return ""
}

// isWritten reports whether the event is a message that somebody wrote: not
// one of a bot, nor what Slack tells about channels.
func (e event) isWritten() bool {
	switch e.Subtype {
	case "", "file_share", "thread_broadcast":
		return e.User != "" && e.User != "USLACKBOT"
	}
	return false
}
