package local_test

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// encoder is a graph of the real shape of small sentence encoders (BERT), with
// weights made up.
type encoder struct {
	layers, width, heads, inner, vocabulary, positions int
}

// miniLM has the shape of all-MiniLM-L6-v2, and but for the vocabulary and
// twelve layers that of multilingual-e5-small.
var miniLM = encoder{layers: 6, width: 384, heads: 12, inner: 1536, vocabulary: 30_522, positions: 512}

// small has the same parts, and computes in no time.
var small = encoder{layers: 2, width: 8, heads: 2, inner: 16, vocabulary: len(words), positions: 64}

func (c encoder) files() files {
	return tiny().with(files{"model.onnx": string(c.file()), "config.json": `{"max_position_embeddings": 64}`})
}

func (c encoder) file() []byte {
	g, r := &drawing{}, rand.New(rand.NewPCG(1, 2))
	normal := func(name string, shape ...int) string {
		n := 1
		for _, d := range shape {
			n *= d
		}
		values := make([]float32, n)
		for i := range values {
			values[i] = float32(r.NormFloat64() * 0.05)
		}
		g.weights(name, values, shape...)
		return name
	}
	for _, name := range []string{"input_ids", "attention_mask", "token_type_ids"} {
		g.input(name)
	}
	g.output("last_hidden_state", anyLength, anyLength, c.width)
	g.weights("one", []float32{1})
	g.weights("half", []float32{0.5})
	g.weights("two", []float32{2})
	g.weights("root2", []float32{1.4142135})
	g.weights("epsilon", []float32{1e-12})
	g.weights("low", []float32{-1e4})
	g.weights("scale", []float32{float32(math.Sqrt(float64(c.width / c.heads)))})
	g.whole("axes12", []int{1, 2}, 2)
	g.whole("split", []int{0, 0, c.heads, c.width / c.heads}, 4)
	g.whole("join", []int{0, 0, c.width}, 3)
	g.whole("zero", []int{0}, 1)
	g.whole("axis0", []int{0}, 1)
	g.whole("first", []int{1}, 1)

	op := func(operator, output string, inputs ...string) string {
		g.node(operator, output, inputs)
		return output
	}
	norm := func(name, x string) string {
		mean, centred := name+".mean", name+".centred"
		g.node("ReduceMean", mean, []string{x}, attribute{"axes", []int{-1}})
		op("Sub", centred, x, mean)
		op("Pow", name+".squares", centred, "two")
		g.node("ReduceMean", name+".variance", []string{name + ".squares"}, attribute{"axes", []int{-1}})
		op("Sqrt", name+".deviation", op("Add", name+".sum", name+".variance", "epsilon"))
		op("Div", name+".unit", centred, name+".deviation")
		return op("Add", name, op("Mul", name+".scaled", name+".unit", normal(name+".weight", c.width)), normal(name+".bias", c.width))
	}
	dense := func(name, x string, from, to int) string {
		return op("Add", name, op("MatMul", name+".product", x, normal(name+".weight", from, to)), normal(name+".bias", to))
	}

	words := op("Gather", "words", normal("word_embeddings", c.vocabulary, c.width), "input_ids")
	types := op("Gather", "types", normal("type_embeddings", 2, c.width), "token_type_ids")
	op("Shape", "shape", "input_ids")
	g.node("Slice", "length", []string{"shape", "first", "axes2", "axis0"})
	g.whole("axes2", []int{2}, 1)
	g.node("Slice", "positions", []string{normal("position_embeddings", c.positions, c.width), "zero", "length", "axis0"})
	x := norm("embeddings", op("Add", "embedded", op("Add", "typed", words, types), "positions"))

	g.node("Unsqueeze", "mask4", []string{"attention_mask", "axes12"})
	g.node("Cast", "maskf", []string{"mask4"}, attribute{"to", floats})
	mask := op("Mul", "mask", op("Sub", "masked", "one", "maskf"), "low")
	for layer := range c.layers {
		name := fmt.Sprintf("layer%d", layer)
		headed := func(which string, order ...int) string {
			n := name + "." + which
			op("Reshape", n+".split", dense(n, x, c.width, c.width), "split")
			g.node("Transpose", n+".heads", []string{n + ".split"}, attribute{"perm", order})
			return n + ".heads"
		}
		q, k, v := headed("query", 0, 2, 1, 3), headed("key", 0, 2, 3, 1), headed("value", 0, 2, 1, 3)
		op("Div", name+".scaled", op("MatMul", name+".scores", q, k), "scale")
		g.node("Softmax", name+".attention", []string{op("Add", name+".biased", name+".scaled", mask)}, attribute{"axis", -1})
		g.node("Transpose", name+".back", []string{op("MatMul", name+".seen", name+".attention", v)}, attribute{"perm", []int{0, 2, 1, 3}})
		op("Reshape", name+".joined", name+".back", "join")
		x = norm(name+".norm1", op("Add", name+".residual1", x, dense(name+".output", name+".joined", c.width, c.width)))
		inner := dense(name+".inner", x, c.width, c.inner)
		op("Erf", name+".erf", op("Div", name+".div", inner, "root2"))
		op("Mul", name+".gelu", op("Mul", name+".gate", inner, op("Add", name+".erf1", name+".erf", "one")), "half")
		outer := dense(name+".outer", name+".gelu", c.inner, c.width)
		x = norm(name+".norm2", op("Add", name+".residual2", x, outer))
	}
	op("Identity", "last_hidden_state", x)
	return g.file()
}
