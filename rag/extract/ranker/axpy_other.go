//go:build !amd64

package ranker

// Axpy adds a times x to y, which is at least as long. Each element is rounded
// after the product and after the sum, so that the result is the same on every
// machine.
func Axpy(a float32, x, y []float32) { axpy(a, x, y) }
