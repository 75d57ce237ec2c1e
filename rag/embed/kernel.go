package embed

// lanes is what a dimension is a multiple of, so that kernels have no rest. A
// row packs so many numbers of -7 to 7 into half as many bytes, eight added:
// byte i holds number i in its low half and number lanes/2+i in its high half.
const lanes = 32

// addRowGo adds weight·row to dst, which is twice as long. It rounds each
// product and each sum, as the machine's kernel does, so that a text has one
// vector on all machines.
func addRowGo(dst []float32, row string, weight float32) {
	for ; len(dst) >= lanes; dst, row = dst[lanes:], row[lanes/2:] {
		d, r := dst[:lanes], row[:lanes/2]
		for i := range lanes / 2 {
			d[i] += float32(weight * float32(int32(r[i]&15)-8))
			d[i+lanes/2] += float32(weight * float32(int32(r[i]>>4)-8))
		}
	}
}

// dotRowGo is the product of a row with numbers of its size.
func dotRowGo(a []int16, row string) (sum int32) {
	for ; len(a) >= lanes; a, row = a[lanes:], row[lanes/2:] {
		for i := range lanes / 2 {
			sum += int32(a[i])*(int32(row[i]&15)-8) + int32(a[i+lanes/2])*(int32(row[i]>>4)-8)
		}
	}
	return sum
}

// unpack returns the numbers of a row.
func unpack(row string) []int16 {
	numbers := make([]int16, 2*len(row))
	unpackInto(numbers, row)
	return numbers
}

func unpackInto(numbers []int16, row string) {
	for ; len(row) >= lanes/2; numbers, row = numbers[lanes:], row[lanes/2:] {
		n, r := numbers[:lanes], row[:lanes/2]
		for i := range lanes / 2 {
			n[i] = int16(r[i]&15) - 8
			n[i+lanes/2] = int16(r[i]>>4) - 8
		}
	}
}

// appendPacked packs numbers of -8 to 7, as unpack takes them out.
func appendPacked(dst []byte, numbers []int8) []byte {
	for ; len(numbers) >= lanes; numbers = numbers[lanes:] {
		for i := range lanes / 2 {
			dst = append(dst, byte(numbers[i]+8)|byte(numbers[i+lanes/2]+8)<<4)
		}
	}
	return dst
}
