package sandbox

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// confine takes from this process, and from those that it starts, every way to more
// privileges than it has.
func confine() {
	const setNoNewPrivileges = 38
	// Where it is refused the process reads as it is.
	_, _, _ = syscall.AllThreadsSyscall(syscall.SYS_PRCTL, setNoNewPrivileges, 1, 0)
}

// resident is how many bytes a process has in memory of its own, 0 where that
// cannot be known.
func resident(pid int) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	fields := strings.Fields(string(data))
	if err != nil || len(fields) < 3 {
		return 0
	}
	all, _ := strconv.ParseInt(fields[1], 10, 64) // the kernel writes numbers
	shared, _ := strconv.ParseInt(fields[2], 10, 64)
	return (all - shared) * int64(os.Getpagesize())
}
