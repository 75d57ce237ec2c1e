package embed

import (
	"iter"
	"unicode"
	"unicode/utf8"

	"docent/rag/lang"
)

// Words yields the words of a text as tables know them, in order: runs of
// letters and digits of the text folded by [lang.Fold], so that "L’Élève" is
// "l" and "eleve". A word is valid until the next one.
func Words(text string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		folded := lang.AppendFold(make([]byte, 0, len(text)+8), text)
		for at := 0; ; {
			start, end, _ := nextWord(folded, at)
			if start == end || !yield(folded[start:end]) {
				return
			}
			at = end
		}
	}
}

// The constants of 64-bit FNV-1a.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// nextWord finds the first word from at on in folded text, and hashes it on
// the way; start == end where there is none.
func nextWord(folded []byte, at int) (start, end int, hash uint64) {
	for start = at; start < len(folded); {
		size, ok := wordAt(folded, start)
		if ok {
			break
		}
		start += size
	}
	hash = fnvOffset
	for end = start; end < len(folded); {
		c := folded[end]
		if c < utf8.RuneSelf {
			if !wordBytes[c] {
				break
			}
			hash = (hash ^ uint64(c)) * fnvPrime
			end++
			continue
		}
		size, ok := wordAt(folded, end)
		if !ok {
			break
		}
		for _, c := range folded[end : end+size] {
			hash = (hash ^ uint64(c)) * fnvPrime
		}
		end += size
	}
	return start, end, hash
}

// hashOf is the hash that nextWord gives a word.
func hashOf(word string) uint64 {
	hash := uint64(fnvOffset)
	for i := range len(word) {
		hash = (hash ^ uint64(word[i])) * fnvPrime
	}
	return hash
}

// wordAt returns the size of the character at at, and whether it belongs to a
// word.
func wordAt(folded []byte, at int) (int, bool) {
	if c := folded[at]; c < utf8.RuneSelf {
		return 1, wordBytes[c]
	}
	r, size := utf8.DecodeRune(folded[at:])
	return size, r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

var wordBytes = func() (is [utf8.RuneSelf]bool) {
	for c := range is {
		is[c] = c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
	}
	return is
}()
