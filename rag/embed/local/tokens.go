package local

// tokens are a text as a model takes it.
type tokens struct {
	ids []int64
	// n is how many of the ids are the text's; the others fill up.
	n int
}

// padded is the length that a text of n tokens is filled up to, so that there is
// not a graph for each: the steps are small where texts are short.
func padded(n int) int {
	step := 8
	for step*8 < n {
		step *= 2
	}
	return (n + step - 1) / step * step
}

// of returns what a model asks for by that name.
func (t tokens) of(name string) []int64 {
	values := make([]int64, len(t.ids))
	switch name {
	case "input_ids":
		return t.ids
	case "attention_mask":
		for i := range t.n {
			values[i] = 1
		}
	case "position_ids":
		for i := range values {
			values[i] = int64(i)
		}
	}
	return values // of token_type_ids all are 0
}
