// Command docent answers questions from a folder of documents, on the command
// line, and shows the exact words behind every statement.
//
//	docent ask --from handbook "How many days a year may I work from abroad?"
//
// `docent help` lists the commands and `docent help exit-codes` what they
// leave behind.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // an image FROM scratch has no time zones,

	_ "golang.org/x/crypto/x509roots/fallback" // and no certificates of authorities
)

// mostFarewell is how long a command may take to end after a signal, whatever it
// waits for.
const mostFarewell = time.Minute

func main() {
	// With SIGPIPE ignored, a reader that goes away (`docent … | head`) is a
	// write error, after which what is temporary gets removed.
	signal.Ignore(syscall.SIGPIPE)
	ctx, end := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		cause := errInterrupted
		if <-signals == syscall.SIGTERM {
			cause = errTerminated
		}
		signal.Reset(os.Interrupt, syscall.SIGTERM) // the second one ends the process at once
		end(cause)
		time.AfterFunc(mostFarewell, func() { os.Exit(exitCode(errInterrupted)) })
	}()
	os.Exit(run(ctx, os.Args[1:], secrets(os.Getenv, os.Stderr), os.Stdin, os.Stdout, os.Stderr))
}
