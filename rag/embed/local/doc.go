// Package local embeds with a sentence encoder that lies in a folder, as
// multilingual-e5-small or all-MiniLM-L6-v2: no server, no download, no C.
//
//	m, err := local.Open(ctx, "models/multilingual-e5-small", local.Options{})
//	e, err := embed.NewAdapter(ctx, m, m.Options())
//
// The folder is one that sentence-transformers or optimum wrote, with the model
// in the ONNX format:
//
//	model.onnx, or onnx/model.onnx   the graph, with its weights or beside them
//	tokenizer.json                   how texts become tokens
//	1_Pooling/config.json            how the vectors of tokens become one
//	config_sentence_transformers.json, sentence_bert_config.json,
//	tokenizer_config.json, config.json   prefixes, and how long a text may be
//
// Of these, the graph and tokenizer.json must be there; [Options] set or
// overrule what the others say.
//
// The graph is computed by gomlx in Go alone, with float32. What is not known of
// the format is refused when the folder is opened. It takes seconds where
// docent's own word vectors take none, see the README for figures.
//
// The tokens are made by the package itself, by the WordPiece and Unigram
// models: the libraries for Go end the program over texts they do not like, or
// take accents for unknown words. A text never becomes one of the tokens that
// steer a model, whatever it says.
package local
