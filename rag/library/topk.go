package library

import (
	"cmp"
	"container/heap"
	"slices"
	"strings"

	"docent/rag"
)

// scored is a slot with its score.
type scored struct {
	slot  int
	score float64
}

// topK keeps the best of what it is offered, in a heap whose root is the worst
// kept. Equal scores are ranked by passage.
type topK struct {
	limit    int
	passages []rag.PassageID // by slot
	kept     []scored
}

func (t *topK) before(a, b scored) int {
	if a.score != b.score {
		return cmp.Compare(b.score, a.score)
	}
	return comparePassages(t.passages[a.slot], t.passages[b.slot])
}

func comparePassages(a, b rag.PassageID) int {
	return cmp.Or(strings.Compare(string(a.Document), string(b.Document)), cmp.Compare(a.N, b.N))
}

func (t *topK) Len() int           { return len(t.kept) }
func (t *topK) Less(i, j int) bool { return t.before(t.kept[i], t.kept[j]) > 0 }
func (t *topK) Swap(i, j int)      { t.kept[i], t.kept[j] = t.kept[j], t.kept[i] }
func (t *topK) Push(x any)         { t.kept = append(t.kept, x.(scored)) }
func (t *topK) Pop() any {
	last := t.kept[len(t.kept)-1]
	t.kept = t.kept[:len(t.kept)-1]
	return last
}

func (t *topK) offer(s scored) {
	switch {
	case len(t.kept) < t.limit:
		heap.Push(t, s)
	case t.limit > 0 && t.before(s, t.kept[0]) < 0:
		t.kept[0] = s
		heap.Fix(t, 0)
	}
}

// sorted returns what was kept, best first.
func (t *topK) sorted() []scored {
	slices.SortFunc(t.kept, t.before)
	return t.kept
}
