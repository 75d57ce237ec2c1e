package ranker

// Network is an ensemble of networks of one shape with all that reading and
// judging takes. It never changes, and is safe for use by several goroutines.
type Network struct {
	Shape Shape
	// Measures are those that it reads, in its order.
	Measures []Measure
	// Projection brings a word's vector down: a row for each of its numbers.
	Projection []float32
	// Members are averaged.
	Members []Weights
	// Calibration makes a probability of the outputs.
	Calibration Calibration
	// Origin says what it was made from.
	Origin Origin
}

// Measure is a measure of candidates with how it is spread over those that the
// network was fitted to.
type Measure struct {
	Name            string
	Mean, Deviation float32
}

// farthest is the most that a measure counts, in deviations from the mean.
const farthest = 4

// Standard is a value of the measure in deviations from the mean.
func (m Measure) Standard(value float32) float32 {
	return max(-farthest, min((value-m.Mean)/m.Deviation, farthest))
}

// Origin is what a network was made from.
type Origin struct {
	// Questions is the SHA-256 of all questions and documents, in hexadecimal.
	Questions string
	// Embedder is the fingerprint of the embedder and of the word analysis.
	Embedder string
	// Command is what made it.
	Command string
}

// Project sets dst to the projection of a word's vector.
func (n *Network) Project(dst, vector []float32) {
	clear(dst)
	Multiply(vector, n.Projection, dst)
}
