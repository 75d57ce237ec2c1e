package main

import "time"

// slackConfig is slack: in docent.yaml.
type slackConfig struct {
	Admins   []string            `yaml:"admins,omitempty" doc:"The IDs of people who may ask /ask status, sources, reindex."`
	External map[string][]string `yaml:"external,omitempty" doc:"The IDs of channels shared with other organisations, and the only spaces seen there."`
	Guests   []string            `yaml:"guests,omitempty" doc:"The only spaces that guests see."`
	Bots     []string            `yaml:"bots,omitempty" doc:"The IDs of bots that are answered, in channels."`
	Add      map[string]string   `yaml:"add,omitempty" doc:"The IDs of channels in which files may be added, and to which space."`
	Adding   *bool               `yaml:"adding" doc:"Whether files are added at all, in direct messages and in the channels of add."`
	Folder   string              `yaml:"folder,omitempty" doc:"Where added files are kept; by default beside the library."`
	File     bytesSize           `yaml:"file" doc:"The largest file that is added."`
	State    string              `yaml:"state,omitempty" doc:"The file of what was delivered and answered; by default beside the library."`
	Keep     time.Duration       `yaml:"keep" doc:"How long questions, answers and ratings are kept there."`
}
