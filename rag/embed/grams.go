package embed

import "unicode/utf8"

// The lengths of the character n-grams, in runes of "<word>" (Bojanowski et
// al., "Enriching Word Vectors with Subword Information", 2017).
const minGram, maxGram = 3, 5

// AppendGrams appends the buckets of a folded word's n-grams to dst: what
// stands for a word that a table does not hold. A word of one letter has one.
func AppendGrams(dst []uint32, word []byte, buckets int) []uint32 {
	var space [66]rune
	runes := append(space[:0], '<')
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRune(word[i:])
		runes = append(runes, r)
		i += size
	}
	runes = append(runes, '>')
	for i := range len(runes) - minGram + 1 {
		h := uint32(2166136261)
		for n, r := range runes[i:min(i+maxGram, len(runes))] {
			h = (h ^ uint32(r)) * 16777619
			if n+1 >= minGram {
				dst = append(dst, finalizeHash(h)%uint32(buckets))
			}
		}
	}
	return dst
}

// finalizeHash mixes the bits of 32-bit FNV-1a, whose low ones follow the last
// letter too closely.
func finalizeHash(h uint32) uint32 {
	h = (h ^ h>>15) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return h ^ h>>16
}
