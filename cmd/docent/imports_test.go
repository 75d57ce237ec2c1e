package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// floors says where each package stands. Imports lead downwards only, never
// to the same floor. A package that is missing here has no place in the house.
var floors = map[string]int{
	"docent/rag/lang":                 0,
	"docent/prompts":                  0,
	"docent/ingest/read/charset":      0,
	"docent/rag":                      1,
	"docent/ingest/read":              1,
	"docent/rag/converse":             2,
	"docent/rag/retrieve":             2,
	"docent/rag/verify":               2,
	"docent/rag/library":              2,
	"docent/rag/embed":                2,
	"docent/rag/llm":                  2,
	"docent/rag/eval":                 2,
	"docent/rag/extract/ranker":       2,
	"docent/ingest/read/office":       2,
	"docent/ingest/read/sandbox":      2,
	"docent/rag/embed/train":          3,
	"docent/rag/extract":              3,
	"docent/ingest/read/pdf":          3,
	"docent/ingest/read/ooxml":        3,
	"docent/ingest/read/opendocument": 3,
	"docent/ingest/read/msoffice":     3,
	"docent/ingest/read/rtf":          3,
	"docent/ingest/read/web":          3,
	"docent/ingest/read/plain":        2, // the lines that others find in their files
	"docent/ingest/read/archive":      3,
	"docent/rag/answer":               4,
	"docent/ingest/read/markup":       4, // holds pages, and rows of CSV
	"docent/ingest/read/mail":         4, // holds pages, plain text and RTF
	"docent/ingest/read/formats":      5,
	"docent/bot/render":               5,
	"docent/bot/store":                5,
	"docent/ingest":                   6,
	"docent/bot":                      6,
	"docent/cmd/docent":               7,
	"docent/cmd/trainembed":           7,
	"docent/cmd/trainranker":          7,
}

// implementations fill a seam of docent/rag. Only commands choose among them,
// and packages below one of them build on it.
var implementations = []string{"docent/rag/library", "docent/rag/embed", "docent/rag/llm"}

// top is the floor of the commands.
const top = 7

// testFloors are packages that only tests may import.
var testFloors = map[string]int{
	"docent/rag/ragtest":          2,
	"docent/rag/llm/llmtest":      2,
	"docent/ingest/read/readtest": 2,
	"docent/bot/slacktest":        6,
}

// owners says which packages may import a module of others; nil is any. Test
// files are free.
var owners = map[string][]string{
	"github.com/philippgille/chromem-go":  {"docent/rag/library"},
	"github.com/viterin/vek":              {"docent/rag/library", "docent/rag/embed/train"},
	"modernc.org/sqlite":                  {"docent/rag/library", "docent/rag/embed", "docent/bot/store"},
	"github.com/tmc/langchaingo":          {"docent/rag/llm", "docent/rag/embed"},
	"github.com/slack-go/slack":           {"docent/bot", "docent/bot/render"},
	"github.com/abadojack/whatlanggo":     {"docent/rag/lang"},
	"github.com/blevesearch":              {"docent/rag/lang"},
	"golang.org/x/text":                   {"docent/rag/eval", "docent/rag/lang", "docent/ingest/read/archive", "docent/ingest/read/charset", "docent/ingest/read/pdf", "docent/ingest/read/plain"},
	"golang.org/x/net/netutil":            {"docent/cmd/docent"},
	"golang.org/x/net/html":               {"docent/ingest/read/web", "docent/ingest/read/charset"},
	"github.com/richardlehane/mscfb":      {"docent/ingest/read/office"},
	"github.com/xuri/nfp":                 {"docent/ingest/read/office"},
	"github.com/andybalholm/cascadia":     {"docent/ingest/read/web"},
	"golang.org/x/image/colornames":       {"docent/ingest/read/web"},
	"github.com/yuin/goldmark":            {"docent/ingest/read/markup", "docent/bot/slacktest"},
	"github.com/gogs/chardet":             {"docent/ingest/read/charset"},
	"github.com/klippa-app/go-pdfium":     {"docent/ingest/read/pdf"},
	"github.com/tetratelabs/wazero":       {"docent/ingest/read/pdf"},
	"github.com/fsnotify/fsnotify":        {"docent/ingest"},
	"github.com/spf13/cobra":              {"docent/cmd/docent"},
	"github.com/schollz/progressbar/v3":   {"docent/cmd/docent"},
	"github.com/rivo/uniseg":              {"docent/cmd/docent"},
	"github.com/dustin/go-humanize":       {"docent/cmd/docent"},
	"go.yaml.in/yaml/v3":                  {"docent/cmd/docent", "docent/ingest/read/markup"},
	"golang.org/x/term":                   {"docent/cmd/docent"},
	"golang.org/x/crypto/x509roots":       {"docent/cmd/docent"},
	"github.com/prometheus/client_golang": {"docent/bot", "docent/cmd/docent"},
	"golang.org/x/time":                   {"docent/bot"},
	"golang.org/x/tools/txtar":            {"docent/ingest/read/readtest"},
	"golang.org/x/sync":                   nil,
	"golang.org/x/sys/cpu":                {"docent/rag/embed"},
	"github.com/google/go-cmp":            {"docent/rag/ragtest", "docent/ingest/read/readtest"},
	"github.com/rogpeppe/go-internal":     {},
	"github.com/gorilla/websocket":        {"docent/bot", "docent/bot/slacktest"},
}

type listed struct {
	ImportPath, Dir string
	GoFiles         []string
	Imports         []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "docent/...")
	var errs bytes.Buffer
	command.Stderr = &errs
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, errs.String())
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// TestImports holds the packages to the plan of the house.
func TestImports(t *testing.T) {
	all := packages(t)
	if len(all) < 8 {
		t.Fatalf("go list shows %d packages", len(all))
	}
	for _, p := range all {
		for _, imported := range p.Imports {
			if err := allowed(p.ImportPath, imported); err != nil {
				t.Error(err)
			}
		}
	}
}

func allowed(from, to string) error {
	floor, placed := floors[from]
	forTests := !placed
	if !placed {
		if floor, placed = testFloors[from]; !placed {
			return fmt.Errorf("%s stands on no floor", from)
		}
	}
	switch {
	case strings.HasPrefix(to, "docent/"):
		below, ok := floors[to]
		if !ok && forTests {
			below, ok = testFloors[to]
		}
		if !ok {
			return fmt.Errorf("%s imports %s, which is for tests or stands on no floor", from, to)
		}
		if slices.Contains(implementations, to) && floor < top && !strings.HasPrefix(from, to+"/") {
			return fmt.Errorf("%s imports %s, which implements a seam of docent/rag: take the seam", from, to)
		}
		if below >= floor {
			return fmt.Errorf("%s (floor %d) imports %s (floor %d)", from, floor, to, below)
		}
	case to == "flag" && floor < top && !forTests:
		return fmt.Errorf("%s imports flag", from)
	case strings.Contains(strings.Split(to, "/")[0], "."):
		return owned(from, to)
	}
	return nil
}

func owned(from, to string) error {
	for module, by := range owners {
		if to == module || strings.HasPrefix(to, module+"/") {
			if by != nil && !slices.Contains(by, from) {
				return fmt.Errorf("%s imports %s, which is for %v", from, to, by)
			}
			return nil
		}
	}
	return fmt.Errorf("%s imports %s, which nobody owns", from, to)
}

// The rules themselves, on imports that nobody makes.
func TestImportRules(t *testing.T) {
	for name, c := range map[string]struct {
		from, to string
		ok       bool
	}{
		"down":                 {"docent/ingest", "docent/rag", true},
		"two floors down":      {"docent/cmd/docent", "docent/ingest/read", true},
		"up":                   {"docent/rag", "docent/rag/library", false},
		"across":               {"docent/ingest", "docent/rag/library", false},
		"across below":         {"docent/rag/lang", "docent/prompts", false},
		"across the seams":     {"docent/rag/verify", "docent/rag/retrieve", false},
		"past a seam":          {"docent/rag/answer", "docent/rag/library", false},
		"below it":             {"docent/rag/embed/train", "docent/rag/embed", true},
		"of no floor":          {"docent/utils", "docent/rag", false},
		"to no floor":          {"docent/cmd/docent", "docent/utils", false},
		"tests in the program": {"docent/cmd/docent", "docent/rag/ragtest", false},
		"tests on a seam":      {"docent/rag/ragtest", "docent/rag", true},
		"a library's owner":    {"docent/rag/library", "modernc.org/sqlite/lib", true},
		"not its owner":        {"docent/rag", "modernc.org/sqlite", false},
		"for tests":            {"docent/ingest", "github.com/rogpeppe/go-internal/testscript", false},
		"nobody's":             {"docent/cmd/docent", "example.com/leftpad", false},
		"anybody's":            {"docent/ingest", "golang.org/x/sync/errgroup", true},
		"the standard library": {"docent/rag", "encoding/json", true},
		"flags below":          {"docent/ingest", "flag", false},
	} {
		t.Run(name, func(t *testing.T) {
			if err := allowed(c.from, c.to); (err == nil) != c.ok {
				t.Errorf("allowed(%s, %s) = %v", c.from, c.to, err)
			}
		})
	}
}

// mostFiles is how many files, tests aside, a package has at most: with more of
// them a newcomer finds nothing. This command has one for each subcommand.
const mostFiles = 40

func TestPackageSizes(t *testing.T) {
	for _, p := range packages(t) {
		if n := len(p.GoFiles); n > mostFiles && p.ImportPath != "docent/cmd/docent" {
			t.Errorf("%s has %d files, %d at most", p.ImportPath, n, mostFiles)
		}
	}
}

// TestEnvironment: the environment is read, and the process ended, in a
// command's main.
func TestEnvironment(t *testing.T) {
	forbidden := []string{"Getenv", "LookupEnv", "Environ", "ExpandEnv", "Args", "Exit", "UserHomeDir", "UserConfigDir", "UserCacheDir"}
	for _, p := range packages(t) {
		for _, name := range p.GoFiles {
			if strings.Contains(p.ImportPath, "/cmd/") && name == "main.go" {
				continue
			}
			path := filepath.Join(p.Dir, name)
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok && isOS(s.X) && slices.Contains(forbidden, s.Sel.Name) {
					t.Errorf("%s uses os.%s", path, s.Sel.Name)
				}
				return true
			})
		}
	}
}

func isOS(e ast.Expr) bool {
	i, ok := e.(*ast.Ident)
	return ok && i.Name == "os"
}
