package main

import (
	"cmp"
	"fmt"

	"docent/rag/llm"
)

// modelHint says how to mend what keeps a model from answering.
func modelHint(e *llm.Error) string {
	preset, err := llm.FindPreset(e.Provider)
	if err != nil {
		return ""
	}
	switch e.Kind {
	case llm.Unreachable:
		return unreachableHint(preset)
	case llm.Denied:
		if len(preset.KeyVariables) == 0 {
			return "name a file that holds the server's key with key-file: in docent.yaml"
		}
		return fmt.Sprintf("check the key in %s, or in key-file: of docent.yaml, and what it may be used for", preset.KeyVariables[0])
	case llm.Unknown:
		if e.Provider == "ollama" {
			return "get the model with: ollama pull " + e.Model
		}
		return "check model: and url: in docent.yaml; the address goes up to and with the version, as in /v1"
	case llm.Overloaded:
		return "try again later, or lower concurrency: in docent.yaml"
	case llm.Silent, llm.Slow:
		return "give it more time with silence: and timeout: in docent.yaml, or take a smaller model"
	case llm.Garbled:
		return "check url: in docent.yaml: it is of an API, up to and with the version, as in /v1"
	case llm.Failing, llm.Cut, llm.Empty, llm.Resting:
		return "try again later; the provider's own log may say more"
	}
	return "check model: in docent.yaml against what the provider says"
}

func unreachableHint(p llm.Preset) string {
	switch {
	case p.Name == "ollama":
		return "start it with: ollama serve; or say where it is with OLLAMA_HOST or url: in docent.yaml"
	case p.NeedsKey:
		return "check the network, and url: in docent.yaml"
	}
	return "start the server, or say where it is with url: in docent.yaml"
}

func addressHint(p llm.Preset) string {
	if p.Name == "bedrock" {
		return "set AWS_REGION, or say where it is with url: in docent.yaml"
	}
	return "mend url: in docent.yaml, or " + cmp.Or(p.URLVariable, "leave it out for the usual one")
}
