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
		return []any{&f.Path, &f.Size, instant{&f.ModTime}, &f.Hash, &f.Space, instant{&f.Read}}
	}, `SELECT path, size, modified, hash, space, read FROM files ORDER BY path`)
}

// PutFiles replaces the records of the files, by path, in one transaction.
func (l *Library) PutFiles(ctx context.Context, files ...rag.File) error {
	if len(files) == 0 {
		return nil
	}
	return annotate(l.change(ctx, func(ctx context.Context, w *writer) error {
		for _, f := range files {
			if err := w.exec(ctx, `INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)`,
				f.Path, f.Size, nanoseconds(f.ModTime), f.Hash, f.Space, nanoseconds(f.Read)); err != nil {
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
