//go:build !amd64

package embed

func addRow(dst []float32, row string, weight float32) { addRowGo(dst, row, weight) }

func dotRow(a []int16, row string) int32 { return dotRowGo(a, row) }
