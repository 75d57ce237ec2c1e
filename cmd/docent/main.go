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
)

// mostFarewell is how long a command may take to end after a signal, whatever it
// waits for.
const mostFarewell = time.Minute

func main() {
	// With SIGPIPE ignored, a reader that goes away (`docent … | head`) is a
	// write error, after which what is temporary gets removed.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() {
		stop() // the second signal ends the process at once
		time.AfterFunc(mostFarewell, func() { os.Exit(exitCode(errInterrupted)) })
	})
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}
