package train

import (
	"math"

	"github.com/viterin/vek/vek32"
)

// addScaled adds a·x to dst by way of buffer, all of one length. Two passes of
// vek are three times as fast as one plain loop.
func addScaled(dst, x []float32, a float32, buffer []float32) {
	vek32.Add_Inplace(dst, vek32.MulNumber_Into(buffer, x, a))
}

// The constants of Adam, as its authors propose.
const (
	beta1   = .9
	beta2   = .999
	epsilon = 1e-8
)

// adam moves w against gradient g, which it overwrites, with the moments m1
// and m2 (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015).
func adam(w, m1, m2, g []float32, step int, rate float64, buffer []float32) {
	scale := rate / (1 - math.Pow(beta1, float64(step)))
	root := math.Sqrt(1 / (1 - math.Pow(beta2, float64(step))))
	vek32.MulNumber_Inplace(m1, beta1)
	vek32.Add_Inplace(m1, vek32.MulNumber_Into(buffer, g, 1-beta1))
	vek32.MulNumber_Inplace(m2, beta2)
	vek32.Mul_Inplace(vek32.MulNumber_Into(buffer, g, 1-beta2), g)
	vek32.Add_Inplace(m2, buffer)
	vek32.Sqrt_Into(g, m2)
	vek32.MulNumber_Inplace(g, float32(root))
	vek32.AddNumber_Inplace(g, epsilon)
	vek32.Div_Into(buffer, m1, g)
	vek32.MulNumber_Inplace(buffer, float32(scale))
	vek32.Sub_Inplace(w, buffer)
}
