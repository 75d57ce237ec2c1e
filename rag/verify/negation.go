package verify

import (
	"strings"

	"docent/rag/lang"
)

// harmless follow "sans" and "without" where nothing is denied: at once, free,
// surely.
var harmless = lang.WordSet("delai delay doute doubt faute fail frais charge cost exception interruption attendre waiting")

var (
	// deniers deny by themselves.
	deniers = map[string]map[string]bool{
		"fr": lang.WordSet("pas jamais aucun aucune nul nulle ni guere non"),
		"en": lang.WordSet("not no non never none nobody nothing neither nor nowhere cannot"),
		"de": lang.WordSet("nicht kein keine keinen keiner keinem nie niemals weder"),
		"es": lang.WordSet("no nunca jamas ningun ninguna ninguno nadie nada tampoco"),
		"it": lang.WordSet("non mai nessun nessuna nessuno niente nulla"),
	}
	// bound follow a negation that only sets a bound: "no later than", "not
	// exceed", "pas plus de".
	bound = lang.WordSet("later more less fewer exceed exceeds exceeding excede exceder excedent depasse depasser depassent plus moins only seulement uniquement")
	// others deny only with "ne" before them.
	others = lang.WordSet("plus rien personne")
)

// denies reports whether word i is a negation.
func denies(language string, words []lang.Word, i int) bool {
	w := words[i].Surface
	own := deniers[language]
	if own == nil {
		own = deniers["en"]
	}
	switch {
	case boundFollows(words[i+1:]), w == "no" && i+1 < len(words) && isNumeral(words[i+1].Surface):
		return false
	case strings.HasSuffix(w, "n't") || own[w]:
		return true
	case language == "fr" && others[w]:
		return neBefore(words[:i]) || w != "plus" && neBefore(words[i+1:min(len(words), i+3)]) // "personne ne"
	}
	return false
}

// boundFollows looks at the next two words.
func boundFollows(words []lang.Word) bool {
	for _, w := range words[:min(2, len(words))] {
		if bound[w.Surface] {
			return true
		}
	}
	return false
}

// neBefore reports whether "ne" or "n'" stands among the four words before.
func neBefore(words []lang.Word) bool {
	for _, w := range words[max(0, len(words)-4):] {
		if w.Surface == "ne" {
			return true
		}
	}
	return false
}

// limits reports whether word i says that something holds for nothing else.
func limits(language string, words []lang.Word, i int) bool {
	w := words[i].Surface
	return limiters[w] || language == "fr" && (w == "que" || w == "qu") && neBefore(words[:i])
}

var limiters = lang.WordSet("only solely exclusively uniquement exclusivement seul seule seuls seules seulement reserve reservee reserves reservees reserved " +
	"limite limitee limites limitees limited unless except sauf hormis excepte excluding least moins most maximum minimum " +
	"unpaid impaye unlimited illimite illimitee unnecessary inutile lack lacks lacking manque manquent absence absent absente free gratuit gratuite " +
	"exempt exempte exemptes dispense dispenses annule annulee annulation annuler cancelled cancel cancellation supprime supprimee")

// refuses reports whether a folded word denies by its meaning.
func refuses(word string) bool {
	if refusals[word] {
		return true
	}
	for _, stem := range refusalStems {
		if strings.HasPrefix(word, stem) {
			return true
		}
	}
	return false
}

var refusals = lang.WordSet("impossible unable unavailable indisponible indisponibles illegal illegale illegaux invalid invalide invalides unauthorised " +
	"unauthorized denied")

var refusalStems = []string{"interdi", "prohib", "forbid", "forbad", "refus", "exclu", "reject", "rejet"}
