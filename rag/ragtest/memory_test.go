package ragtest_test

import (
	"testing"

	"docent/rag"
	"docent/rag/ragtest"
)

func TestMemory(t *testing.T) {
	ragtest.TestLibrary(t, func(*testing.T) rag.Library { return ragtest.NewMemory() })
}
