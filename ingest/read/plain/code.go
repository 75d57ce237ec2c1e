package plain

import (
	"path/filepath"
	"strings"

	"docent/ingest/read"
)

// SourceCode is the format of source code files.
func SourceCode(l read.Limits) read.Format {
	return read.TextFormat("source code", l, func(name, text string) (read.Document, error) {
		doc := parseCode(text)
		doc.Title = filepath.Base(name)
		return doc, nil
	}, codeExtensions...)
}

// codeExtensions are the usual ones of programs, settings and markup that is
// read as it is written.
var codeExtensions = []string{
	".go", ".py", ".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx", ".java", ".kt", ".kts", ".scala", ".groovy", ".gradle",
	".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".cs", ".m", ".mm", ".swift", ".rs", ".zig", ".rb", ".php", ".pl", ".pm",
	".lua", ".r", ".jl", ".hs", ".ml", ".ex", ".exs", ".erl", ".clj", ".lisp", ".el", ".dart", ".vue", ".svelte",
	".sh", ".bash", ".zsh", ".fish", ".ps1", ".bat", ".cmd", ".sql", ".graphql", ".proto", ".tf", ".nix", ".cmake",
	".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf", ".properties", ".xml", ".xsd", ".xsl", ".css", ".scss", ".less",
	".diff", ".patch", ".bib",
}

// fullCode is the number of lines beyond which a block ends at the next empty
// line, wherever that stands, and mostCode the one where it ends anyway.
const fullCode, mostCode = 60, 200

// parseCode keeps the source of programs as it is written: a block for each
// declaration that begins a line, with what is indented below it.
func parseCode(source string) read.Document {
	text := strings.TrimSpace(read.Clean(source))
	doc := read.Document{Text: text}
	var lines int
	start, end, blank := -1, 0, false
	for at := 0; at < len(text); {
		line, _, _ := strings.Cut(text[at:], "\n")
		next := at + len(line) + 1
		switch {
		case strings.TrimSpace(line) == "":
			blank = true
			at = next
			continue
		case start >= 0 && (blank && (lines >= fullCode || beginsCode(line)) || lines >= mostCode):
			doc.Blocks = append(doc.Blocks, read.Block{Kind: read.Code, Start: start, End: end})
			start, lines = -1, 0
		}
		if start < 0 {
			start = at
		}
		end = at + len(strings.TrimRight(line, " \t"))
		lines++
		blank, at = false, next
	}
	if start >= 0 {
		doc.Blocks = append(doc.Blocks, read.Block{Kind: read.Code, Start: start, End: end})
	}
	return doc
}

// beginsCode reports whether a line stands at the left edge and does not only
// close what was begun above.
func beginsCode(line string) bool {
	return !strings.ContainsRune(" \t)]}", rune(line[0]))
}
