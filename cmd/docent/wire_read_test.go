package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// loaders holds real files with the text that is in them.
const loaders = "../../../shared/loaders"

// leastF1 is, by format, how much of the reference text the mean of its files
// must have: the F1 of words. That of Markdown leaves out blocks of HTML, which
// a reader of the page sees.
var leastF1 = map[string]float64{
	"pdf": .98, "docx": .975, "pptx": .97, "xlsx": .99, "odt": .99, "epub": .98, "rtf": .99, "eml": .97, "md": .995, "txt": .999,
	"csv": .97, "doc": .97, "msg": .6, "zip": .95,
}

// A person who runs `docent read --text` on real files sees the text of the
// reference, or what is wrong with the file.
func TestReadRealFiles(t *testing.T) {
	type expected struct {
		File, Format, Expect string
		Must                 []string
	}
	data, err := os.ReadFile(filepath.Join(loaders, "manifest.json"))
	if err != nil {
		t.Skipf("the files to read are not here: %v", err)
	}
	var files []expected
	if err := json.Unmarshal(data, &files); err != nil {
		t.Fatal(err)
	}
	scores := make(map[string][]float64)
	for _, f := range files {
		t.Run(f.File, func(t *testing.T) {
			if f.Expect == "bounded" && os.Getenv("DOCENT_ALL") == "" {
				t.Skip("takes as long as all others together; DOCENT_ALL reads it")
			}
			stdout, stderr, code := readText(t, filepath.Join(loaders, "files", f.File))
			switch f.Expect {
			case "text":
				if code != 0 {
					t.Fatalf("exit code %d: %s", code, stderr)
				}
				if len(f.Must) > 0 {
					checkMust(t, stdout, f.Must)
					return
				}
				want, err := os.ReadFile(filepath.Join(loaders, "ref", f.File+".ref.txt"))
				if err != nil {
					t.Fatal(err)
				}
				f1 := wordF1(stdout, string(want))
				t.Logf("F1 %.4f", f1)
				scores[f.Format] = append(scores[f.Format], f1)
			case "no_text":
				checkRefusal(t, code, stderr, "scanned, no text")
			case "encrypted":
				checkRefusal(t, code, stderr, "password protected")
			default: // bounded, no_crash: anything but a crash
				if code < 0 || code == 130 || strings.Contains(stderr, "goroutine") || strings.Contains(stderr, "internal error") {
					t.Errorf("exit code %d: %s", code, stderr)
				}
			}
		})
	}
	for format, f1 := range scores {
		if mean := meanOf(f1); mean < leastF1[format] {
			t.Errorf("%s: mean F1 %.4f, want at least %.3f", format, mean, leastF1[format])
		}
	}
}

func readText(t *testing.T, path string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	c := docent(t.Context(), "read", "--text", "--ocr", "off", path)
	c.Stdout, c.Stderr = &out, &errs
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), c.ProcessState.ExitCode()
}

func checkRefusal(t *testing.T, code int, stderr, want string) {
	t.Helper()
	if code != 1 || !strings.Contains(stderr, want) || !strings.Contains(stderr, "hint: ") {
		t.Errorf("exit code %d, want 1 with %q and a hint: %s", code, want, stderr)
	}
}

func checkMust(t *testing.T, text string, must []string) {
	t.Helper()
	plain := func(s string) string {
		return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "’", "'")
	}
	for _, m := range must {
		if !strings.Contains(plain(text), plain(m)) {
			t.Errorf("the text lacks %q", m)
		}
	}
}

func wordF1(got, want string) float64 {
	a, b := bagOf(got), bagOf(want)
	var common, all int
	for w, n := range a {
		common += min(n, b[w])
		all += n
	}
	for _, n := range b {
		all += n
	}
	if all == 0 {
		return 1
	}
	return 2 * float64(common) / float64(all)
}

func bagOf(text string) map[string]int {
	folded := strings.ToLower(norm.NFKC.String(strings.ReplaceAll(text, "\u00ad", "")))
	bag := make(map[string]int)
	for w := range strings.FieldsFuncSeq(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		bag[w]++
	}
	return bag
}

func meanOf(x []float64) float64 {
	var sum float64
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}
