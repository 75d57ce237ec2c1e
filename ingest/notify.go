package ingest

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/fsnotify/fsnotify"
)

// Changes implements Source.
func (s *folders) Changes(ctx context.Context) (<-chan change, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	s.notify, s.dirs = notify, make(map[string]bool)
	for _, r := range s.roots {
		s.enter(filepath.Dir(r.path))
	}
	changes := make(chan change)
	go func() {
		defer close(changes)
		defer notify.Close()
		for {
			select {
			case event := <-notify.Events:
				if event.Has(fsnotify.Remove | fsnotify.Rename) {
					s.leave(event.Name)
				}
				if c, ok := s.concerns(event.Name); ok {
					_ = send(ctx, changes, c) // else it is over
				}
			case err := <-notify.Errors:
				s.log.Warn("notifications were lost; walking everything", "error", err)
				_ = send(ctx, changes, "") // else it is over
			case <-ctx.Done():
				return
			}
		}
	}()
	return changes, nil
}

// concerns says what a notification about a path is to whoever follows the roots:
// what is hidden is none of their business, but for what says what to read.
func (s *folders) concerns(path string) (change, bool) {
	rules := slices.Contains(ignoreFiles[:], filepath.Base(path))
	ours := slices.ContainsFunc(s.roots, func(r root) bool {
		return IsUnder(path, r.path) && (rules || !hiddenBelow(path, r.path))
	})
	if rules {
		path = ""
	}
	return change(path), ours
}

// enter asks to be notified about a folder, before it is read: what comes into
// it later is notified, what was there before is read.
func (s *folders) enter(dir string) {
	if s.notify == nil {
		return
	}
	if err := s.notify.Add(dir); err != nil {
		s.log.Warn("no notifications for a folder; changes are found at the next walk", "folder", dir, "error", err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dirs[dir] = true
}

// leave ends the notifications of folders that were moved or deleted: the
// system would go on to name what is in them by their old path.
func (s *folders) leave(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for dir := range s.dirs {
		if IsUnder(dir, path) {
			delete(s.dirs, dir)
			_ = s.notify.Remove(dir) // may have gone by itself
		}
	}
}
