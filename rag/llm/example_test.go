package llm_test

import (
	"context"
	"fmt"

	"docent/rag"
	"docent/rag/llm"
	"docent/rag/llm/llmtest"
)

func Example() {
	// A stand-in for the provider; without BaseURL and Client it is Ollama on
	// this machine.
	server := llmtest.StartInMemory()
	defer server.Close()
	server.Script(
		llmtest.Reply{Status: 503, Message: "loading the model"}, // asked again
		llmtest.Reply{Text: "Nine members."},
	)
	model, err := llm.Open(llm.Config{Provider: "ollama", Model: "gemma4", BaseURL: server.URL, Client: server.Client})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = model.Close() }()

	request := rag.ModelRequest{System: "Answer in a few words.", Turns: []rag.Turn{{Text: "What is the quorum?"}}}
	generation, err := model.Generate(context.Background(), request, func(piece string) error {
		fmt.Printf("%q\n", piece)
		return nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(generation.Text, generation.Usage.OutputTokens)
	// Output:
	// "Nine "
	// "members."
	// Nine members. 2
}
