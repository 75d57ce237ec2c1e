package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"docent/rag"
)

// config is what docent.yaml says:
//
//	library: team.db            # relative to this file
//	spaces:
//	  staff:
//	    members: [anna, karim]  # see it besides everyone's documents
//	    channels: [C012ABC]     # in Slack: said in the channel, and to its members
//	    users: [U012ABC]        # and to these, and to those of groups:
//	    groups: [S012ABC]       # everyone: true is all members
//	read:
//	  ocr: fra+eng
//	  memory: 1 GiB
//	answer:
//	  threshold: 0.6            # refuse more
//	  unsupported: mark         # show what a model says without proof, marked
//	model:                      # writes the answers, see modelConfig
//	  provider: ollama
//	  model: llama3.2
//	embedder:                   # see embedderConfig, and localConfig
//	  provider: ollama
//	  model: bge-m3
//	rerank: model               # orders the passages found, see rerankConfig
//	prices:                     # for a million tokens
//	  gpt-4o-mini: {input: 0.15, output: 0.60}
//	aliases:                    # words and phrases that mean the same
//	  - [works council, CSE, comité social et économique]
type config struct {
	Library string                 `yaml:"library"`
	Read    readConfig             `yaml:"read"`
	Spaces  map[string]spaceConfig `yaml:"spaces"`
	Aliases [][]string             `yaml:"aliases"`
	Answer  answerConfig           `yaml:"answer"`
	Slack   slackConfig            `yaml:"slack"`

	Model    modelConfig            `yaml:"model"`
	Embedder embedderConfig         `yaml:"embedder"`
	Rerank   rerankConfig           `yaml:"rerank"`
	Prices   map[string]priceConfig `yaml:"prices"`
}

type answerConfig struct {
	// Threshold is answer.Answerer's, nil for the default.
	Threshold *float64 `yaml:"threshold"`
	// Unsupported says what becomes of a language model's claims that the
	// documents do not bear out: removeUnsupported, as for "", or
	// markUnsupported.
	Unsupported string `yaml:"unsupported"`
}

const (
	removeUnsupported = "remove"
	markUnsupported   = "mark"
)

// spaceConfig says who sees it: Members on the command line, the others in Slack,
// see bot.Audience.
type spaceConfig struct {
	Members  []string `yaml:"members"`
	Everyone bool     `yaml:"everyone"`
	Channels []string `yaml:"channels"`
	Users    []string `yaml:"users"`
	Groups   []string `yaml:"groups"`
}

const configName = "docent.yaml"

// settings reads the configuration: the file of --config or DOCENT_CONFIG,
// which must exist, or else ./docent.yaml or the user's, which need not.
func (a *app) settings() (config, error) {
	for _, path := range []string{a.configPath, a.getenv("DOCENT_CONFIG")} {
		if path != "" {
			return loadConfig(path)
		}
	}
	paths := []string{configName}
	if dir, err := configDir(runtime.GOOS, a.getenv); err == nil {
		paths = append(paths, filepath.Join(dir, "docent", configName))
	}
	for _, path := range paths {
		c, err := loadConfig(path)
		if !errors.Is(err, fs.ErrNotExist) {
			return c, err
		}
	}
	return config{}, nil
}

func loadConfig(path string) (config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return config{}, fmt.Errorf("read the configuration: %w", err)
	}
	c, err := parseConfig(data)
	if err != nil {
		return config{}, &hinted{err: fmt.Errorf("configuration %s: %w", path, err), hint: "print what it may hold with: docent config schema"}
	}
	c.resolvePaths(path)
	return c, nil
}

// check says what is wrong with the values.
func (c config) check() error {
	if t := c.Answer.Threshold; t != nil && !isThreshold(*t) {
		return fmt.Errorf("answer: threshold is above 0 and at most 1, not %v", *t)
	}
	if u := c.Answer.Unsupported; u != "" && u != removeUnsupported && u != markUnsupported {
		return fmt.Errorf("answer: unsupported is %s or %s, not %q", removeUnsupported, markUnsupported, u)
	}
	return c.checkProviders()
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
	for _, p := range []*string{&c.Library, &c.Read.PasswordFile, &c.Model.KeyFile, &c.Embedder.KeyFile, &c.Embedder.Path, &c.Rerank.KeyFile, &c.Slack.Folder, &c.Slack.State} {
		if *p != "" && !filepath.IsAbs(*p) {
			*p = filepath.Join(filepath.Dir(file), *p)
		}
	}
}
