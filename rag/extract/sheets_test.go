package extract_test

import (
	"slices"
	"testing"

	"docent/rag/extract"
)

func TestMeasuresHaveNames(t *testing.T) {
	names := extract.MeasureNames()
	if slices.Contains(names, "") {
		t.Errorf("a measure has no name: %q", names)
	}
	slices.Sort(names)
	if twice := len(names) - len(slices.Compact(names)); twice > 0 {
		t.Errorf("%d names are given twice", twice)
	}
}
