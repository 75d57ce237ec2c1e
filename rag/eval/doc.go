// Package eval measures how well questions are answered: it reads question
// sets, puts their questions to a system, and turns what comes back into
// figures that can be compared.
//
//	set, err := eval.Load("sets/handbook", eval.Options{})
//	reports, err := eval.Evaluator{Opener: opener}.Run(ctx, set)
//	err = eval.WriteHTML(w, eval.Pages{Reports: reports})
//
// # Sets
//
// A set is a folder in the form of BEIR (Thakur et al., "BEIR", 2021):
// corpus.jsonl (or .gz) with one document a line, queries.jsonl, and qrels.tsv,
// which says which documents a question is answered by. Besides that form,
// answers.jsonl holds what is known of the answers; a folder docs/ holds the
// files that the corpus was taken from, which are then read instead, and hits
// are judged by page (file#page); qrels.Q-D.tsv judges questions in language Q
// over the documents in language D only. A questions.jsonl with documents
// beside it is a set too: its hits are judged by the evidence they hold.
//
// A folder with docs.jsonl and questions.jsonl says for each question which runs
// of its document answer, its gold units, as offsets in code points; Join makes
// several such sets one. What is shown is then judged by the units it quotes.
//
// # Figures
//
// Most figures are means of scores: a question either has a score of a measure
// or does not count for it. Others, as the area under a curve, are made of the
// scores of all. Each is a statistic over questions, which makes one bootstrap
// serve all of them, within a run and between two. Measures defines each.
//
// The package ingests nothing itself: an Opener makes a corpus searchable, and a
// Cache keeps what one made.
package eval
