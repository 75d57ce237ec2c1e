package pdf

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// pdfEngine is PDFium as WebAssembly. It is compiled when the first PDF comes,
// which takes some seconds unless the cache has it, and kept from then on.
type pdfEngine struct {
	// cache is the folder of Options.Cache.
	cache string

	mu   sync.Mutex
	pool pdfium.Pool
}

const (
	// memoryPages bounds the memory of one document in the engine, in pages
	// of 64 KiB: 256 MiB. Of 1,271 real files none needed more, and a bomb in
	// 1 GiB takes four times as much, since memory grows by copying.
	memoryPages = 4096
	// instances bounds the documents that are in the engine at a time.
	instances = 64
	// instanceWait is how long a document waits for one of those before it.
	instanceWait = 10 * time.Minute
)

// instance is the engine with memory of its own, for one document: nothing of
// a document before it can reach it, and making one takes some milliseconds.
func (e *pdfEngine) instance(ctx context.Context) (pdfium.Pdfium, error) {
	pool, err := e.started(ctx)
	if err != nil {
		return nil, fmt.Errorf("start the PDF engine: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, instanceWait)
	defer cancel()
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("start the PDF engine: %w", err)
	}
	return instance, nil
}

func (e *pdfEngine) started(ctx context.Context) (pdfium.Pool, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pool != nil {
		return e.pool, nil
	}
	// The engine outlives the document that it is started for.
	ctx = experimental.WithCompilationWorkers(context.WithoutCancel(ctx), runtime.GOMAXPROCS(0))
	pool, err := startPDFium(ctx, cacheName(e.cache))
	if err != nil && e.cache != "" {
		// What is wrong with the cache is no reason to read nothing.
		pool, err = startPDFium(ctx, wazero.NewCompilationCache())
	}
	e.pool = pool
	return pool, err
}

// startPDFium makes the engine. Nothing of this computer is within its reach:
// it has no files, no output and no environment, and reads the document
// through a callback.
func startPDFium(ctx context.Context, cache wazero.CompilationCache) (pdfium.Pool, error) {
	// PDFium's setjmp is compiled to exceptions. WithCloseOnContextDone makes
	// reading three to five times slower; a Pool ends the process instead.
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryPages).
		WithCompilationCache(cache)
	return webassembly.Init(webassembly.Config{
		Context:       ctx,
		MaxTotal:      instances,
		FSConfig:      wazero.NewFSConfig(),
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
}

// cacheName is the compilation cache in a folder, or one in memory where the
// folder cannot be written.
func cacheName(folder string) wazero.CompilationCache {
	if folder == "" || !writable(folder) {
		return wazero.NewCompilationCache()
	}
	cache, err := wazero.NewCompilationCacheWithDir(folder)
	if err != nil {
		return wazero.NewCompilationCache()
	}
	return cache
}

// writable reports whether files can be made in a folder, which it makes.
func writable(folder string) bool {
	// What is in it is run as a program: it is nobody else's to write.
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return false
	}
	f, err := os.CreateTemp(folder, "probe")
	if err != nil {
		return false
	}
	return cmp.Or(f.Close(), os.Remove(f.Name())) == nil
}

// errEngine says that PDFium itself failed, by a trap or for want of memory:
// the instance is not to be used again.
var errEngine = errors.New("the PDF engine gave up")
