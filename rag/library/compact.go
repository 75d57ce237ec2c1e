package library

import (
	"context"
	"errors"
)

// keptRemovals is how many removals are kept for processes that refresh their
// index. One that has missed more reads the library anew.
const keptRemovals = 10_000

// compact drops what an interrupted rebuild and many removals left, and what
// was removed long enough ago, and goes on with a purge that was cut short.
func (l *Library) compact(ctx context.Context) error {
	if err := errors.Join(l.dropOldGenerations(ctx), l.expire(ctx)); err != nil {
		return err
	}
	var removals int
	var rewrite bool
	if err := l.read.QueryRowContext(ctx, `SELECT count(*), EXISTS (SELECT 1 FROM meta WHERE key = 'rewrite') FROM removed`).Scan(&removals, &rewrite); err != nil {
		return err
	}
	if rewrite {
		if err := l.writer.rewrite(ctx); err != nil {
			return err
		}
	}
	if removals < 2*keptRemovals {
		return nil
	}
	return l.change(ctx, func(ctx context.Context, w *writer) error {
		err := w.exec(ctx, `INSERT OR REPLACE INTO meta SELECT 'horizon', sequence FROM removed ORDER BY sequence DESC LIMIT 1 OFFSET ?`, keptRemovals)
		if err != nil {
			return err
		}
		return w.exec(ctx, `DELETE FROM removed WHERE sequence <= (SELECT value FROM meta WHERE key = 'horizon')`)
	})
}

// dropOldGenerations deletes the entries of generations that are no longer
// searched, a part at a time so that other writers get their turn.
func (l *Library) dropOldGenerations(ctx context.Context) error {
	const old = `FROM entries WHERE generation < (SELECT value FROM meta WHERE key = 'generation')`
	for {
		var left bool
		if err := l.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 `+old+`)`).Scan(&left); err != nil || !left {
			return err
		}
		err := l.change(ctx, func(ctx context.Context, w *writer) error {
			return w.exec(ctx, `DELETE FROM entries WHERE rowid IN (SELECT rowid `+old+` LIMIT 500)`)
		})
		if err != nil {
			return err
		}
	}
}
