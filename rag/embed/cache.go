package embed

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver of the cache
)

// Cache keeps vectors by the content of their texts, so that no text is paid
// for twice: not when its document comes in again, nor for another library.
// Several processes may use one file. It holds no text, and it may be removed
// at any time at the cost of making the vectors again. nil keeps nothing.
type Cache struct{ db *sql.DB }

// OpenCache opens the file at path, which is made with its folder if need be.
func OpenCache(ctx context.Context, path string) (*Cache, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("open the cache of embeddings: %w", err)
	}
	if err := makePrivate(path); err != nil {
		return nil, fmt.Errorf("open the cache of embeddings: %w", err)
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+
		"?_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)&_pragma=synchronous(normal)")
	if err != nil {
		return nil, fmt.Errorf("open the cache of embeddings: %w", err)
	}
	const layout = `CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) STRICT, WITHOUT ROWID`
	if _, err := db.ExecContext(ctx, layout); err != nil {
		return nil, errors.Join(fmt.Errorf("open the cache of embeddings %s: %w", path, err), db.Close())
	}
	return &Cache{db: db}, nil
}

// makePrivate has the file there for its owner alone before SQLite makes it for
// all; its log and shared memory get its mode.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	err = f.Chmod(0o600)
	if errors.Is(err, fs.ErrPermission) { // it is somebody else's
		err = nil
	}
	return errors.Join(err, f.Close())
}

// Close closes the file.
func (c *Cache) Close() error {
	if c == nil {
		return nil
	}
	return c.db.Close()
}

// keyOf tells texts apart, and what else their vectors depend on.
func keyOf(model string, dimension int, text string) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %d\n%s", model, dimension, text))
	return sum[:]
}

// get returns a vector, nil where there is none.
func (c *Cache) get(ctx context.Context, key []byte) ([]float32, error) {
	if c == nil {
		return nil, nil
	}
	var data []byte
	err := c.db.QueryRowContext(ctx, `SELECT vector FROM vectors WHERE key = ?`, key).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil || len(data)%4 != 0 {
		return nil, err
	}
	v := make([]float32, len(data)/4)
	_, err = binary.Decode(data, binary.LittleEndian, v)
	return v, err
}

// put keeps the vectors of some items, in one transaction.
func (c *Cache) put(ctx context.Context, items []item, vectors [][]float32) error {
	if c == nil {
		return nil
	}
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit there is nothing to undo
	for _, it := range items {
		vector, err := binary.Append([]byte{}, binary.LittleEndian, vectors[it.at])
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO vectors VALUES (?, ?)`, it.key, vector); err != nil {
			return err
		}
	}
	return tx.Commit()
}
