package read

import (
	"os/exec"
	"syscall"
)

// EndWithParent has the system end a process with the one that started it,
// even where that one is killed.
func EndWithParent(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
