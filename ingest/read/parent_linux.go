package read

import (
	"os/exec"
	"syscall"
)

// endWithParent has the system end a process with the one that started it,
// even where that one is killed.
func endWithParent(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
