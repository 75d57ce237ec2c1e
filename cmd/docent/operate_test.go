//go:build unix

package main

import (
	"bufio"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"docent/bot/slacktest"
)

// TestReload: a SIGHUP has a wrong configuration told and left, and a right one
// taken, and what is asked before and after is answered.
func TestReload(t *testing.T) {
	t.Parallel()
	d := newTeam(t, "", slacktest.Options{})
	p := d.start()
	ask := func() {
		t.Helper()
		d.replies(d.general, d.mention(d.general, d.bob, questions["en"].found).TS, 1)
	}
	reload := func(configuration, logged string) {
		t.Helper()
		d.write("docent.yaml", "library: library.db\n"+configuration)
		if err := p.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		d.logged(logged)
	}
	ask()
	reload("answer: {threshold: 7}\n", "the configuration is left as it was")
	ask()
	reload("log: {format: json}\n", `"msg":"answering in Slack"`)
	ask()
	p.end(syscall.SIGTERM)
	if !p.ProcessState.Success() {
		t.Errorf("%v: %s", p.ProcessState, d.stderr)
	}
}

// TestWatchTerminated: who follows folders until a service manager ends it has done
// its work.
func TestWatchTerminated(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := docent(t.Context(), "ingest", "--watch", "--json", "--library", filepath.Join(dir, "team.db"), handbook)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("%q, %v", line, err)
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Error(err)
	}
}

// TestNotify: a service manager is told when docent answers.
func TestNotify(t *testing.T) {
	t.Parallel()
	d := newTeam(t, "", slacktest.Options{})
	socket := filepath.Join(d.dir, "notify")
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	d.start("NOTIFY_SOCKET=" + socket)
	said := make([]byte, 64)
	n, err := l.Read(said)
	if err != nil || string(said[:n]) != "READY=1" {
		t.Errorf("told %q, %v", said[:n], err)
	}
}

// TestSecretFiles: secrets come from files that variables name, or from the
// credentials of systemd.
func TestSecretFiles(t *testing.T) {
	t.Parallel()
	for name, variable := range map[string]string{"_FILE": "SLACK_BOT_TOKEN_FILE=", "credentials": "CREDENTIALS_DIRECTORY="} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newTeam(t, "", slacktest.Options{})
			file := d.write("credentials/SLACK_BOT_TOKEN", d.BotToken()+"\n")
			if name == "credentials" {
				file = filepath.Dir(file)
			}
			d.start("SLACK_BOT_TOKEN=", variable+file)
			d.replies(d.general, d.mention(d.general, d.bob, questions["en"].found).TS, 1)
		})
	}
	t.Run("missing", func(t *testing.T) {
		var warned strings.Builder
		environment := map[string]string{"OPENAI_API_KEY_FILE": filepath.Join(t.TempDir(), "none"), "HOME_FILE": os.Args[0]}
		getenv := secrets(func(name string) string { return environment[name] }, &warned)
		if key, home := getenv("OPENAI_API_KEY"), getenv("HOME"); key != "" || home != "" || !strings.Contains(warned.String(), "OPENAI_API_KEY_FILE") {
			t.Errorf("a key %q, a home of %d bytes, and the warning %q", key, len(home), &warned)
		}
	})
}
