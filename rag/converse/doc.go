// Package converse tells what a message wants before anything is searched, in code,
// for every front end:
//
//	m := converse.Read("Hi team! Quick question: who signs purchase orders? Thanks", "en")
//	// m.Intent == rag.AskIntent, m.Questions[0].Text == "Who signs purchase orders?"
//
// [Read] takes a message apart by the grammars of its languages (en.txt, fr.txt, which
// grammar.go reads): courtesies and frames are taken
// off its sentences (peel.go), and what is left is a request for something else than an
// answer (message.go) or the bare questions (question.go). In doubt it is a question.
//
// [Parts] parts a question that asks several things (parts.go). A question that leans on
// what was said is put as it reads alone: reference.go finds what a pronoun stands for,
// follow.go puts "and in Paris?" into the question before it.
//
// [Answerer] wraps whoever answers questions and answers all else itself: from the
// library's own list (library.go), from one document (document.go), from the answer
// before (again.go), or with a line. Keywords are looked up as questions are; what only
// states something is where the documents speak of it. A refusal that has nothing of
// the question is off topic (topic.go); there is no list of subjects.
package converse
