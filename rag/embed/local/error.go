package local

import (
	"errors"
	"fmt"
	"io/fs"
)

// Error says what is wrong with a folder, and what people can do about it.
type Error struct {
	Dir  string
	Cure string
	Err  error
}

func (e *Error) Error() string { return fmt.Sprintf("the model in %s: %v", e.Dir, e.Err) }

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

const (
	cureFolder = "name a folder with path: that holds model.onnx and tokenizer.json, as those of sentence-transformers do"
	cureModel  = "take another export of the model, as optimum-cli export onnx makes it, or another model; " +
		"or run it on a server and name that with provider: and url:"
	cureLength  = "mend max-tokens: in docent.yaml, or leave it out"
	curePooling = "set pooling: to mean, cls, max or last in docent.yaml"
)

// missing is the error of a folder that lacks a file.
func missing(dir, what string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("there is no %s: %w", what, fs.ErrNotExist)
	}
	return &Error{Dir: dir, Cure: cureFolder, Err: err}
}
