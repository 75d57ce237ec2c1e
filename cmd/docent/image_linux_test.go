package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// TestImage runs the program as deploy/Dockerfile has it: in a root that holds
// nothing but the program, what every container gets (/proc and /dev/null) and
// the two folders, as its user, with its variables.
func TestImage(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	if os.Geteuid() != 0 {
		t.Skip("only root may change the root")
	}
	recipe, err := os.ReadFile("deploy/Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	_, recipe, _ = bytes.Cut(recipe, []byte("FROM scratch"))
	said := func(instruction string) []string {
		return strings.Fields(string(regexp.MustCompile(`(?m)^` + instruction + ` (.*)$`).FindSubmatch(recipe)[1]))
	}
	root := emptyRoot(t, 65532)
	if err := os.Link(buildStatic(t), filepath.Join(root, "docent")); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(root, "documents"), os.DirFS(handbook)); err != nil {
		t.Fatal(err)
	}
	docent := func(args ...string) string {
		t.Helper()
		c := exec.CommandContext(t.Context(), strings.Trim(said("ENTRYPOINT")[0], `[]"`), args...)
		c.Dir, c.Env = said("WORKDIR")[0], said("ENV")
		c.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
		var errs bytes.Buffer
		c.Stderr = &errs
		out, err := c.Output()
		if err != nil {
			t.Fatalf("docent %s: %v\n%s", strings.Join(args, " "), err, &errs)
		}
		return string(out)
	}
	if user := said("USER")[0]; user != "65532:65532" {
		t.Errorf("the user is %s", user)
	}
	if out := docent("ingest", "/documents"); !strings.Contains(out, " 0 failed") {
		t.Errorf("ingest said %s", out)
	}
	if out := docent("ask", questions["en"].found); !strings.Contains(out, "fifteen days") {
		t.Errorf("the answer is %s", out)
	}
	if out := docent("ask", "--from", "/documents", questions["fr"].found); !strings.Contains(out, "jours") {
		t.Errorf("the answer from a folder is %s", out)
	}
}

// emptyRoot is the root of a container for a user.
func emptyRoot(t *testing.T, user int) string {
	t.Helper()
	root := t.TempDir()
	for _, dir := range []string{"dev", "proc", "data", "data/tmp"} {
		if err := os.Mkdir(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{"data", "data/tmp"} {
		if err := os.Chown(filepath.Join(root, dir), user, user); err != nil {
			t.Fatal(err)
		}
	}
	for dir := root; dir != filepath.Dir(filepath.Dir(root)); dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	const character, null = syscall.S_IFCHR | 0o666, 1<<8 | 3 // null(4)
	if err := syscall.Mknod(filepath.Join(root, "dev", "null"), character, null); err != nil {
		t.Skipf("no devices can be made here: %v", err)
	}
	if err := os.Chmod(filepath.Join(root, "dev", "null"), 0o666); err != nil {
		t.Fatal(err)
	}
	proc := filepath.Join(root, "proc")
	if err := syscall.Mount("proc", proc, "proc", 0, ""); err != nil {
		t.Skipf("no /proc can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(proc, 0); err != nil {
			t.Error(err)
		}
	})
	return root
}

// TestUnit: systemd finds nothing wrong with the unit, and it shuts the service in.
func TestUnit(t *testing.T) {
	analyse, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("there is no systemd-analyze here")
	}
	unit, err := os.ReadFile("deploy/docent.service")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "docent.service")
	// The program need not be installed for the rest to be looked at.
	if err := os.WriteFile(path, bytes.ReplaceAll(unit, []byte("/usr/local/bin/docent"), []byte("/bin/true")), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), analyse, "verify", path).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("verify: %v: %s", err, out)
	}
	if out, err := exec.CommandContext(t.Context(), analyse, "security", "--offline=true", "--threshold=25", path).CombinedOutput(); err != nil {
		t.Errorf("security: %v: %s", err, out)
	}
}
