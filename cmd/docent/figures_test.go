package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"docent/rag/eval"
)

var update = flag.Bool("update", false, "write the figures of this run into testdata/figures.json")

const figuresFile = "testdata/figures.json"

// devSet is the set of the repository's own.
const devSet = "../../rag/eval/testdata/dev"

// The sets that take less than a second each, with a part of fr-wiki, and with
// DOCENT_ALL all of them.
var (
	questionSets = "../../../shared/eval"
	quickSets    = []string{"nato", "x-en-fr", "x-fr-en"}
	allSets      = append([]string{
		"en-rgb-fact", "en-scifact", "en-squad2", "fr-admin", "fr-wiki", "pdf-en", "pdf-fr", "tatoeba-de-en", "tatoeba-es-en", "xquad-en-de-es",
	}, quickSets...)
)

// partOf is every eighth question of a set, over all of its documents.
func partOf(t *testing.T, set string) string {
	t.Helper()
	from, err := filepath.Abs(filepath.Join(questionSets, set))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), set+"-part")
	err = os.Mkdir(dir, 0o700)
	for _, name := range []string{"corpus.jsonl", "qrels.tsv", "answers.jsonl"} {
		err = errors.Join(err, os.Symlink(filepath.Join(from, name), filepath.Join(dir, name)))
	}
	questions, readErr := os.ReadFile(filepath.Join(from, "queries.jsonl"))
	if err := errors.Join(err, readErr); err != nil {
		t.Fatal(err)
	}
	var part []byte
	n := 0
	for line := range bytes.Lines(questions) {
		if n%8 == 0 {
			part = append(part, line...)
		}
		n++
	}
	if err := os.WriteFile(filepath.Join(dir, "queries.jsonl"), part, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// held are the measures that the golden figures hold; those of answers with
// DOCENT_ALL only.
var held = []eval.Measure{
	eval.Recall10, eval.Hit1, eval.NDCG, eval.GoldInAnswer, eval.CitationHit, eval.AnswerWords, eval.RefusalRecall, eval.WrongRefusals,
}

// heldShown are those of the repository's own set.
var heldShown = []eval.Measure{
	eval.NDCG, eval.Passage8, eval.Right, eval.WrongShown, eval.WrongRefusals, eval.GoldShown, eval.Filler, eval.AnswerWords,
	eval.AbsentAnswered, eval.AbsentMisled, eval.BestRight, eval.AUCAbsent, eval.AUCRight, eval.ECE,
}

// tolerance is what a figure may move without a word: half a point, since
// processors round differently and ties fall otherwise, or what one question
// makes out.
func tolerance(f eval.Figure) float64 {
	switch f.Measure {
	case eval.AnswerWords:
		return 1
	case eval.AUCAbsent, eval.AUCRight, eval.ECE: // a question makes out more where those it is compared with are few
		return max(0.01, 3/float64(f.N))
	}
	return max(0.005, 1/float64(f.N))
}

// TestFigures holds the dev sets to the figures of testdata/figures.json,
// which only change in a commit that says why. A better figure fails too.
func TestFigures(t *testing.T) {
	if _, err := os.Stat(questionSets); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the question sets are not in %s", questionSets)
	}
	holdFigures(t, evaluated(t), held)
}

// TestDevFigures holds what is shown of the repository's own set, in the same way.
func TestDevFigures(t *testing.T) {
	holdFigures(t, reported(t, []string{"eval", "--json", "--cache", t.TempDir(), devSet}), heldShown)
}

// Nothing hangs on whether documents share a space: a library that is as large as
// the whole answers as the whole does.
func TestLibrarySizeOfAll(t *testing.T) {
	sample := []string{"eval", "--json", "--cache", t.TempDir(), "--sample", "20", devSet}
	whole := reported(t, sample)[0]
	apart := reported(t, append([]string{"eval", "--library-sizes", "14"}, sample[1:]...))[0]
	for i, o := range whole.Outcomes {
		if diff := cmp.Diff(o.Answer, apart.Outcomes[i].Answer, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
			t.Errorf("%s (-shared +apart):\n%s", o.Question, diff)
		}
	}
}

func holdFigures(t *testing.T, reports []eval.Report, held []eval.Measure) {
	t.Helper()
	want := readFigures(t)
	for _, r := range reports {
		for _, m := range held {
			f, ok := r.Figure(m)
			if !ok {
				continue
			}
			if want[r.Title()] == nil {
				want[r.Title()] = make(map[eval.Measure]float64)
			}
			if was, known := want[r.Title()][m]; !*update && (!known || math.Abs(f.Value-was) > tolerance(f)) {
				t.Errorf("%s: %s is %.4f (%.4f to %.4f of %d), was %.4f; if that is meant: go test -run Figures ./cmd/docent -update",
					r.Title(), m, f.Value, f.Low, f.High, f.N, was)
			}
			want[r.Title()][m] = math.Round(f.Value*1e4) / 1e4
		}
	}
	if *update {
		writeFigures(t, want)
	}
}

// evaluated runs docent eval over the sets, and over the seed among others.
func evaluated(t *testing.T) []eval.Report {
	t.Helper()
	flags, sets := []string{"eval", "--json", "--cache", t.TempDir()}, allSets
	if os.Getenv("DOCENT_ALL") == "" {
		flags, sets = append(flags, "--search-only"), quickSets
	}
	flags = flags[:len(flags):len(flags)]
	args := []string{partOf(t, "fr-wiki")}
	for _, set := range sets {
		args = append(args, filepath.Join(questionSets, set))
	}
	among := []string{"--haystack", filepath.Join(questionSets, "fr-wiki"), filepath.Join(questionSets, "nato")}
	return append(reported(t, append(flags, args...)), reported(t, append(flags, among...))...)
}

func reported(t *testing.T, args []string) []eval.Report {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(t.Context(), args, noEnv, nil, &out, &errs); code != 0 {
		t.Fatalf("eval: exit code %d\n%s", code, errs.String())
	}
	reports, err := eval.ReadReports(&out)
	if err != nil {
		t.Fatal(err)
	}
	return reports
}

type golden map[string]map[eval.Measure]float64

func readFigures(t *testing.T) golden {
	t.Helper()
	data, err := os.ReadFile(figuresFile)
	if err != nil {
		t.Fatal(err)
	}
	g := make(golden)
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

func writeFigures(t *testing.T, g golden) {
	t.Helper()
	data, err := json.MarshalIndent(g, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(figuresFile, append(data, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
}
