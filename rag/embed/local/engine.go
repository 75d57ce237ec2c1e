package local

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"

	"github.com/gomlx/gomlx/backends"
	"github.com/gomlx/gomlx/backends/simplego"
	"github.com/gomlx/gomlx/pkg/core/dtypes"
	"github.com/gomlx/gomlx/pkg/core/graph"
	"github.com/gomlx/gomlx/pkg/core/tensors"
	mlcontext "github.com/gomlx/gomlx/pkg/ml/context"
	"github.com/gomlx/onnx-gomlx/onnx"
)

// engine computes what a graph has for the tokens of one text. Several
// goroutines may use it.
//
// A text goes through alone, so that its vector does not depend on which
// others come with it; filling up to a common length would cost as much as it
// saves where there is no graphics card.
type engine struct {
	backend backends.Backend
	exec    *mlcontext.Exec
	inputs  []input
}

// input is what the graph asks for.
type input struct {
	name string
	kind dtypes.DType
}

// known inputs of sentence encoders.
var knownInputs = []string{"input_ids", "attention_mask", "token_type_ids", "position_ids"}

// newEngine prepares the graph, whose weights lie in the file or beside it in
// the folder dir. What it reads it writes to sum too.
func newEngine(file []byte, dir string, sum io.Writer) (_ *engine, err error) {
	defer recovered(&err)
	_, _ = sum.Write(file) // a checksum takes everything
	m, err := onnx.Parse(file)
	if err != nil {
		return nil, err
	}
	e := &engine{}
	if err := computable(m); err != nil {
		return nil, err
	}
	if e.inputs, err = inputsOf(m); err != nil {
		return nil, err
	}
	output, err := outputOf(m)
	if err != nil {
		return nil, err
	}
	variables, err := weights(m, dir, sum)
	if err != nil {
		return nil, err
	}
	return e, e.prepare(m, variables, output)
}

// prepare makes what runs the graph, of which there is one for each length that
// texts are filled up to.
func (e *engine) prepare(m *onnx.Model, variables *mlcontext.Context, output string) (err error) {
	// One operation after the other: several at once race for what each has
	// used, and a panic of one could not be recovered. Texts run side by side.
	if e.backend, err = simplego.New("ops_sequential"); err != nil {
		return err
	}
	e.exec, err = mlcontext.NewExec(e.backend, variables, func(ctx *mlcontext.Context, in []*graph.Node) []*graph.Node {
		named := make(map[string]*graph.Node, len(in))
		for i, node := range in {
			named[e.inputs[i].name] = node
		}
		return m.CallGraph(ctx, in[0].Graph(), named, output)
	})
	if err == nil {
		e.exec.SetMaxCache(-1)
	}
	return err
}

// computed are the types of numbers, as onnx.proto numbers them, that the
// engine computes with: float32, int32, int64 and bool. Over products of others
// it panics in goroutines of its own, where nothing can recover it.
var computed = []int32{1, 6, 7, 9}

func computable(m *onnx.Model) error {
	for _, t := range m.Proto.Graph.Initializer {
		if !slices.Contains(computed, t.DataType) {
			return fmt.Errorf("the weights %s are quantised or of half precision (type %d of ONNX), and docent computes with float32", t.Name, t.DataType)
		}
	}
	return nil
}

func inputsOf(m *onnx.Model) ([]input, error) {
	var inputs []input
	for i, name := range m.InputsNames {
		kind := m.InputsShapes[i].DType
		if !slices.Contains(knownInputs, name) || kind != dtypes.Int64 && kind != dtypes.Int32 {
			return nil, fmt.Errorf("the model asks for %s (%s), and can be given %s", name, kind, strings.Join(knownInputs, ", "))
		}
		inputs = append(inputs, input{name: name, kind: kind})
	}
	if len(inputs) == 0 {
		return nil, errors.New("the model asks for nothing")
	}
	return inputs, nil
}

// outputOf chooses the vectors of the tokens if there are any, as their
// pooling is known, or else the vector of the text.
func outputOf(m *onnx.Model) (string, error) {
	for _, axes := range []int{3, 2} {
		for i, name := range m.OutputsNames {
			if s := m.OutputsShapes[i]; s.Rank() == axes && s.DType == dtypes.Float32 {
				return name, nil
			}
		}
	}
	return "", fmt.Errorf("the model gives %s, and none of it is the vectors of tokens or the vector of a text", strings.Join(m.OutputsNames, ", "))
}

// weights takes the numbers out of the model into memory of the engine's own.
func weights(m *onnx.Model, dir string, sum io.Writer) (*mlcontext.Context, error) {
	if err := readExternalData(m, dir, sum); err != nil {
		return nil, err
	}
	variables := mlcontext.New()
	runtime.GC() // what follows goes where the file was
	if err := m.VariablesToContext(variables); err != nil {
		return nil, err
	}
	for _, t := range m.Proto.Graph.Initializer {
		if len(t.RawData) > smallWeights {
			t.RawData = nil
		}
	}
	return variables.Reuse(), nil
}

// smallWeights are looked at again when a graph is made, as they may be the
// number of an axis or a length; larger ones are not.
const smallWeights = 64 << 10

// run returns the numbers that the graph gives for a text, with the lengths of
// their axes.
func (e *engine) run(t tokens) (_ []float32, axes []int, err error) {
	defer recovered(&err)
	args := make([]any, len(e.inputs))
	for i, in := range e.inputs {
		args[i] = tensorOf(in.kind, t.of(in.name))
	}
	outputs, err := e.exec.Exec(args...)
	if err != nil {
		return nil, nil, err
	}
	var numbers []float32
	if err := tensors.ConstFlatData(outputs[0], func(data []float32) { numbers = slices.Clone(data) }); err != nil {
		return nil, nil, err
	}
	return numbers, outputs[0].Shape().Dimensions, outputs[0].FinalizeAll()
}

// tensorOf is one row of numbers.
func tensorOf(kind dtypes.DType, values []int64) *tensors.Tensor {
	if kind == dtypes.Int64 {
		return tensors.FromFlatDataAndDimensions(values, 1, len(values))
	}
	narrow := make([]int32, len(values))
	for i, v := range values {
		narrow[i] = int32(v)
	}
	return tensors.FromFlatDataAndDimensions(narrow, 1, len(narrow))
}

func (e *engine) close() {
	e.exec.Finalize()
	e.backend.Finalize()
}

// recovered makes an error of a panic: the libraries below panic over graphs
// that they do not know their way in.
func recovered(err *error) {
	switch p := recover().(type) {
	case nil:
	case error:
		*err = p
	default:
		*err = fmt.Errorf("%v", p)
	}
}
