package verify

import (
	"strings"
	"unicode/utf8"

	"docent/rag/lang"
)

// bearNames reports whether every name of the claim stands in the quotes, or in
// the title or headings that are shown with them. What German writes with a
// capital is any noun, so that there only acronyms are names.
func (b *bearing) bearNames(language, claim string, known map[string]bool) bool {
	words := lang.Words(language, claim)
	sentences := lang.Sentences(claim)
	figures := figureSpans(language, claim)
	for i, w := range words {
		raw := claim[w.Start:w.End]
		switch {
		case !lang.IsCapital(raw) || b.isNamed(w) || titles[w.Surface] || isWithin(figures, w):
			continue
		case lang.IsAllCapitals(raw):
			if len(raw) == 1 && (raw == "I" || raw == "A" || startsSentence(sentences, claim, w.Start)) || b.hasInitials(w.Surface) {
				continue
			}
		case language == "de":
			continue
		case startsSentence(sentences, claim, w.Start):
			if known[w.Surface] || !b.opensWithName(language, claim, words[i:]) {
				continue
			}
		}
		return false
	}
	return true
}

// isNamed reports whether the name stands in the quotes or above them, as it is
// or as another language writes it.
func (b *bearing) isNamed(w lang.Word) bool {
	if b.has(w) || b.places[w.Surface] {
		return true
	}
	for said := range b.words {
		if lang.SameName(w.Surface, said) {
			return true
		}
	}
	return false
}

// hasInitials reports whether an acronym's letters begin words of the quotes
// that follow each other: HR for human resources.
func (b *bearing) hasInitials(acronym string) bool {
	for _, c := range b.citations {
		var initials strings.Builder
		for _, w := range lang.Words("", c.Quote) {
			if !lang.IsStopAnywhere(w.Surface) {
				r, _ := utf8.DecodeRuneInString(w.Surface)
				initials.WriteRune(r)
			}
		}
		if len(acronym) > 1 && strings.Contains(initials.String(), acronym) {
			return true
		}
	}
	return false
}

// opensWithName reports whether the first word of a sentence, where any word
// has a capital, is there as a name: it is none of the words that open
// sentences, nothing like it stands in the quotes, and a name or a verb comes
// after it.
func (b *bearing) opensWithName(language, claim string, words []lang.Word) bool {
	w := words[0]
	if w.Stop || openers[w.Surface] || b.hasLike(w) {
		return false
	}
	if len(words) == 1 {
		return true
	}
	next := words[1]
	between := claim[w.End:next.Start]
	switch {
	case lang.IsCapital(claim[next.Start:]):
		return true
	case strings.ContainsAny(between, ",:;"):
		return false // "Généralement, …"
	case verbs[next.Surface]:
		return language == "fr" || !commonEnding(w.Surface)
	case next.Stop:
		return false
	}
	if language == "fr" {
		return !strings.HasSuffix(w.Surface, "ez") // "Informez …"
	}
	return !commonEnding(w.Surface) && (strings.HasSuffix(next.Surface, "ed") || strings.HasSuffix(next.Surface, "s"))
}

// commonEnding holds for endings that English nouns without an article have and
// names hardly.
func commonEnding(word string) bool {
	for _, end := range []string{"ing", "ion", "ment", "ity", "ance", "ence", "ness", "age", "ure", "time", "work", "ship", "als", "ees", "ers", "ions", "ments", "body", "thing"} {
		if strings.HasSuffix(word, end) && len(word) > len(end)+2 {
			return true
		}
	}
	return false
}

// verbs are the commonest after a subject, folded.
var verbs = lang.WordSet("a ont est sont etait etaient sera seront avait doit doivent peut peuvent fut aura auront va vont " +
	"is are was were has have had will would must may might can could shall should does did do")

// openers begin sentences without being stop words, folded.
var openers = lang.WordSet("chaque tout toute toutes tous certains certaines plusieurs seul seule seuls seules aucun aucune quelques divers nul nulle " +
	"apres avant des lors pour selon sauf outre depuis hormis pendant durant malgre contre jusqu personne rien oui non ainsi enfin ensuite puis " +
	"cependant toutefois or car si quand lorsque " +
	"each every all any some several many most few only both none no yes either neither another such one two three everyone everybody anyone " +
	"anybody nobody somebody someone nothing people staff employees workers overtime leave access approval management travel payment pay salary " +
	"training parking reception according after before during since until unless while when where whether however otherwise therefore also")

// IsTitle reports whether a folded word is written with a capital before names or as
// that of a function or service, and names nobody.
func IsTitle(word string) bool { return titles[word] }

// titles are words that English, and French in letters, write with a capital
// before names or as names of functions and services: what they say is checked
// with the other words.
var titles = lang.WordSet("m mm mme mmes mlle mr mrs ms miss dr pr prof sir madam monsieur madame maitre " +
	"director manager managing head chief officer executive deputy assistant secretary general president chair chairman chairwoman " +
	"council committee board department service office team unit division branch company group human resources works working safety health " +
	"policy agreement act code article section annex appendix chapter title finance accounting purchasing sales legal information technology it " +
	"directeur directrice direction responsable chef president presidente conseil comite commission service departement bureau equipe " +
	"societe entreprise groupe ressources humaines accord convention reglement loi annexe chapitre titre achats comptabilite juridique etat " +
	"i ok internet web email wi-fi pdf monday-friday")
