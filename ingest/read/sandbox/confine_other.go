//go:build !linux

package sandbox

// confine does nothing here.
func confine() {}

// resident is not known here: a process looks at its memory itself.
func resident(int) int64 { return 0 }
