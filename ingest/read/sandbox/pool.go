package sandbox

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"os/exec"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"docent/ingest/read"
)

// Pool reads documents in processes of their own, so that one which takes all
// memory or never ends takes only such a process with it. The processes are
// started when they are needed, used again, and ended by Close.
//
// A Pool is a Reader of every format, to be used by several goroutines at once;
// as many documents are read at a time as there are processes.
type Pool struct {
	// Program is the path of a program that calls Serve when it is started
	// with Args, the first of which is its own name.
	Program string
	Args    []string
	// Options are those of the formats that are read in the processes.
	Options read.Options
	// Memory is the number of bytes that a process may hold before it gives up
	// what it reads; 0 means DefaultMemory.
	Memory int64
	// Time is how long one document may take; 0 means DefaultTime.
	Time time.Duration
	// Cache is where documents are kept that were read before; the zero value
	// reads all of them again.
	Cache Cache
	// Workers is the most processes at a time; 0 means one a processor.
	Workers int

	once sync.Once
	// slots has room for each process that is at work; idle holds the others.
	slots chan struct{}
	idle  chan *worker

	starting sync.Mutex
	// readAny says that something was read that was not kept.
	readAny atomic.Bool
}

// What a Pool means by 0.
const (
	DefaultMemory = 512 << 20
	DefaultTime   = time.Minute
)

func (p *Pool) memory() int64       { return cmp.Or(p.Memory, DefaultMemory) }
func (p *Pool) time() time.Duration { return cmp.Or(p.Time, DefaultTime) }

func (p *Pool) prepare() {
	p.once.Do(func() {
		n := cmp.Or(p.Workers, runtime.GOMAXPROCS(0))
		p.slots, p.idle = make(chan struct{}, n), make(chan *worker, n)
	})
}

// Wrap is the registry with its formats read in the processes of the pool. The
// registry of Options must have them too.
func Wrap(r read.Registry, p *Pool) read.Registry {
	r.Formats = slices.Clone(r.Formats)
	if r.Text != nil {
		r.Text = poolReader{pool: p}
	}
	for i, f := range r.Formats {
		if f.Reader != nil {
			reader := poolReader{pool: p, costly: f.Risky}
			if f.Start != nil {
				reader.engine = f.Name
			}
			r.Formats[i].Reader = reader
		}
	}
	return r
}

// Read reads a file in one of the processes, unless it is kept.
func (p *Pool) Read(ctx context.Context, in read.Input) iter.Seq2[read.Document, error] {
	return poolReader{pool: p, costly: true}.Read(ctx, in)
}

// poolReader reads the files of a format in the processes of a pool.
type poolReader struct {
	pool *Pool
	// engine is the format's name where it has an engine to start first.
	engine string
	// costly says that what is read is worth to be kept.
	costly bool
}

// Read implements Reader.
func (r poolReader) Read(ctx context.Context, in read.Input) iter.Seq2[read.Document, error] {
	anew := func() iter.Seq2[read.Document, error] {
		r.pool.readAny.Store(true)
		return r.pool.readAnew(ctx, in, r.engine)
	}
	if !r.costly {
		return anew()
	}
	return r.pool.Cache.through(in, r.pool.Options, anew)
}

func (p *Pool) readAnew(ctx context.Context, in read.Input, engine string) iter.Seq2[read.Document, error] {
	return func(yield func(read.Document, error) bool) {
		p.prepare()
		select {
		case p.slots <- struct{}{}:
			defer func() { <-p.slots }()
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			yield(read.Document{}, ctx.Err())
			return
		}
		p.read(ctx, in, engine, yield)
	}
}

// read goes on to a fresh process where a used one ends.
func (p *Pool) read(ctx context.Context, in read.Input, engine string, yield func(read.Document, error) bool) {
	for {
		w, err := p.worker(ctx)
		if err != nil {
			yield(read.Document{}, fmt.Errorf("start a process to read in: %w", err))
			return
		}
		if err := p.startEngine(ctx, w, engine); err != nil {
			w.end()
			if w.used && ctx.Err() == nil {
				continue
			}
			yield(read.Document{}, cmp.Or(ctx.Err(), fmt.Errorf("start what reads %s: %w", engine, err)))
			return
		}
		switch w.read(ctx, in, yield) {
		case ready:
			p.idle <- w
			return
		case spent:
			w.end()
			return
		case gone:
			w.end()
		}
	}
}

// startEngine starts an engine in one process at a time, as the first start
// takes all processors to compile it, and leaves it to the others.
func (p *Pool) startEngine(ctx context.Context, w *worker, engine string) error {
	if engine == "" || w.engine {
		return nil
	}
	p.starting.Lock()
	defer p.starting.Unlock()
	return w.start(ctx, engine)
}

// worker is an idle process, or a new one.
func (p *Pool) worker(ctx context.Context) (*worker, error) {
	select {
	case w := <-p.idle:
		return w, nil
	default:
	}
	// The process outlives the reading that it is started for.
	w, err := startWorker(context.WithoutCancel(ctx), p.Program, p.Args)
	if err != nil {
		return nil, err
	}
	w.memory, w.time = p.memory(), p.time()
	options := p.Options
	if options.Tesseract == "" {
		options.Tesseract, _ = exec.LookPath("tesseract") // there, nobody knows where programs are
	}
	options.Limits.OCR = cmp.Or(options.Limits.OCR, w.time/4*3)
	if err := w.requests.send(settings{Options: options, Memory: w.memory, Time: 2 * w.time}); err != nil {
		w.end()
		return nil, &StoppedError{}
	}
	return w, nil
}

// Close ends the processes. No Read may be under way or come after it.
func (p *Pool) Close() error {
	p.prepare()
	for {
		select {
		case w := <-p.idle:
			w.end()
		default:
			if p.readAny.Load() {
				_ = p.Cache.tidy() // the next one does it
			}
			return nil
		}
	}
}

// A StoppedError says that the reading of a document was given up.
type StoppedError struct {
	// Memory or Time is the limit that was reached; both are 0 when the
	// process ended by itself.
	Memory int64
	Time   time.Duration
}

func (e *StoppedError) Error() string {
	switch {
	case e.Memory > 0:
		return fmt.Sprintf("given up: reading it takes more than %s of memory", read.Mebibytes(e.Memory))
	case e.Time > 0:
		return fmt.Sprintf("given up: reading it takes longer than %s", e.Time)
	}
	return "given up: it ended the process that was reading it"
}
