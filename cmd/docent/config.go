package main

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"time"

	"docent/rag"
)

// config is what docent.yaml says. The doc of each key is its description in
// docent config schema.
type config struct {
	Library      string                 `yaml:"library" doc:"The library's file, relative to this one."`
	KeepRemoved  *time.Duration         `yaml:"keep-removed" doc:"How long what was removed can be had back with docent documents restore; 0s for not at all."`
	RemovalGrace time.Duration          `yaml:"removal-grace" doc:"After how long an ingest removes what it held because so much was gone at once; without it, only when told with --yes."`
	Spaces       map[string]spaceConfig `yaml:"spaces,omitempty" doc:"Who may see the documents of each space; everyone is the space that all may see."`
	Aliases      [][]string             `yaml:"aliases,omitempty" doc:"Lists of words and phrases that mean the same in the documents."`
	Read         readConfig             `yaml:"read" doc:"How documents are read, and what one may cost."`
	Answer       answerConfig           `yaml:"answer" doc:"What is answered and what refused."`
	Slack        slackConfig            `yaml:"slack" doc:"What docent serve does in Slack."`

	Model    modelConfig            `yaml:"model" doc:"The language model that writes the answers; without one they are the documents' own sentences."`
	Embedder embedderConfig         `yaml:"embedder" doc:"What makes vectors of texts; without one it is built in."`
	Limits   limitsConfig           `yaml:"limits" doc:"What the language model may be used for in a day; beyond that, answers are the documents' own sentences."`
	Rerank   providerConfig         `yaml:"rerank" doc:"What puts the passages found in order: a provider's model made for that."`
	Log      logConfig              `yaml:"log" doc:"What docent serve writes on standard error."`
	Prices   map[string]priceConfig `yaml:"prices,omitempty" doc:"What each model costs for a million tokens, for an estimate of the cost."`
}

type answerConfig struct {
	// Threshold is nil for the default, since 0 is refused.
	Threshold *float64 `yaml:"threshold" doc:"The least confidence to answer with, above 0 and at most 1; a higher one refuses more."`
	// Rounds and Time are for language models with tools.
	Rounds int           `yaml:"rounds" doc:"How often a language model is asked for one answer; all but the last time it may search and read on."`
	Time   time.Duration `yaml:"time" doc:"How long a language model may look things up for one answer."`
}

// spaceConfig says who sees a space besides everyone's documents; see
// bot.Audience for Slack.
type spaceConfig struct {
	Members  []string `yaml:"members,omitempty" doc:"The users who see it with --as."`
	Everyone bool     `yaml:"everyone,omitempty" doc:"In Slack: whether all members of the workspace see it."`
	Channels []string `yaml:"channels,omitempty" doc:"In Slack: the IDs of channels that see it, and whose members do in direct messages."`
	Users    []string `yaml:"users,omitempty" doc:"In Slack: the IDs of people who see it."`
	Groups   []string `yaml:"groups,omitempty" doc:"In Slack: the IDs of user groups that see it."`
	Model    string   `yaml:"model,omitempty" enum:"any,local,off" doc:"Which language model may be shown its documents: any, one that is local, or none (off); by default any."`
}

// What spaceConfig.Model may be.
const (
	anyModel   = "any"
	localModel = "local"
	noModel    = "off"
)

// withheld are the spaces of which a language model at that address is shown nothing.
func (c config) withheld(address string) []string {
	var list []string
	for name, s := range c.Spaces {
		if s.Model == noModel || s.Model == localModel && !isLocal(address) {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// isLocal reports whether an address is in the house: of this machine or of a private
// network.
func isLocal(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast()
	}
	return u.Hostname() == "localhost"
}

// check says what is wrong with the values.
func (c config) check() error {
	if t := c.Answer.Threshold; t != nil && !isThreshold(*t) {
		return fmt.Errorf("answer: threshold is above 0 and at most 1, not %v", *t)
	}
	if c.RemovalGrace < 0 || c.KeepRemoved != nil && *c.KeepRemoved < 0 {
		return errors.New("keep-removed and removal-grace are not below 0")
	}
	if c.Answer.Rounds < 0 || c.Answer.Time < 0 {
		return errors.New("answer: rounds and time are not below 0")
	}
	if l := c.Read.Links; l != "" && l != "below" && l != "follow" {
		return fmt.Errorf("read: links is below or follow, not %q", l)
	}
	for name, s := range c.Spaces {
		if m := s.Model; m != "" && m != anyModel && m != localModel && m != noModel {
			return fmt.Errorf("spaces: %s: model is %s, %s or %s, not %q", name, anyModel, localModel, noModel, m)
		}
	}
	return cmp.Or(c.Log.check(), c.checkProviders())
}

// isThreshold reports whether a confidence can be compared with it.
func isThreshold(t float64) bool { return t > 0 && t <= 1 }

// audience is whom a command is run for: its operator, who sees all, or with
// --as a user, who sees everyone's documents and those of the spaces that
// list the user.
func (c config) audience(user string) rag.Audience {
	if user == "" {
		return rag.Operator()
	}
	spaces := []string{rag.Everyone}
	for name, s := range c.Spaces {
		if slices.Contains(s.Members, user) {
			spaces = append(spaces, name)
		}
	}
	return rag.Members(spaces...)
}

// resolvePaths makes paths of the configuration relative to its file.
func (c *config) resolvePaths(file string) {
	for _, p := range []*string{&c.Library, &c.Read.PasswordFile, &c.Model.KeyFile, &c.Embedder.KeyFile, &c.Rerank.KeyFile, &c.Slack.Folder, &c.Slack.State} {
		if *p != "" && !filepath.IsAbs(*p) {
			*p = filepath.Join(filepath.Dir(file), *p)
		}
	}
}
