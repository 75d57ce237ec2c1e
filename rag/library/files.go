package library

import (
	"context"
	"fmt"
	"iter"
	"time"

	"docent/rag"
)

// Files iterates over the files that the library was filled from, by path.
func (l *Library) Files(ctx context.Context) iter.Seq2[rag.File, error] {
	return each(ctx, l.read, "list files", func(f *rag.File) []any {
		return []any{&f.Path, &f.Size, instant{&f.ModTime}, &f.Hash, &f.Space, instant{&f.Read}, unsigned{&f.Inode}, unsigned{&f.Device}, instant{&f.Changed}}
	}, `SELECT path, size, modified, hash, space, read, inode, device, changed FROM files ORDER BY path`)
}

// PutFiles replaces the records of the files, by path, in one transaction.
func (l *Library) PutFiles(ctx context.Context, files ...rag.File) error {
	if len(files) == 0 {
		return nil
	}
	return annotate(l.change(ctx, func(ctx context.Context, w *writer) error {
		for _, f := range files {
			if err := w.exec(ctx, `INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				f.Path, f.Size, nanoseconds(f.ModTime), f.Hash, f.Space, nanoseconds(f.Read), int64(f.Inode), int64(f.Device), nanoseconds(f.Changed)); err != nil {
				return err
			}
		}
		return nil
	}), "record %d files", len(files))
}

// DeleteFiles forgets files; unknown paths are no error.
func (l *Library) DeleteFiles(ctx context.Context, paths ...string) error {
	if len(paths) == 0 {
		return nil
	}
	return annotate(l.change(ctx, func(ctx context.Context, w *writer) error {
		for _, p := range paths {
			if err := w.exec(ctx, `DELETE FROM files WHERE path = ?`, p); err != nil {
				return err
			}
		}
		return nil
	}), "forget %d files", len(paths))
}

// Held iterates over the sources that are held, by path.
func (l *Library) Held(ctx context.Context) iter.Seq2[rag.Held, error] {
	return each(ctx, l.read, "list what is held", func(h *rag.Held) []any {
		return []any{&h.Path, &h.URI, &h.Lost, &h.Of, &h.Away, instant{&h.Since}}
	}, `SELECT path, uri, lost, documents, away, since FROM held ORDER BY path`)
}

// PutHeld forgets that the sources at the paths are held, but for those that are,
// which it replaces.
func (l *Library) PutHeld(ctx context.Context, paths []string, held ...rag.Held) error {
	return annotate(l.change(ctx, func(ctx context.Context, w *writer) error {
		for _, p := range paths {
			if err := w.exec(ctx, `DELETE FROM held WHERE path = ?`, p); err != nil {
				return err
			}
		}
		for _, h := range held {
			if err := w.exec(ctx, `INSERT OR REPLACE INTO held VALUES (?, ?, ?, ?, ?, ?)`, h.Path, h.URI, h.Lost, h.Of, h.Away, nanoseconds(h.Since)); err != nil {
				return err
			}
		}
		return nil
	}), "record what is held")
}

// nanoseconds since 1970, of which the zero time has none: it is stored as 0.
func nanoseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

// instant reads what nanoseconds made.
type instant struct{ *time.Time }

// Scan implements sql.Scanner.
func (i instant) Scan(value any) error {
	n, ok := value.(int64)
	if !ok {
		return fmt.Errorf("%v is no time", value)
	}
	if *i.Time = (time.Time{}); n != 0 {
		*i.Time = time.Unix(0, n)
	}
	return nil
}

// unsigned reads a number that SQLite knows with a sign.
type unsigned struct{ *uint64 }

// Scan implements sql.Scanner.
func (u unsigned) Scan(value any) error {
	n, ok := value.(int64)
	if !ok {
		return fmt.Errorf("%v is no number", value)
	}
	*u.uint64 = uint64(n)
	return nil
}
