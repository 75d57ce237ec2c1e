package lang

import "strings"

// frenchIrregular are frequent plurals, folded, that no rule brings to their
// singular.
var frenchIrregular = map[string]string{
	"travaux": "travail", "baux": "bail", "vitraux": "vitrail", "emaux": "email", "coraux": "corail", "soupiraux": "soupirail",
	"yeux": "oeil", "cieux": "ciel", "aieux": "aieul", "mesdames": "madame", "messieurs": "monsieur",
}

// frenchForm prepares a folded word for the stemmer, whose rules ask for the
// accents in some endings: the feminines in -ée, -ière and -gère are made
// masculine.
func frenchForm(word string) string {
	if singular, ok := frenchIrregular[word]; ok {
		return singular
	}
	singular := strings.TrimSuffix(word, "s")
	switch {
	case len(singular) >= 6 && strings.HasSuffix(singular, "ee"):
		return singular[:len(singular)-1]
	case len(singular) >= 6 && strings.HasSuffix(singular, "iere"):
		return singular[:len(singular)-4] + "ier"
	case len(singular) >= 9 && strings.HasSuffix(singular, "gere"):
		return singular[:len(singular)-4] + "ger"
	}
	return word
}

// frenchStem mends the stem: "employer" and "employé" would differ in it.
func frenchStem(stem string) string {
	if cut, ok := strings.CutSuffix(stem, "y"); ok {
		return cut + "i"
	}
	return stem
}
