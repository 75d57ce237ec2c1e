package local

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// folder is what lies in the folder of a model.
type folder struct {
	dir, name string
	// graph and graphDir are of the file in the ONNX format.
	graph    []byte
	graphDir string
	// tokenizer is tokenizer.json.
	tokenizer []byte
	// options are what the other files say.
	options Options
}

// graphNames are where a model's graph lies, in order of preference.
var graphNames = []string{"model.onnx", "onnx/model.onnx"}

func readFolder(dir string, options Options) (*folder, error) {
	f := &folder{dir: dir, name: filepath.Base(dir)}
	if whole, err := filepath.Abs(dir); err == nil {
		f.name = filepath.Base(whole)
	}
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = errors.New("it is not a folder")
	}
	if err != nil {
		return nil, missing(dir, "such folder", err)
	}
	if f.tokenizer, err = os.ReadFile(filepath.Join(dir, "tokenizer.json")); err != nil {
		return nil, missing(dir, "tokenizer.json", err)
	}
	names := graphNames
	if options.File != "" {
		names = []string{options.File}
	}
	for _, name := range names {
		path := filepath.Join(dir, name)
		f.graphDir = filepath.Dir(path)
		if f.graph, err = os.ReadFile(path); !errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	if err != nil {
		return nil, missing(dir, strings.Join(names, " or "), err)
	}
	if f.options, err = f.withDefaults(options); err != nil {
		return nil, err
	}
	return f, nil
}

// withDefaults completes the options with what the files of the folder say.
func (f *folder) withDefaults(o Options) (Options, error) {
	var modules []struct {
		Type string `json:"type"`
		Path string `json:"path"`
	}
	if err := f.json("modules.json", &modules); err != nil {
		return o, err
	}
	pooling := "1_Pooling"
	for _, m := range modules {
		switch kind := m.Type[strings.LastIndex(m.Type, ".")+1:]; kind {
		case "Transformer", "Normalize":
		case "Pooling":
			pooling = m.Path
		default:
			return o, &Error{Dir: f.dir, Cure: cureModel, Err: fmt.Errorf("it has a part %s after its graph, which docent does not compute", kind)}
		}
	}
	var err error
	if o.Pooling == "" {
		o.Pooling, err = f.pooling(pooling)
	}
	if err == nil {
		err = f.prefixes(&o)
	}
	if err == nil {
		o.MaxTokens, err = f.length(o.MaxTokens)
	}
	return o, err
}

func (f *folder) pooling(dir string) (Pooling, error) {
	name := filepath.Join(dir, "config.json")
	if _, err := os.Stat(filepath.Join(f.dir, name)); errors.Is(err, fs.ErrNotExist) {
		return Mean, nil
	}
	var file poolingFile
	if err := f.json(name, &file); err != nil {
		return "", err
	}
	p, err := file.pooling()
	if err != nil {
		return "", &Error{Dir: f.dir, Cure: curePooling, Err: err}
	}
	return p, nil
}

// prefixes are prompts in the words of sentence-transformers.
func (f *folder) prefixes(o *Options) error {
	var file struct {
		Prompts map[string]string `json:"prompts"`
	}
	if err := f.json("config_sentence_transformers.json", &file); err != nil {
		return err
	}
	o.QueryPrefix = cmp.Or(o.QueryPrefix, file.Prompts["query"])
	o.PassagePrefix = cmp.Or(o.PassagePrefix, file.Prompts["passage"], file.Prompts["document"])
	return nil
}

// mostTokens is the length where no file tells, that of BERT.
const mostTokens = 512

// length is the one wanted, or for 0 the one that the files tell.
func (f *folder) length(wanted int) (int, error) {
	var sentence struct {
		Length int `json:"max_seq_length"`
	}
	var tokenizer struct {
		Length float64 `json:"model_max_length"` // 1e30 stands for unknown
	}
	var config struct {
		Positions int    `json:"max_position_embeddings"`
		Type      string `json:"model_type"`
	}
	for name, to := range map[string]any{"sentence_bert_config.json": &sentence, "tokenizer_config.json": &tokenizer, "config.json": &config} {
		if err := f.json(name, to); err != nil {
			return 0, err
		}
	}
	if strings.Contains(config.Type, "roberta") {
		config.Positions -= 2 // its positions are counted from 2 on
	}
	if tokenizer.Length > 1<<20 {
		tokenizer.Length = 0
	}
	places := max(config.Positions, 0)
	if wanted > places && places > 0 {
		return 0, &Error{Dir: f.dir, Cure: cureLength, Err: fmt.Errorf("it has places for %d tokens, not for %d", places, wanted)}
	}
	n := cmp.Or(wanted, sentence.Length, int(tokenizer.Length), places, mostTokens)
	return min(n, cmp.Or(places, n)), nil
}

// json reads a file that need not be there.
func (f *folder) json(name string, to any) error {
	data, err := os.ReadFile(filepath.Join(f.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(data, to)
	}
	if err != nil {
		return &Error{Dir: f.dir, Cure: cureFolder, Err: fmt.Errorf("read %s: %w", name, err)}
	}
	return nil
}
