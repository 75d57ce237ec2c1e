// Package llm has the language models: those of a provider, or of a server of
// one's own.
//
//	model, err := llm.Open(llm.Config{Provider: "ollama", Model: "gemma4"})
//	…
//	defer model.Close()
//	generation, err := model.Generate(ctx, request, emit)
//
// # Two protocols
//
// A [Preset] names a provider: where it is, which of two protocols it speaks
// and which variables of the environment its users know. Nearly all speak
// OpenAI's, at another address; Anthropic speaks its own. The seam is
// [rag.ToolModel]; of langchaingo the messages are left, for programs that speak
// them. What reranks is a [Reranker], in the two forms that Cohere and
// text-embeddings-inference gave it.
//
// # What every call passes through
//
// Where a provider refuses a parameter that a request can do without, as models
// that reason refuse a temperature, it is left out, or goes by its other name, and
// the request is made again at once, see unsupported; later calls know.
//
// A call has a time it must end in, waits for its turn, is refused at once
// while the model is known to be down, and is tried again where that may help:
// [Config] has the figures, and each of the four stands in a file of its own.
// None of them repeats what was already shown: a stream that breaks after its
// first piece is an error, an [Error], which is rag.ErrModelUnavailable where
// another time may be better.
//
// A stand-in for the providers, with all their faults, is
// docent/rag/llm/llmtest.
package llm
