package local

import (
	"encoding/json"
	"fmt"
)

// postProcessor is a post_processor: what goes before and after a text.
type postProcessor struct {
	Type   string `json:"type"`
	Single []struct {
		SpecialToken *struct {
			ID string `json:"id"`
		}
		Sequence *struct{}
	} `json:"single"`
	SpecialTokens map[string]struct {
		IDs []int64 `json:"ids"`
	} `json:"special_tokens"`
	// Cls and Sep are pairs of a name and a number.
	Cls []any `json:"cls"`
	Sep []any `json:"sep"`
}

func readPostProcessor(data json.RawMessage) (before, after []int64, err error) {
	if isNull(data) {
		return nil, nil, nil
	}
	var t postProcessor
	if err := json.Unmarshal(data, &t); err != nil {
		return nil, nil, err
	}
	switch t.Type {
	case "TemplateProcessing":
		before, after = t.around()
		return before, after, nil
	case "BertProcessing", "RobertaProcessing":
		before, err = numberOf(t.Cls)
		if err == nil {
			after, err = numberOf(t.Sep)
		}
		return before, after, err
	}
	return nil, nil, fmt.Errorf("the type %q is not known", t.Type)
}

func (t postProcessor) around() (before, after []int64) {
	side := &before
	for _, part := range t.Single {
		if part.Sequence != nil {
			side = &after
		} else if part.SpecialToken != nil {
			*side = append(*side, t.SpecialTokens[part.SpecialToken.ID].IDs...)
		}
	}
	return before, after
}

func numberOf(pair []any) ([]int64, error) {
	if len(pair) == 2 {
		if n, ok := pair[1].(float64); ok {
			return []int64{int64(n)}, nil
		}
	}
	return nil, fmt.Errorf("%v is not the name and the number of a token", pair)
}

func isNull(data json.RawMessage) bool { return len(data) == 0 || string(data) == "null" }
