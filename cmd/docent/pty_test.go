//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"
)

// console is docent chat at a terminal.
type console struct {
	t        *testing.T
	process  *exec.Cmd
	keys     *os.File // what somebody holds
	terminal *os.File // what the program sees
	before   *term.State
	shown    bytes.Buffer
}

func newConsole(t *testing.T, columns uint16, args ...string) *console {
	t.Helper()
	keys, terminal, err := pty.Open()
	if err != nil {
		t.Skipf("there is no terminal to be had: %v", err)
	}
	t.Cleanup(func() {
		keys.Close()
		terminal.Close()
	})
	if err := pty.Setsize(terminal, &pty.Winsize{Rows: 24, Cols: columns}); err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, process: docent(t.Context(), append([]string{"chat"}, args...)...), keys: keys, terminal: terminal}
	if c.before, err = term.GetState(int(terminal.Fd())); err != nil {
		t.Fatal(err)
	}
	c.process.Env = append(os.Environ(), "TERM=xterm", "NO_COLOR=1")
	c.process.Stdin, c.process.Stdout, c.process.Stderr = terminal, terminal, terminal
	if err := c.process.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *console) press(keys string) {
	c.t.Helper()
	if _, err := io.WriteString(c.keys, keys); err != nil {
		c.t.Fatal(err)
	}
}

// see waits until a text is shown, and returns what was shown up to it.
func (c *console) see(text string) string {
	c.t.Helper()
	if err := c.keys.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		c.t.Fatal(err)
	}
	buffer := make([]byte, 4096)
	for {
		if head, rest, found := strings.Cut(c.shown.String(), text); found {
			c.shown.Reset()
			c.shown.WriteString(rest)
			return head + text
		}
		n, err := c.keys.Read(buffer)
		c.shown.Write(buffer[:n])
		if err != nil {
			c.t.Fatalf("no %q: %v in %q", text, err, c.shown.String())
		}
	}
}

// ends waits for the program, and looks at how it leaves the terminal.
func (c *console) ends(code int) {
	c.t.Helper()
	_ = c.process.Wait() // the code says it
	if got := c.process.ProcessState.ExitCode(); got != code {
		c.t.Errorf("exit code %d, want %d; shown %q", got, code, c.shown.String())
	}
	after, err := term.GetState(int(c.terminal.Fd()))
	if err != nil || *after != *c.before {
		c.t.Errorf("%v: the terminal is left as %+v, and was %+v", err, after, c.before)
	}
}

// TestChatAtATerminal: lines are edited and fetched again, answers are as wide
// as the terminal, and it is left as it was.
func TestChatAtATerminal(t *testing.T) {
	dir := t.TempDir()
	const note = "The ferry of the company leaves the harbour at noon and carries forty people to the island."
	if err := os.WriteFile(filepath.Join(dir, "note.txt"), []byte(note+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	library := filepath.Join(dir, "team.db")
	mustRun(t, "ingest", "--library", library, filepath.Join(dir, "note.txt"))

	c := newConsole(t, 40, "--library", library)
	c.see("? ")
	c.press("When does the fery leave the harbour?" + strings.Repeat("\x1b[D", len("y leave the harbour?")) + "r\r")
	answer := c.see("[1]")
	_, answer, _ = strings.Cut(answer, "harbour?\r\n")
	if !strings.Contains(answer, "The ferry of the company leaves the\r\nharbour at noon") {
		t.Errorf("answered %q", answer)
	}
	c.see("note.txt")
	c.see("? ")
	c.press("\x1b[A") // the question again
	c.see("When does the ferry leave the harbour?")
	c.press("\x03")
	c.see("^C (again, or ^D, to end)\r\n? ")
	c.press("\x04")
	c.ends(0)

	c = newConsole(t, 40, "--library", library)
	c.see("? ")
	c.press("\x03")
	c.see("to end)\r\n? ")
	c.press("\x03")
	c.ends(130)

	c = newConsole(t, 40, "--library", library)
	c.see("? ")
	if err := c.process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	c.ends(130)
}
