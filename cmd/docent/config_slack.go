package main

import "time"

// slackConfig is slack: in docent.yaml.
//
//	slack:
//	  admins: [U012ABC]              # may ask /ask status, sources, reindex
//	  external: {C0SHARED: [public]} # channels shared with others, and the only spaces seen there
//	  guests: [public]               # the only spaces that guests see
//	  bots: [U0DEPLOY]               # bots that are answered
//	  add: {C012ABC: board}          # channels in which files may be added, and to which space
//	  adding: false                  # no file is added from Slack, not even in direct messages
//	  folder: slack-files            # where added files are kept
//	  file: 20 MiB                   # the largest
//	  state: slack.db                # what was delivered and answered
//	  keep: 720h                     # how long questions, answers and ratings are kept there
type slackConfig struct {
	Admins   []string            `yaml:"admins"`
	External map[string][]string `yaml:"external"`
	Guests   []string            `yaml:"guests"`
	Bots     []string            `yaml:"bots"`
	Add      map[string]string   `yaml:"add"`
	Adding   *bool               `yaml:"adding"`
	Folder   string              `yaml:"folder"`
	File     bytesSize           `yaml:"file"`
	State    string              `yaml:"state"`
	Keep     time.Duration       `yaml:"keep"`
}
