package library

import (
	"context"
	"database/sql"
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
			yield(rag.File{}, fmt.Errorf("list files: %w", known(err)))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var f rag.File
			var modified, read int64
			if err := rows.Scan(&f.Path, &f.Size, &modified, &f.Hash, &f.Space, &read); err != nil {
				yield(rag.File{}, fmt.Errorf("list files: %w", known(err)))
				return
			}
			f.ModTime, f.Read = time.Unix(0, modified), time.Unix(0, read)
			if !yield(f, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(rag.File{}, fmt.Errorf("list files: %w", known(err)))
		}
	}
}

// PutFiles replaces the records of the files, by path, in one transaction.
func (l *Library) PutFiles(ctx context.Context, files ...rag.File) error {
	if len(files) == 0 {
		return nil
	}
	err := l.change(ctx, func(tx *sql.Tx) error {
		for _, f := range files {
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)`,
				f.Path, f.Size, f.ModTime.UnixNano(), f.Hash, f.Space, f.Read.UnixNano()); err != nil {
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
	err := l.change(ctx, func(tx *sql.Tx) error {
		for _, p := range paths {
			if _, err := tx.ExecContext(ctx, `DELETE FROM files WHERE path = ?`, p); err != nil {
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
