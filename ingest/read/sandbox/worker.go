package sandbox

import (
	"bufio"
	"context"
	"encoding/gob" //nolint:depguard // between two processes of one program
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"sync/atomic"
	"time"

	"docent/ingest/read"
)

// worker is a process of a Pool, which reads one file after the other.
type worker struct {
	command  *exec.Cmd
	stdin    io.WriteCloser
	requests *sender
	answers  *gob.Decoder
	// files is what open files are passed on over, nil where they cannot be.
	files  *passing
	memory int64
	time   time.Duration
	// used says that it has been asked to read, engine that it has the engine
	// of the formats that need one.
	used, engine bool
}

// condition is that of a process after a reading.
type condition int

const (
	// ready for another file.
	ready condition = iota
	// spent: it is to be ended.
	spent
	// gone: it ended without a word on the file. Since it has read others, that
	// need not be the file's fault, and a fresh process is to read it.
	gone
)

func startWorker(ctx context.Context, program string, args []string) (*worker, error) {
	c := exec.CommandContext(ctx, program)
	c.Args = args
	c.Env = []string{} // what this process knows is none of a document's business
	read.EndWithParent(c)
	files, theirs, err := newPassing()
	if err != nil {
		return nil, err
	}
	if theirs != nil {
		defer theirs.Close()
		c.ExtraFiles = []*os.File{theirs}
	}
	stdin, err := c.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	answers := gob.NewDecoder(bufio.NewReaderSize(stdout, 64<<10))
	return &worker{command: c, stdin: stdin, requests: newSender(stdin, json.NewEncoder), answers: answers, files: files}, nil
}

// end ends the process, whatever it does.
func (w *worker) end() {
	_ = w.stdin.Close()
	if w.files != nil {
		_ = w.files.close()
	}
	w.kill()
	_ = w.command.Wait() // killed, as it was meant to be
}

// kill may come too late, when the process has ended by itself.
func (w *worker) kill() { _ = w.command.Process.Kill() }

// startTime is how long an engine may take to start: on a slow machine, half a
// minute goes into compiling it.
const startTime = 10 * time.Minute

// start has the process start the engine of a format, which is no part of the
// time of a document. An engine that does not start is an error of the
// documents that need it.
func (w *worker) start(ctx context.Context, engine string) error {
	timer := time.AfterFunc(startTime, w.kill)
	defer timer.Stop()
	defer context.AfterFunc(ctx, w.kill)()
	if err := w.requests.send(request{Engine: engine}); err != nil {
		return err
	}
	var a answer
	if err := w.answers.Decode(&a); err != nil {
		return err
	}
	w.engine = true
	return nil
}

// read has the process read a file.
func (w *worker) read(ctx context.Context, in read.Input, yield func(read.Document, error) bool) condition {
	var late, large atomic.Bool
	defer w.watch(&large)()
	timer := time.AfterFunc(w.time, func() {
		late.Store(true)
		w.kill()
	})
	defer timer.Stop()
	defer context.AfterFunc(ctx, w.kill)()
	usedBefore, told := w.used, false
	w.used = true
	fail := func(stopped StoppedError) condition {
		switch {
		case ctx.Err() != nil:
			yield(read.Document{}, ctx.Err())
		case late.Load():
			yield(read.Document{}, &StoppedError{Time: w.time})
		case large.Load():
			yield(read.Document{}, &StoppedError{Memory: w.memory})
		case usedBefore && !told && stopped == (StoppedError{}):
			return gone
		default:
			yield(read.Document{}, &stopped)
		}
		return spent
	}
	if err := w.request(in); err != nil {
		return fail(StoppedError{})
	}
	for {
		var a answer
		if err := w.answers.Decode(&a); err != nil {
			return fail(StoppedError{})
		}
		told = true
		var doc read.Document
		switch {
		case a.Done:
			if ctx.Err() != nil || late.Load() {
				return spent
			}
			return ready
		case a.Stopped:
			return fail(StoppedError{Memory: w.memory})
		case a.Document != nil:
			doc = *a.Document
		}
		// The next document has as much time; whoever takes this one may be
		// waiting for something else.
		timer.Stop()
		if !yield(doc, a.Error.err()) {
			return spent
		}
		timer.Reset(w.time)
	}
}

// watch ends the process when it has more in memory than it may, whatever it
// believes itself, until the reading is over.
func (w *worker) watch(large *atomic.Bool) (stop func()) {
	over := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		look := time.NewTicker(lookEvery)
		defer look.Stop()
		for {
			select {
			case <-over:
				return
			case <-look.C:
				if resident(w.command.Process.Pid) > w.memory+w.memory/8 { // what it frees stays for a while
					large.Store(true)
					w.kill()
				}
			}
		}
	}()
	return func() {
		close(over)
		<-done
	}
}

// request passes on a file on a disk, and sends the bytes of any other.
func (w *worker) request(in read.Input) error {
	const small = 32 << 10
	file, onDisk := in.Data.(*os.File)
	q := request{Name: in.Name, Size: in.Size, Passed: onDisk && w.files != nil && in.Size > small}
	switch {
	case q.Passed:
		return errors.Join(w.requests.send(q), w.files.send(file))
	case in.Size <= small: // at once
		data, err := in.ReadAll(small)
		if err != nil {
			return err
		}
		q.Size = int64(len(data))
		return w.requests.send(q, data)
	}
	if err := w.requests.send(q); err != nil {
		return err
	}
	_, err := io.Copy(w.stdin, in.NewReader())
	return err
}
