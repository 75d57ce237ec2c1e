package read

import (
	"embed"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:embed wording/*.txt
var wordingFiles embed.FS

// wordings are the words of each language by what they are called in its file.
var wordings = sync.OnceValue(func() map[string]map[string]string {
	all := make(map[string]map[string]string)
	names, _ := fs.Glob(wordingFiles, "wording/*.txt") // the pattern is a good one
	for _, name := range names {
		data, err := wordingFiles.ReadFile(name)
		if err != nil {
			panic(err) // it is a part of the program
		}
		words := make(map[string]string)
		for line := range strings.Lines(string(data)) {
			key, word, _ := strings.Cut(strings.TrimSpace(line), " ")
			words[key] = word
		}
		all[strings.TrimSuffix(path.Base(name), ".txt")] = words
	}
	return all
})

func word(language, key string) string {
	words, known := wordings()[language]
	if !known {
		words = wordings()["en"]
	}
	return words[key]
}

// BoxState is what a box says that is checked or not, in a language: "yes" or
// "no". It is English where the language is not known.
func BoxState(language string, checked bool) string {
	if checked {
		return word(language, "yes")
	}
	return word(language, "no")
}

// Uncomputed stands in a language for a value that is not in the file and that
// the reader cannot compute.
func Uncomputed(language string) string { return "[" + word(language, "uncomputed") + "]" }

// LabelText is a label with the sign that parts it from its value in a language,
// unless it has one.
func LabelText(language, label string) string {
	label = strings.TrimSpace(label)
	switch {
	case strings.HasSuffix(label, ":") || strings.HasSuffix(label, "：") || endsAsking(label):
		return label
	case language == "fr":
		return label + "\u00a0:"
	}
	return label + ":"
}
