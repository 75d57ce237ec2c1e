package lang

import "bytes"

// frenchIrregular are frequent plurals that the light stemmer does not bring
// to their singular.
var frenchIrregular = map[string]string{
	"travaux": "travail", "baux": "bail", "vitraux": "vitrail", "emaux": "email", "coraux": "corail", "soupiraux": "soupirail",
	"yeux": "oeil", "cieux": "ciel", "aieux": "aieul", "mesdames": "madame", "messieurs": "monsieur",
}

// frenchForm prepares a lower-case word for the French light stemmer. Some of
// its rules ask for an accent, which questions often lack: the endings that
// nearly always have it get it back. The feminine in -ière is made masculine,
// so that "financière" meets "financier". form is changed in place.
func frenchForm(form []byte, surface string) []byte {
	if masculine, ok := frenchIrregular[surface]; ok {
		return append(form[:0], masculine...)
	}
	singular := bytes.TrimSuffix([]byte(surface), []byte("s"))
	switch {
	case len(singular) >= 6 && bytes.HasSuffix(singular, []byte("iere")):
		return append(append(form[:0], singular[:len(singular)-4]...), "ier"...)
	case len(singular) >= 6 && bytes.HasSuffix(singular, []byte("ieme")):
		return append(append(form[:0], singular[:len(singular)-4]...), "ième"...)
	case len(singular) >= 9 && bytes.HasSuffix(singular, []byte("gere")):
		return append(append(form[:0], singular[:len(singular)-3]...), "ère"...)
	}
	return form
}
