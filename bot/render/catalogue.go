package render

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
)

// Catalogue is every message of the bot's own in one language: a file of
// messages, where a %s or %d is filled in; what is filled in is text, never
// markup. Some are the bot's to say, see [Notice], the others are part of what
// this package renders.
type Catalogue struct {
	// Language is "en" or "fr".
	Language string

	// Greeting and Usage take an example of a question, Failed an ID to quote.
	Greeting, Usage, Failed        string
	Searching, Stopped, Unfinished string
	Shared, Unfollowed, Thanks     string
	PromptsTitle                   string

	// Why somebody is not answered.
	DeniedUnknown, DeniedForeign, DeniedExternal, DeniedGuest string

	// Adding, NotInSlack and AddFailed take the name of a file, AddFailed the
	// reason too, TooLarge the name and the limit in MiB, Added the title and
	// the number of passages.
	Adding, Added, AddFailed, TooLarge, NotInSlack string
	NotAdded, AddingDisabled, NotSharer            string

	// Status takes the number of documents and a time, Reindexed five numbers.
	Status, Reindexed                 string
	AdminsOnly, NoSources, Reindexing string

	Sources, ShowPassage, PassageTitle string
	Close, Send, Cancel                string
	SearchedOne, SearchedMany, Indexed string
	Quoted, WrittenBy, Never           string
	Good, Bad                          string
	WhyTitle, Why, WhyHint             string
	StopFollowing, Share, SharedBy     string
	Nearest, HowToAdd, AskOperator     string
	PassageGone                        string
	HomeTitle, HomeHow, HomeCount      string
	HomeOne, HomeNone, HomeMore        string
	HomeHeld                           string
	PromptAbout, PromptIn              string
	ConfirmAdd, Add                    string
	OpenQuote, CloseQuote              string
	Page, Slide, Row                   string
}

//go:embed messages/*.json
var messages embed.FS

// CatalogueFor returns the messages of a language: French, or English for all
// others.
func CatalogueFor(language string) Catalogue {
	if language != "fr" {
		language = "en"
	}
	cat := Catalogue{Language: language}
	data, err := messages.ReadFile("messages/" + language + ".json")
	if err == nil {
		err = json.Unmarshal(data, &cat)
	}
	if err != nil {
		panic(fmt.Sprintf("the messages are compiled in: %v", err))
	}
	return cat
}

// LanguageOf returns the language of a catalogue for one of Slack's locales,
// such as "fr-FR".
func LanguageOf(locale string) string {
	if strings.HasPrefix(locale, "fr") {
		return "fr"
	}
	return "en"
}
