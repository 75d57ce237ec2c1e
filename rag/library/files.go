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
	return func(yield func(rag.File, error) bool) {
		rows, err := l.read.QueryContext(ctx, `SELECT path, size, modified, hash, space, read FROM files ORDER BY path`)
		if err != nil {
			yield(rag.File{}, fmt.Errorf("list files: %w", translate(err)))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var f rag.File
			var modified, read int64
			if err := rows.Scan(&f.Path, &f.Size, &modified, &f.Hash, &f.Space, &read); err != nil {
				yield(rag.File{}, fmt.Errorf("list files: %w", translate(err)))
				return
			}
			f.ModTime, f.Read = instant(modified), instant(read)
			if !yield(f, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(rag.File{}, fmt.Errorf("list files: %w", translate(err)))
		}
	}
}

// PutFiles replaces the records of the files, by path, in one transaction.
func (l *Library) PutFiles(ctx context.Context, files ...rag.File) error {
	if len(files) == 0 {
		return nil
	}
	err := l.change(ctx, func(ctx context.Context, w *writer) error {
		for _, f := range files {
			if err := w.exec(ctx, `INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)`,
				f.Path, f.Size, nanoseconds(f.ModTime), f.Hash, f.Space, nanoseconds(f.Read)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("record %d files: %w", len(files), err)
	}
	return nil
}

// DeleteFiles forgets files; unknown paths are no error.
func (l *Library) DeleteFiles(ctx context.Context, paths ...string) error {
	if len(paths) == 0 {
		return nil
	}
	err := l.change(ctx, func(ctx context.Context, w *writer) error {
		for _, p := range paths {
			if err := w.exec(ctx, `DELETE FROM files WHERE path = ?`, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("forget %d files: %w", len(paths), err)
	}
	return nil
}

// nanoseconds since 1970, of which the zero time has none: it is stored as 0.
func nanoseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func instant(nanoseconds int64) time.Time {
	if nanoseconds == 0 {
		return time.Time{}
	}
	return time.Unix(0, nanoseconds)
}
