package local_test

import (
	"encoding/binary"
	"math"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"
)

// drawing writes a model in the ONNX format: the messages of onnx.proto that a
// sentence encoder takes, field by field.
type drawing struct{ data []byte }

// Types of elements, as onnx.proto numbers them.
const (
	floats = 1
	ints   = 7
)

// anyLength is a dimension that an input or output has at run time.
const anyLength = -1

func message(number protowire.Number, data []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(nil, number, protowire.BytesType), data)
}

func text(number protowire.Number, s string) []byte { return message(number, []byte(s)) }

func number(field protowire.Number, n int) []byte {
	return protowire.AppendVarint(protowire.AppendTag(nil, field, protowire.VarintType), uint64(n))
}

// attribute is an integer, a list of integers or a tensor.
type attribute struct {
	name  string
	value any
}

func (a attribute) encode() []byte {
	data := text(1, a.name)
	switch v := a.value.(type) {
	case int:
		data = append(append(data, number(3, v)...), number(20, 2)...)
	case []int:
		for _, n := range v {
			data = append(data, number(8, n)...)
		}
		data = append(data, number(20, 7)...)
	}
	return data
}

// node computes an output from inputs.
func (g *drawing) node(operator, output string, inputs []string, attributes ...attribute) {
	var data []byte
	for _, in := range inputs {
		data = append(data, text(1, in)...)
	}
	data = append(data, text(2, output)...)
	data = append(data, text(3, output)...)
	data = append(data, text(4, operator)...)
	for _, a := range attributes {
		data = append(data, message(5, a.encode())...)
	}
	g.data = append(g.data, message(1, data)...)
}

// weights is a constant of numbers.
func (g *drawing) weights(name string, values []float32, shape ...int) {
	raw := make([]byte, 0, 4*len(values))
	for _, v := range values {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
	}
	g.constant(name, floats, raw, shape)
}

// whole is a constant of integers.
func (g *drawing) whole(name string, values []int, shape ...int) {
	raw := make([]byte, 0, 8*len(values))
	for _, v := range values {
		raw = binary.LittleEndian.AppendUint64(raw, uint64(v))
	}
	g.constant(name, ints, raw, shape)
}

// beside is a constant of numbers that lie in another file.
func (g *drawing) beside(name, location string, offset, length int, shape ...int) {
	data := tensor(name, floats, shape)
	for key, value := range map[string]string{"location": location, "offset": strconv.Itoa(offset), "length": strconv.Itoa(length)} {
		data = append(data, message(13, append(text(1, key), text(2, value)...))...)
	}
	g.data = append(g.data, message(5, append(data, number(14, 1)...))...)
}

func (g *drawing) constant(name string, kind int, raw []byte, shape []int) {
	g.data = append(g.data, message(5, append(tensor(name, kind, shape), message(9, raw)...))...)
}

func tensor(name string, kind int, shape []int) []byte {
	var data []byte
	for _, d := range shape {
		data = append(data, number(1, d)...)
	}
	return append(append(data, number(2, kind)...), text(8, name)...)
}

func (g *drawing) input(name string) {
	g.data = append(g.data, message(11, value(name, ints, anyLength, anyLength))...)
}

func (g *drawing) output(name string, shape ...int) {
	g.data = append(g.data, message(12, value(name, floats, shape...))...)
}

func value(name string, kind int, shape ...int) []byte {
	var dimensions []byte
	for i, d := range shape {
		one := number(1, d)
		if d == anyLength {
			one = text(2, name+string(rune('a'+i)))
		}
		dimensions = append(dimensions, message(1, one)...)
	}
	tensor := append(number(1, kind), message(2, dimensions)...)
	return append(text(1, name), message(2, message(1, tensor))...)
}

// file is the model as it lies on the disk.
func (g *drawing) file() []byte {
	opset := number(2, 14)
	data := append(number(1, 8), message(7, append(text(2, "made by a test"), g.data...))...)
	return append(data, message(8, opset)...)
}
