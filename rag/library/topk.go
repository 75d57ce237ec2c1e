package library

import (
	"cmp"
	"slices"

	"docent/rag"
)

// scored is a slot with its score.
type scored struct {
	slot  int
	score float64
}

// topK keeps the best of what it is offered, best first. Equal scores are
// ranked by passage.
type topK struct {
	limit    int
	passages []rag.PassageID // by slot
	kept     []scored
}

func (t *topK) compare(a, b scored) int {
	if a.score != b.score {
		return cmp.Compare(b.score, a.score)
	}
	return rag.ComparePassages(t.passages[a.slot], t.passages[b.slot])
}

func (t *topK) offer(s scored) {
	if len(t.kept) >= t.limit {
		if t.limit <= 0 || t.compare(s, t.kept[t.limit-1]) >= 0 {
			return
		}
		t.kept = t.kept[:t.limit-1]
	}
	at, _ := slices.BinarySearchFunc(t.kept, s, t.compare)
	t.kept = slices.Insert(t.kept, at, s)
}
