package lang

// Names and acronyms as French and English write them, with what brings them
// together.
var (
	exonyms  = wordTable("exonyms")
	acronyms = wordTable("acronyms")
)

// AcronymTranslations returns the other acronyms of what the folded word stands for.
func AcronymTranslations(folded string) (others []string) {
	name, known := acronyms[folded]
	if !known {
		return nil
	}
	for other, of := range acronyms {
		if of == name && other != folded {
			others = append(others, other)
		}
	}
	return others
}

// SameName reports whether two folded words are one name as different languages
// write it: "londres" and "london", "lundi" and "monday", "otan" and "nato", or
// of one country: "perou" and "peruvien".
func SameName(a, b string) bool {
	if a == b {
		return true
	}
	for _, of := range []map[string]string{acronyms, exonyms} {
		if name, ok := of[a]; ok && of[b] == name {
			return true
		}
	}
	p, q := Demonyms(a), Demonyms(b)
	return p != nil && q != nil && p[0] == q[0]
}
