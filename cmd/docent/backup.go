package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"docent/rag/library"
)

// What a backup has beside the library.
const (
	stateInBackup  = "slack.db"
	configInBackup = configName
)

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Back the library up, with the state of Slack and the configuration",
		Long: `backup writes into one file the library as it is at one moment, the state of
docent serve (what was asked, answered and rated in Slack) and docent.yaml, while
others serve and ingest. The file is there once it is whole: written to the disk,
opened and checked. An older backup at its place is replaced; anything else is not.

A backup is itself a library, which --library opens, and what docent restore takes.
Files that were added from Slack are not in it, nor are keys.`,
		Example: "  docent backup /backups/team.db\n  docent backup \"/backups/team-$(date +%F).db\" --json",
		Args:    takes(1, 1, "the file to write"),
		RunE:    func(c *cobra.Command, args []string) error { return a.backup(c.Context(), args[0]) },
	}
}

func (a *app) backup(ctx context.Context, to string) (err error) {
	s, err := a.openAny(ctx, library.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	beside := []library.Beside{{Name: stateInBackup, Path: besideLibrary(s.Path(), s.config.Slack.State, "-slack.db"), Database: true}}
	if path := a.usedConfig(); path != "" {
		beside = append(beside, library.Beside{Name: configInBackup, Path: path})
	}
	names, err := s.Backup(ctx, to, beside...)
	if err != nil {
		return err
	}
	made, err := os.Stat(to)
	if err != nil {
		return err
	}
	if a.json {
		return writeJSON(a.stdout, backupJSON{File: to, Bytes: made.Size(), Beside: list(names)})
	}
	_, err = fmt.Fprintf(a.stdout, "backed up to %s, %s: %s\n", printable(to), humanize.IBytes(uint64(made.Size())), strings.Join(append([]string{"the library"}, names...), ", "))
	return err
}

func (a *app) restoreCommand() *cobra.Command {
	var force bool
	c := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put back what docent backup wrote",
		Long: `restore checks a backup, and puts the library, the state of docent serve and
docent.yaml where this docent has them, or would have them; without a docent.yaml,
where that of the backup says. Each is there whole or not at all. What is there
already is left alone, unless it is the same, and nothing is done then but with
--force; what another process has open is never replaced.`,
		Example: "  docent restore /backups/team.db\n  docent restore /backups/team.db --library copy.db",
		Args:    takes(1, 1, "the backup"),
		RunE:    func(c *cobra.Command, args []string) error { return a.restore(c.Context(), args[0], force) },
	}
	c.Flags().BoolVar(&force, "force", false, "replace what is there")
	return c
}

// restored is one file of a backup, unpacked, with its place.
type restored struct {
	from, to string
	database bool
}

func (a *app) restore(ctx context.Context, backup string, force bool) (err error) {
	dir, err := os.MkdirTemp("", "docent-restore-")
	if err != nil {
		return &hinted{err: err, hint: "name a folder that may be written with TMPDIR"}
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	names, err := library.Unpack(ctx, backup, dir)
	if err != nil {
		return err
	}
	files, err := a.places(dir, names)
	if err != nil {
		return err
	}
	if err := inTheWay(files, force); err != nil {
		return err
	}
	var places []string
	for _, f := range files {
		if err := os.MkdirAll(filepath.Dir(f.to), 0o700); err != nil {
			return err
		}
		if err := a.putBack(ctx, f); err != nil {
			if errors.Is(err, library.ErrInUse) {
				err = &hinted{err: err, hint: "stop docent serve, docent ingest --watch and what else uses it, and run this again"}
			}
			return err
		}
		places = append(places, f.to)
	}
	if a.json {
		return writeJSON(a.stdout, restoredJSON{Restored: places})
	}
	_, err = fmt.Fprintf(a.stdout, "restored %s\n", printable(strings.Join(places, ", ")))
	return err
}

// places says where the files of a backup go: the library comes last, since it is
// what the others are for.
func (a *app) places(dir string, names []string) (files []restored, err error) {
	var c config
	at := a.usedConfig()
	if (configFile{path: at}).exists() || !slices.Contains(names, configInBackup) {
		c, err = a.settings()
	} else {
		at = cmp.Or(at, configName)
		c, err = parseConfigFile(filepath.Join(dir, configInBackup))
		c.resolvePaths(at)
	}
	if err != nil {
		return nil, err
	}
	path, err := a.libraryPath(c)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		switch name {
		case stateInBackup:
			files = append(files, restored{filepath.Join(dir, name), besideLibrary(path, c.Slack.State, "-slack.db"), true})
		case configInBackup:
			files = append(files, restored{filepath.Join(dir, name), at, false})
		}
	}
	return append(files, restored{filepath.Join(dir, library.UnpackedLibrary), path, true}), nil
}

// inTheWay refuses to replace what is there and is not the same.
func inTheWay(files []restored, force bool) error {
	for _, f := range files {
		there, err := os.ReadFile(f.to)
		if force || errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if same, err := os.ReadFile(f.from); f.database || err != nil || string(same) != string(there) {
			return &hinted{err: fmt.Errorf("restore: %s is there already", f.to), hint: "choose other places with --library and --config, or replace what is there with --force"}
		}
	}
	return nil
}

// putBack copies a file beside its place, and gives it that at once.
func (a *app) putBack(ctx context.Context, f restored) error {
	to := f.to
	if f.database {
		to += "-restored"
	}
	in, err := os.Open(f.from)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := writeFile(to, 0o600, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	}); err != nil || !f.database {
		return err
	}
	if err := library.Replace(ctx, to, f.to); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}
