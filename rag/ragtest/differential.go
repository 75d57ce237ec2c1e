package ragtest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
)

// testRandom makes the same random changes to a library and to a Memory, and
// searches both in between: they must never differ.
func testRandom(t *testing.T, l rag.Library) {
	const changes, every = 400, 20
	random := rand.New(rand.NewPCG(7, 7)) //nolint:gosec // reproducible, not secret
	memory := NewMemory()
	for n := range changes {
		id := rag.DocumentID(fmt.Sprintf("d%02d", random.IntN(60)))
		if random.IntN(4) == 0 {
			for _, to := range []rag.Library{l, memory} {
				if err := to.Delete(t.Context(), id); err != nil {
					t.Fatal(err)
				}
			}
		} else {
			doc, passages := randomDocument(random, id)
			for _, to := range []rag.Library{l, memory} {
				if err := to.Put(t.Context(), doc, passages); err != nil {
					t.Fatal(err)
				}
			}
		}
		if n%every == 0 {
			Agree(t, memory, l, randomQuery(random))
		}
	}
	for range 50 {
		Agree(t, memory, l, randomQuery(random))
	}
}

var spaces = []string{rag.Everyone, "board", "works"}

func randomDocument(random *rand.Rand, id rag.DocumentID) (rag.Document, []rag.Passage) {
	lines := make([]string, random.IntN(4))
	vectors := make([][]float32, len(lines))
	for i := range lines {
		for range 1 + random.IntN(20) {
			lines[i] += " " + randomWord(random)
		}
		if random.IntN(8) > 0 {
			vectors[i] = randomVector(random)
		}
	}
	doc, passages := document(string(id), spaces[random.IntN(len(spaces))], strings.Join(lines, "\n"), vectors...)
	if len(lines) == 0 {
		passages = nil
	}
	return doc, passages
}

func randomWord(random *rand.Rand) string {
	return fmt.Sprintf("w%d", int(30*random.Float64()*random.Float64()))
}

// randomVector takes few values, so that ties are frequent.
func randomVector(random *rand.Rand) []float32 {
	v := make([]float32, Fingerprint.Dimension)
	for {
		for i := range v {
			v[i] = float32(random.IntN(3) - 1)
		}
		if unit(v) != nil {
			return v
		}
	}
}

func randomQuery(random *rand.Rand) rag.Query {
	q := rag.Query{Audience: rag.Operator(), Limit: 1 + random.IntN(30)}
	if random.IntN(2) == 0 {
		q.Audience = rag.Members(spaces[random.IntN(3)], spaces[random.IntN(3)])
	}
	if random.IntN(4) == 0 {
		q.Spaces = []string{spaces[random.IntN(3)]}
	}
	for range random.IntN(5) {
		q.Terms = append(q.Terms, rag.QueryTerm{Text: randomWord(random), Weight: float64(1+random.IntN(4)) / 4})
	}
	if random.IntN(4) > 0 {
		q.Vector = randomVector(random)
	}
	return q
}

// Agree fails the test unless two libraries of the same content find the same
// for a query. Cosines may differ by what single precision loses; where that
// makes a tie of what is none, or the reverse, passages may change places.
func Agree(t testing.TB, want, got rag.Library, q rag.Query) {
	t.Helper()
	w, err := want.Candidates(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	g, err := got.Candidates(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	all := q
	all.Limit = math.MaxInt32
	scores, err := want.Candidates(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	agreeOnList(t, "by words", w.Lexical, g.Lexical, scores.Lexical, func(c rag.Candidate) float64 { return c.Lexical })
	agreeOnList(t, "by vector", w.Vector, g.Vector, scores.Vector, func(c rag.Candidate) float64 { return c.Vector })
	if math.Abs(w.MeanVector-g.MeanVector) > 1e-6 {
		t.Errorf("mean cosine %v, want %v", g.MeanVector, w.MeanVector)
	}
	w.Lexical, w.Vector, w.MeanVector, g.Lexical, g.Vector, g.MeanVector = nil, nil, 0, nil, nil, 0
	if diff := cmp.Diff(w, g); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

func agreeOnList(t testing.TB, name string, want, got, all []rag.Candidate, score func(rag.Candidate) float64) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%s: %d candidates, want %d", name, len(got), len(want))
		return
	}
	truth := make(map[rag.PassageID]rag.Candidate, len(all))
	for _, c := range all {
		truth[c.Passage] = c
	}
	for i, c := range got {
		x, ok := truth[c.Passage]
		if !ok || math.Abs(x.Lexical-c.Lexical) > 1e-9 || math.Abs(x.Vector-c.Vector) > 1e-6 {
			t.Errorf("%s: candidate %d is %+v, its scores are %+v", name, i, c, x)
		}
		if math.Abs(score(want[i])-score(c)) > 1e-6 {
			t.Errorf("%s: candidate %d scores %v, want %v", name, i, score(c), score(want[i]))
		}
		if i > 0 && score(got[i-1]) == score(c) && rag.ComparePassages(got[i-1].Passage, c.Passage) >= 0 {
			t.Errorf("%s: of equals, %v stands before %v", name, got[i-1].Passage, c.Passage)
		}
	}
}
