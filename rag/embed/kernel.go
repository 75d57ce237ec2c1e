package embed

// lanes is what a dimension is a multiple of, so that kernels have no rest.
const lanes = 32

// addRowGo adds weight·row to dst. It rounds each product and each sum, as the
// machine's kernel does, so that a text has one vector on all machines.
func addRowGo(dst []float32, row string, weight float32) {
	dst = dst[:len(row)]
	for i := range dst {
		dst[i] += float32(weight * float32(int8(row[i])))
	}
}

// dotRowGo is the product of a row with numbers of at most 127.
func dotRowGo(a []int16, row string) int32 {
	a = a[:len(row)]
	var sum int32
	for i, x := range a {
		sum += int32(x) * int32(int8(row[i]))
	}
	return sum
}
