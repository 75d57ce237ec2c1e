package bot

import (
	"docent/bot/render"
)

// Access says who may see what. The zero value opens rag.Everyone to the
// members of the workspace and nothing else to anybody.
type Access struct {
	// Spaces says who may see which space beside rag.Everyone.
	Spaces map[string]Audience
	// External names channels that are shared with other workspaces in which
	// the bot answers, each with the only spaces that are seen there, by
	// whoever is there.
	External map[string][]string
	// Guests are the only spaces that guests see; none means that guests are
	// not answered.
	Guests []string
	// Bots are users that are bots and are answered, in channels only.
	Bots []string
	// Admins may ask for the status and the sources and have them read anew.
	Admins []string
	// AddTo names, for channels in which files may be added, their space. In a
	// direct message a file goes to the space of that person, see DirectSpace.
	AddTo map[string]string
}

// Audience is who may see a space. In a channel it is seen where everyone
// there may: it is everyone's or names that channel.
type Audience struct {
	// Everyone are all members of the workspace.
	Everyone bool
	// Channels by ID: what is said there, and to each member of it in a direct
	// message.
	Channels []string
	// Users and Groups (user groups) by ID, in direct messages and in answers
	// that one person sees.
	Users, Groups []string
}

// DirectSpace is the space of what a user added in a direct message: only
// that user sees it.
func DirectSpace(user string) string { return "direct:" + user }

// conversation is where something is asked.
type conversation struct {
	channel string
	// private is set where one person sees the answer.
	private bool
	// external is what the event itself says of the channel.
	external bool
}

// asker is who asks, or clicks.
type asker struct {
	user string
	// teams are what the event says of the user's workspace.
	teams []string
	// bot is set where the event names a bot as its author.
	bot bool
}

// denial is why somebody is not answered.
type denial string

const (
	admitted       denial = ""
	deniedUnknown  denial = "unknown"  // a lookup failed
	deniedBot      denial = "bot"      // nothing is said: bots would talk forever
	deniedDeleted  denial = "deleted"  // there is nobody to say it to
	deniedForeign  denial = "foreign"  // of another workspace
	deniedExternal denial = "external" // in a channel shared with another
	deniedGuest    denial = "guest"
)

// text is what is said to whoever is denied, "" for nothing.
func (d denial) text(cat render.Catalogue) string {
	switch d {
	case deniedUnknown:
		return cat.DeniedUnknown
	case deniedForeign:
		return cat.DeniedForeign
	case deniedExternal:
		return cat.DeniedExternal
	case deniedGuest:
		return cat.DeniedGuest
	}
	return ""
}
