package rag

import (
	"regexp"
	"strings"

	"docent/rag/lang"
)

// asked is what kind of answer a question wants; it decides which sentence of
// the right passage answers.
type asked int

const (
	askedAnything asked = iota
	askedWho
	askedWhen
	askedWhere
	askedHowMany
	askedHowMuch
	askedWhy
	askedList
)

// askedBy maps the words that open a question to what it wants, folded as
// lang.Fold folds. Longer phrases stand first, since the first that matches
// decides.
var askedBy = map[string][]struct {
	phrase string
	kind   asked
}{
	"fr": {
		{"a partir de quand", askedWhen}, {"depuis quand", askedWhen}, {"jusqu'a quand", askedWhen},
		{"quelle est la date", askedWhen}, {"a quelle date", askedWhen}, {"en quelle annee", askedWhen},
		{"quelle annee", askedWhen}, {"quel jour", askedWhen}, {"quel mois", askedWhen}, {"quel siecle", askedWhen},
		{"quelle heure", askedWhen}, {"quand", askedWhen},
		{"quel est le montant", askedHowMuch}, {"quel montant", askedHowMuch}, {"quel est le prix", askedHowMuch},
		{"quel prix", askedHowMuch}, {"quel pourcentage", askedHowMuch}, {"quel est le budget", askedHowMuch},
		{"quel budget", askedHowMuch}, {"quel taux", askedHowMuch}, {"combien coute", askedHowMuch},
		{"combien", askedHowMany}, {"quel est le nombre", askedHowMany}, {"quel nombre", askedHowMany}, {"quel age", askedHowMany},
		{"quelle est la duree", askedHowMany}, {"quelle duree", askedHowMany}, {"quel delai", askedHowMany}, {"quel est le delai", askedHowMany},
		{"pourquoi", askedWhy}, {"pour quelle raison", askedWhy}, {"pour quelles raisons", askedWhy},
		{"dans quelle ville", askedWhere}, {"dans quel pays", askedWhere}, {"quelle ville", askedWhere},
		{"quel pays", askedWhere}, {"ou", askedWhere},
		{"quels sont", askedList}, {"quelles sont", askedList}, {"quels", askedList}, {"quelles", askedList},
		{"qui", askedWho}, {"comment s'appelle", askedWho}, {"quel est le nom", askedWho},
	},
	"en": {
		{"since when", askedWhen}, {"in what year", askedWhen}, {"in which year", askedWhen}, {"what year", askedWhen},
		{"which year", askedWhen}, {"what date", askedWhen}, {"which date", askedWhen}, {"what day", askedWhen},
		{"which month", askedWhen}, {"what time", askedWhen}, {"what century", askedWhen}, {"when", askedWhen},
		{"how much", askedHowMuch}, {"what percentage", askedHowMuch}, {"what is the price", askedHowMuch},
		{"what is the budget", askedHowMuch}, {"what is the amount", askedHowMuch},
		{"how many", askedHowMany}, {"how long", askedHowMany}, {"how old", askedHowMany}, {"how often", askedHowMany},
		{"what is the number", askedHowMany}, {"what number", askedHowMany},
		{"why", askedWhy}, {"for what reason", askedWhy}, {"what is the reason", askedWhy},
		{"where", askedWhere}, {"in which city", askedWhere}, {"what city", askedWhere}, {"which city", askedWhere},
		{"what country", askedWhere}, {"which country", askedWhere}, {"in what country", askedWhere},
		{"what are", askedList}, {"which are", askedList}, {"list", askedList},
		{"whose", askedWho}, {"whom", askedWho}, {"who", askedWho},
	},
}

// questionWords carry the form of a question and nothing that a document
// could say; the stop words of a language hold most others.
var questionWords = map[string]map[string]bool{
	"fr": wordSet("combien comment pourquoi quand quel quelle quels quelles lequel laquelle lesquels lesquelles ou qui que quoi " +
		"est-ce appelle s'appelle nom nomme fait faire faut peut-on dois-je doit-on puis-je y-a-t-il"),
	"en": wordSet("how what when where which who whom whose why many much do does did can could should would may must name named according"),
}

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

func isQuestionWord(language, surface string) bool {
	if set, ok := questionWords[language]; ok {
		return set[surface]
	}
	return questionWords["fr"][surface] || questionWords["en"][surface]
}

// askedFor classifies a question; the phrase may stand anywhere, as in
// "According to the policy, who …", but the earliest decides.
func askedFor(language, question string) asked {
	folded := " " + strings.Join(strings.FieldsFunc(lang.Fold(question), func(r rune) bool {
		return r == ' ' || r == ',' || r == '?' || r == '\u00a0' || r == '\n' || r == ':' || r == '-'
	}), " ") + " "
	best, kind := len(folded), askedAnything
	for _, q := range askedBy[language] {
		if at := strings.Index(folded, " "+q.phrase+" "); at >= 0 && at < best {
			best, kind = at, q.kind
		}
	}
	return kind
}

// partJoint stands between two questions in one: "who signs, and when …".
var partJoint = map[string]*regexp.Regexp{
	"fr": regexp.MustCompile(`(?i),?\s+et\s+((?:à |de |en |depuis |jusqu'à |pour |dans )?(?:qui|quand|où|combien|comment|pourquoi|quel|quelle|quels|quelles)\s)`),
	"en": regexp.MustCompile(`(?i),?\s+and\s+((?:in |at |since |until |for |by )?(?:who|whom|when|where|why|how|what|which)\s)`),
}

// questionParts parts a question that asks several things, so that each is
// looked up for itself. Every part keeps its own words only: "who leads it and
// when did it open" has a second part that stands on its own as far as its
// words do.
func questionParts(language, question string) []string {
	joint, ok := partJoint[language]
	if !ok {
		return []string{question}
	}
	var parts []string
	from := 0
	for _, m := range joint.FindAllStringSubmatchIndex(question, -1) {
		parts = append(parts, strings.TrimSpace(question[from:m[0]]))
		from = m[2]
	}
	return append(parts, strings.TrimSpace(question[from:]))
}
