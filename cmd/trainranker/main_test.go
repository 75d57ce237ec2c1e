package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docent/rag"
	"docent/rag/embed"
	"docent/rag/extract"
	"docent/rag/extract/ranker"
)

// devSet is questions that the repository has.
const devSet = "../../rag/eval/testdata/dev"

// A stranger fits a ranker to the questions of the repository.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	held, kept := filepath.Join(dir, "held.tsv"), filepath.Join(dir, "examples")
	if err := os.WriteFile(held, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	command := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		args = append(args, "-held-out", held, devSet)
		if code := run(t.Context(), args, &out, &errs); code != 0 {
			t.Fatalf("%v: code %d\n%s", args, code, errs.String())
		}
		return out.String()
	}
	if folds := command("split"); strings.Count(folds, "\n") != 14 {
		t.Errorf("it printed the folds\n%s", folds)
	}
	var files [][]byte
	for _, flags := range [][]string{{"-examples", kept}, {"-examples", kept, "-workers", "1"}} {
		path := filepath.Join(dir, "weights")
		table := command(append([]string{"fit", "-o", path, "-epochs", "1", "-members", "2"}, flags...)...)
		if !strings.Contains(table, "among   5 documents") {
			t.Errorf("it printed\n%s", table)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, data)
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("fitted again the weights differ")
	}
	tables := make(map[string]bool)
	for _, name := range []string{"", "words", "kernels", "met."} {
		tables[command("folds", "-examples", kept, "-epochs", "1", "-members", "1", "-mute", name)] = true
	}
	var errs bytes.Buffer
	if code := run(t.Context(), []string{"folds", "-examples", kept, "-held-out", held, "-mute", "weather", devSet}, io.Discard, &errs); code == 0 || !strings.Contains(errs.String(), "hit.score") {
		t.Errorf("there is no input of that name, but: code %d, %s", code, errs.String())
	}
	if len(tables) != 4 {
		t.Error("what is left out makes no difference")
	}
	n, err := ranker.Open(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ranker.New(n, extract.MeasureNames(), embed.NewBuiltin().EmbedInto); err != nil {
		t.Error(err)
	}
	if want := rag.FingerprintOf(embed.NewBuiltin()).String(); n.Origin.Embedder != want {
		t.Errorf("made with %s, not %s", n.Origin.Embedder, want)
	}
}

func TestRunSaysWhatIsWrong(t *testing.T) {
	for name, args := range map[string][]string{
		"no command":    {devSet},
		"other command": {"train", devSet},
		"no set":        {"folds"},
		"no file":       {"fit", devSet},
		"no network":    {"folds", "-members", "0", devSet},
	} {
		t.Run(name, func(t *testing.T) {
			var out, errs bytes.Buffer
			if code := run(t.Context(), args, &out, &errs); code != 2 || errs.Len() == 0 {
				t.Errorf("code %d, said %q", code, errs.String())
			}
		})
	}
	var help bytes.Buffer
	if code := run(t.Context(), []string{"-help"}, &help, &help); code != 0 || !strings.Contains(help.String(), "Examples:") {
		t.Errorf("help: code %d\n%s", code, help.String())
	}
}
