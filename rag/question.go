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
	askedName
	askedWhen
	askedWhere
	askedHowMany
	askedHowMuch
	askedHow
	askedWhy
	askedList
	askedDefinition
	askedWhether
)

// wanted is what a question asks for: the kind of answer, and the noun that it
// is asked by, as in "how many days" and "quelle ville".
type wanted struct {
	kind asked
	// noun is folded, "" where there is none.
	noun string
}

// asking is a phrase that opens a question, folded as lang.Fold folds.
type asking struct {
	phrase string
	kind   asked
	// noun is set where the word after the phrase is the noun asked for.
	noun bool
}

// askedBy maps the words that open a question to what it wants. Of those that
// begin at the same word the longest decides.
var askedBy = map[string][]asking{
	"fr": {
		{"quand", askedWhen, false}, {"quelle heure", askedWhen, false},
		{"combien de", askedHowMany, true}, {"combien d", askedHowMany, true}, {"combien", askedHowMany, false},
		{"combien coute", askedHowMuch, false}, {"combien coutent", askedHowMuch, false}, {"a combien s'eleve", askedHowMuch, false},
		{"pourquoi", askedWhy, false}, {"pour quelle raison", askedWhy, false}, {"pour quelles raisons", askedWhy, false},
		{"quelle est la raison", askedWhy, false}, {"quelle est la cause", askedWhy, false}, {"quelles sont les causes", askedWhy, false},
		{"quelles sont les raisons", askedWhy, false},
		{"ou", askedWhere, false}, {"d'ou", askedWhere, false},
		{"quels sont les", askedList, true}, {"quelles sont les", askedList, true}, {"quels sont", askedList, false}, {"quelles sont", askedList, false},
		{"quels", askedList, true}, {"quelles", askedList, true},
		{"quel est le nom", askedName, false}, {"quel etait le nom", askedName, false}, {"comment s'appelle", askedName, false},
		{"comment s'appelait", askedName, false}, {"comment s'appellent", askedName, false}, {"comment se nomme", askedName, false},
		{"comment appelle", askedName, false}, {"comment est appele", askedName, false}, {"comment est appelee", askedName, false},
		{"comment nomme", askedName, false},
		{"comment", askedHow, false}, {"de quelle maniere", askedHow, false}, {"de quelle facon", askedHow, false}, {"par quel moyen", askedHow, false},
		{"quel est le", askedAnything, true}, {"quel est l", askedAnything, true}, {"quelle est la", askedAnything, true}, {"quelle est l", askedAnything, true},
		{"quel etait le", askedAnything, true}, {"quel etait l", askedAnything, true}, {"quelle etait la", askedAnything, true}, {"quelle etait l", askedAnything, true},
		{"quel fut le", askedAnything, true}, {"quelle fut la", askedAnything, true}, {"quel sera le", askedAnything, true}, {"quelle sera la", askedAnything, true},
		{"quel", askedAnything, true}, {"quelle", askedAnything, true},
		{"qu'est-ce que", askedDefinition, false}, {"qu'est ce que", askedDefinition, false}, {"qu'est-ce qu", askedDefinition, false},
		{"qu'est-ce qui", askedAnything, false}, {"que signifie", askedDefinition, false}, {"que veut dire", askedDefinition, false},
		{"c'est quoi", askedDefinition, false}, {"quelle est la definition", askedDefinition, false},
		{"qui", askedWho, false},
		{"est-ce que", askedWhether, false}, {"est-ce qu", askedWhether, false}, {"y a-t-il", askedWhether, false},
		{"peut-on", askedWhether, false}, {"doit-on", askedWhether, false}, {"faut-il", askedWhether, false}, {"puis-je", askedWhether, false},
	},
	"en": {
		{"when", askedWhen, false}, {"what time", askedWhen, false},
		{"how many", askedHowMany, true}, {"how much", askedHowMuch, false}, {"how much of", askedHowMany, true},
		{"how long", askedHowMany, false}, {"how old", askedHowMany, false}, {"how often", askedHowMany, false}, {"how far", askedHowMany, false},
		{"how large", askedHowMany, false}, {"how big", askedHowMany, false}, {"how tall", askedHowMany, false}, {"how high", askedHowMany, false},
		{"how fast", askedHowMany, false}, {"how deep", askedHowMany, false}, {"how quickly", askedHowMany, false}, {"how soon", askedHowMany, false},
		{"how", askedHow, false},
		{"why", askedWhy, false}, {"for what reason", askedWhy, false}, {"what is the reason", askedWhy, false}, {"what was the reason", askedWhy, false},
		{"what caused", askedWhy, false}, {"what causes", askedWhy, false},
		{"where", askedWhere, false},
		{"what are the", askedList, true}, {"what were the", askedList, true}, {"what are", askedList, false}, {"what were", askedList, false},
		{"which are", askedList, false}, {"list", askedList, false}, {"name the", askedList, false},
		{"what is the name", askedName, false}, {"what was the name", askedName, false}, {"what is another name", askedName, false},
		{"whose", askedWho, false}, {"whom", askedWho, false}, {"who", askedWho, false},
		{"what is the", askedAnything, true}, {"what was the", askedAnything, true}, {"what is a", askedDefinition, false}, {"what is an", askedDefinition, false},
		{"what is meant by", askedDefinition, false}, {"what does", askedAnything, false}, {"what did", askedAnything, false}, {"what do", askedAnything, false},
		{"what is", askedAnything, false}, {"what was", askedAnything, false}, {"what", askedAnything, true}, {"which", askedAnything, true},
		{"is it", askedWhether, false}, {"is there", askedWhether, false}, {"are there", askedWhether, false}, {"may i", askedWhether, false},
		{"can i", askedWhether, false}, {"do i", askedWhether, false}, {"must i", askedWhether, false},
	},
}

// askedByNoun are the nouns, folded, whose kind of answer is another than the
// words before them say: "en quelle année", "what percentage".
var askedByNoun = nounKinds(map[asked]string{
	askedWhen: "date dates annee annees an jour mois siecle epoque periode moment decennie saison " +
		"year years day month century date dates decade era period",
	askedWhere: "ville villes pays region regions departement commune province endroit lieu continent ile fleuve riviere quartier capitale village " +
		"adresse mer ocean montagne rue site " +
		"city cities country countries region state province place location continent island river neighborhood neighbourhood capital town village " +
		"address county sea ocean mountain street area",
	askedHowMany: "nombre duree delai age taille superficie population hauteur longueur largeur distance vitesse poids temperature surface altitude " +
		"effectif frequence profondeur proportion part " +
		"number duration age size area population height length width distance speed weight temperature surface altitude frequency depth proportion share",
	askedHowMuch: "montant prix budget taux cout pourcentage salaire tarif somme plafond loyer prime indemnite " +
		"amount price budget rate cost percentage percent salary fee sum limit rent",
	askedWho: "personne personnage homme femme roi reine empereur president presidente ministre auteur autrice ecrivain acteur actrice joueur joueuse " +
		"realisateur chanteur peintre artiste general pape pere mere frere soeur fils fille philosophe scientifique inventeur directeur directrice " +
		"fondateur architecte successeur predecesseur dirigeant chef entraineur compositeur poete scenariste journaliste epouse mari " +
		"person man woman king queen emperor president minister author writer actor actress player director singer painter artist general " +
		"pope father mother brother sister son daughter philosopher scientist inventor founder architect successor leader coach composer poet ruler wife husband",
	askedName: "nom surnom prenom societe entreprise equipe club groupe organisation musee journal film livre roman album chaine parti universite ecole " +
		"langue compagnie institution marque " +
		"name nickname company team club group organization organisation museum newspaper film movie book novel album channel party university school " +
		"language institution brand agency nationality",
	askedWhy: "raison raisons cause causes motif reason reasons",
	askedHow: "maniere facon moyen methode way method means",
})

func nounKinds(lists map[asked]string) map[string]asked {
	kinds := make(map[string]asked)
	for kind, list := range lists {
		for noun := range strings.FieldsSeq(list) {
			kinds[noun] = kind
		}
	}
	return kinds
}

// questionWords carry the form of a question and nothing that a document
// could say; the stop words of a language hold most others.
var questionWords = map[string]map[string]bool{
	"fr": lang.WordSet("combien comment pourquoi quand quel quelle quels quelles lequel laquelle lesquels lesquelles ou qui que quoi " +
		"est-ce appelle s'appelle nom nomme fait faire faut peut-on dois-je doit-on puis-je y-a-t-il"),
	"en": lang.WordSet("how what when where which who whom whose why many much do does did can could should would may must name named according"),
}

func isQuestionWord(language, surface string) bool {
	if set, ok := questionWords[language]; ok {
		return set[surface]
	}
	return questionWords["fr"][surface] || questionWords["en"][surface]
}

// askedFor classifies a question; the phrase may stand anywhere, as in
// "According to the policy, who …", but the earliest decides, and of several
// at one place the longest.
func askedFor(language, question string) wanted {
	folded := " " + strings.Join(strings.FieldsFunc(lang.Fold(question), func(r rune) bool {
		return strings.ContainsRune(" ,?\u00a0\n:\"«»()", r)
	}), " ") + " "
	at, best := len(folded), asking{}
	for _, q := range askedBy[language] {
		i := indexPhrase(folded, q.phrase)
		if i >= 0 && (i < at || i == at && len(q.phrase) > len(best.phrase)) {
			at, best = i, q
		}
	}
	w := wanted{kind: best.kind}
	if best.noun {
		w.noun = nounAfter(language, folded[at+len(best.phrase):])
	}
	if kind, ok := askedByNoun[w.noun]; ok && (w.kind == askedAnything || kind == askedWhy || kind == askedWhen) {
		w.kind = kind
	}
	return w
}

// indexPhrase finds a phrase of whole words; an elided word may follow, as the
// question has one after "combien d'".
func indexPhrase(folded, phrase string) int {
	for from := 0; ; {
		i := strings.Index(folded[from:], " "+phrase)
		if i < 0 {
			return -1
		}
		i += from + 1
		switch folded[i+len(phrase)] {
		case ' ', '\'', '-':
			return i
		}
		from = i
	}
}

// nounAfter is the noun asked for: the first word of what follows that says
// something, unless a verb stands between.
func nounAfter(language, rest string) string {
	for i, w := range lang.Words(language, rest) {
		switch {
		case i > 2:
			return ""
		case !w.Stop && !isQuestionWord(language, w.Surface) && !fillers[w.Surface]:
			return w.Surface
		}
	}
	return ""
}

// fillers stand between the asking words and the noun.
var fillers = lang.WordSet("premier premiere principal principale type sorte genre autre nouveau nouvelle grand grande " +
	"first main type kind sort other new total name exact")

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
