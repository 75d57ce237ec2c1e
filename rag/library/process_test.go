package library_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// Some promises are about several processes: the test binary runs itself as
// the other one, which this variable tells what to be.
const roleVariable = "DOCENT_TEST_ROLE"

var roles = map[string]func(ctx context.Context, path string) error{
	"open":    childOpen,
	"put":     childPut,
	"write":   childWrite,
	"rebuild": childRebuild,
}

func TestMain(m *testing.M) {
	role, ok := roles[os.Getenv(roleVariable)]
	if !ok {
		os.Exit(m.Run())
	}
	if err := role(context.Background(), os.Args[len(os.Args)-1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child is this binary in a role.
func child(t testing.TB, role, path string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self, path)
	c.Env = append(os.Environ(), roleVariable+"="+role)
	return c
}

// runChild returns what the role prints.
func runChild(t testing.TB, role, path string) string {
	t.Helper()
	c := child(t, role, path)
	var out, complaint bytes.Buffer
	c.Stdout, c.Stderr = &out, &complaint
	if err := c.Run(); err != nil {
		t.Fatalf("%s: %v: %s", role, err, complaint.String())
	}
	return out.String()
}

// residentMB is the memory that the process has in use, by Linux's account.
func residentMB() (float64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if kb, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(kb), " kB"), 64)
			return n / 1000, err
		}
	}
	return 0, fmt.Errorf("no VmRSS in %q", status)
}
