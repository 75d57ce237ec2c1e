package rag_test

import (
	"testing"

	"docent/rag"
)

func TestAudience(t *testing.T) {
	for _, tc := range []struct {
		name             string
		audience         rag.Audience
		empty, all, sees bool
	}{
		{"the zero value sees nothing", rag.Audience{}, true, false, false},
		{"members of no space see nothing", rag.Members(), true, false, false},
		{"the operator sees every space", rag.Operator(), false, true, true},
		{"a member sees the space", rag.Members("board", "board"), false, false, true},
		{"another space stays closed", rag.Members(rag.Everyone), false, false, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := tc.audience
			if a.IsEmpty() != tc.empty || a.All() != tc.all || a.Sees("board") != tc.sees {
				t.Errorf("empty %v, all %v, sees board %v", a.IsEmpty(), a.All(), a.Sees("board"))
			}
		})
	}
}
