package ranker

import "math"

// reach is how many widths from its centre a kernel is taken to end.
const reach = 5

// Bells sets dst, a row of kernels for each number of met, to what each kernel
// makes of it.
func (s Shape) Bells(dst, met []float32) {
	for i, x := range met {
		row := dst[i*len(s.Kernels) : (i+1)*len(s.Kernels)]
		if i > 0 && x == met[i-1] {
			copy(row, dst[(i-1)*len(s.Kernels):])
			continue
		}
		for k, kernel := range s.Kernels {
			z := float64((x - kernel.Centre) / kernel.Width)
			row[k] = 0
			if z > -reach && z < reach {
				row[k] = float32(math.Exp(-z * z / 2))
			}
		}
	}
}

// Sigmoid is the logistic function.
func Sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }

// AskedInput sets dst, of length Asked, to what the network reads of a word of the
// question.
func (s Shape) AskedInput(dst, projected []float32, w QuestionWord) {
	n := copy(dst, projected)
	bits(dst[n:n+s.QuestionBits], w.Shape)
	dst[n+s.QuestionBits] = w.IDF / usualIDF
	dst[n+s.QuestionBits+1] = 0
	if w.IDF > 0 {
		dst[n+s.QuestionBits+1] = 1
	}
}

// WordInput sets dst to what the network reads of a word of a candidate beside its
// projection: its shape, and how well it meets the question.
func (s Shape) WordInput(dst []float32, shape uint32, best float32) {
	bits(dst[:s.WordBits], shape)
	dst[s.WordBits] = best
}

// usualIDF brings what a word tells to about 1.
const usualIDF = 8

func bits(dst []float32, shape uint32) {
	for i := range dst {
		dst[i] = float32(shape >> i & 1)
	}
}
