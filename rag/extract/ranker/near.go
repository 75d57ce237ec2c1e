package ranker

// Near is the convolution of rows of a width, one for each word. dst has a row
// more at either end, and what is there is of no use.
func Near(dst, rows []float32, layer Layer, width int) {
	n := len(rows) / width
	for i := range n {
		copy(dst[(i+1)*width:], layer.Bias)
	}
	clear(dst[:width])
	clear(dst[(n+1)*width : (n+2)*width])
	for i := range n {
		Multiply(rows[i*width:(i+1)*width], layer.Weights, dst[i*width:(i+Taps)*width])
	}
}

// Greatest sets dst to the greatest of the rows, and 0 where all are below.
func Greatest(dst, rows []float32) {
	clear(dst)
	for at := 0; at < len(rows); at += len(dst) {
		for i, x := range rows[at : at+len(dst)] {
			dst[i] = max(dst[i], x)
		}
	}
}

// Mean sets dst to the mean of the rows, a little below where they are few.
func Mean(dst, rows []float32) {
	clear(dst)
	for at := 0; at < len(rows); at += len(dst) {
		for i, x := range rows[at : at+len(dst)] {
			dst[i] += x
		}
	}
	n := float32(len(rows)/len(dst) + 1)
	for i := range dst {
		dst[i] /= n
	}
}
