package ranker

// Axpy adds a times x to y, which is at least as long. Each element is rounded
// after the product and after the sum, so that the result is the same on every
// machine.
func Axpy(a float32, x, y []float32) {
	if len(x) == 0 {
		return
	}
	_ = y[len(x)-1]
	axpySSE(a, &x[0], &y[0], len(x))
}

// axpySSE is axpy with instructions that every amd64 has.
//
//go:noescape
func axpySSE(a float32, x, y *float32, n int)
