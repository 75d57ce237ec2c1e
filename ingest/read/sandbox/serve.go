package sandbox

import (
	"bufio"
	"context"
	"encoding/gob" //nolint:depguard // between two processes of one program
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"docent/ingest/read"
)

// Serve is the other side of a Pool: it reads the files that it is asked for
// on in, in the formats that it is given the options of, and answers on out,
// until in ends. Where a file takes more memory or
// time than it may, Serve returns an error while that file is still being
// read; the process must end then.
func Serve(ctx context.Context, in io.Reader, out io.Writer, registry func(read.Options) read.Registry) error {
	requests := bufio.NewReaderSize(in, 64<<10)
	var s settings
	if err := receive(requests, &s); err != nil {
		return fmt.Errorf("receive settings: %w", err)
	}
	bound(s.Memory)
	confine()
	formats, answers := registry(s.Options), newSender(out, gob.NewEncoder)
	var files *passing
	for {
		var q request
		if err := receive(requests, &q); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return fmt.Errorf("receive a request: %w", err)
		}
		if q.Engine != "" {
			if err := answers.send(answer{Error: failureOf(formats.Start(ctx, q.Engine)), Done: true}); err != nil {
				return fmt.Errorf("send that the engine is started: %w", err)
			}
			continue
		}
		if q.Passed && files == nil {
			const given = 3 // the first file after the usual ones
			var err error
			if files, err = passingOver(given); err != nil {
				return fmt.Errorf("take what files come over: %w", err)
			}
		}
		in, closeInput, err := q.input(requests, files)
		if err != nil {
			return fmt.Errorf("receive %d bytes: %w", q.Size, err)
		}
		done := make(chan error, 1)
		go func() { done <- answerWith(ctx, formats, in, answers) }()
		err = guard(ctx, done, s)
		closeInput()
		if err != nil {
			if errors.Is(err, errMemory) {
				err = errors.Join(err, answers.send(answer{Stopped: true}))
			}
			return err
		}
	}
}

func receive(r *bufio.Reader, v any) error {
	line, err := r.ReadBytes('\n')
	if err != nil {
		return err
	}
	return json.Unmarshal(line, v)
}

// input is what is asked for: a file that is passed on, or the bytes that follow.
func (q request) input(r io.Reader, files *passing) (in read.Input, closeInput func(), err error) {
	if !q.Passed {
		data := make([]byte, q.Size)
		_, err := io.ReadFull(r, data)
		return read.Bytes(q.Name, data), func() {}, err
	}
	f, err := files.receive()
	if err != nil {
		return read.Input{}, nil, err
	}
	return read.Input{Name: q.Name, Data: f, Size: q.Size}, func() { _ = f.Close() }, nil // it was only read
}

// answerWith reads a file and sends what is in it. Its error is one of sending:
// those of reading are sent.
func answerWith(ctx context.Context, formats read.Registry, in read.Input, to *sender) error {
	for doc, err := range formats.Read(ctx, in) {
		a := answer{Document: &doc}
		if err != nil {
			a = answer{Error: failureOf(err)}
		}
		if err := to.send(a); err != nil {
			return fmt.Errorf("send a document: %w", err)
		}
	}
	return to.send(answer{Done: true})
}

// bound has the collector work harder before the process must give up, and
// ends a recursion early.
func bound(memory int64) {
	debug.SetMemoryLimit(memory / 4 * 3)
	debug.SetMaxStack(256 << 20)
}

// lookEvery is how often the memory of the process is looked at; a reader can
// fill some tens of megabytes in that time.
const lookEvery = 20 * time.Millisecond

var (
	errMemory = errors.New("the limit of memory is reached")
	errTime   = errors.New("the limit of time is reached")
)

// guard waits for the end of a reading, or for a limit.
func guard(ctx context.Context, done <-chan error, s settings) error {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	late := time.NewTimer(s.Time)
	defer late.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
			return ctx.Err()
		case <-late.C:
			return errTime
		case <-look.C:
			if held() > s.Memory {
				return errMemory
			}
		}
	}
}

// held is how many bytes the process has from the system.
func held() int64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64() - samples[1].Value.Uint64())
}
