package ranker

func axpy(a float32, x, y []float32) {
	y = y[:len(x)]
	for i, v := range x {
		// The conversion forbids the compiler to fuse the two operations.
		y[i] += float32(a * v)
	}
}

// Multiply adds the product of a vector and a matrix to y: the matrix has a row
// as long as y for each element of x. Most elements behind a rectifier are zero,
// and cost nothing.
func Multiply(x, matrix, y []float32) {
	n := len(y)
	for i, v := range x {
		if v != 0 {
			Axpy(v, matrix[i*n:(i+1)*n], y)
		}
	}
}

// Rectify sets what is below zero to zero.
func Rectify(x []float32) {
	for i, v := range x {
		x[i] = max(v, 0)
	}
}
