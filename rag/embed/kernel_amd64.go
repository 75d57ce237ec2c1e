package embed

import "golang.org/x/sys/cpu"

var hasAVX2 = cpu.X86.HasAVX2

func addRow(dst []float32, row string, weight float32) {
	if !hasAVX2 {
		addRowGo(dst, row, weight)
		return
	}
	addRowAVX2(dst[:2*len(row)], row, weight)
}

func dotRow(a []int16, row string) int32 {
	if !hasAVX2 {
		return dotRowGo(a, row)
	}
	return dotRowAVX2(a[:2*len(row)], row)
}

// addRowAVX2 is addRowGo for a length that lanes divides.
//
//go:noescape
func addRowAVX2(dst []float32, row string, weight float32)

// dotRowAVX2 is dotRowGo for a length that lanes divides.
//
//go:noescape
func dotRowAVX2(a []int16, row string) int32
