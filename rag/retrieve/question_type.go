package retrieve

import (
	"strings"

	"docent/rag/lang"
)

// QuestionType is what kind of answer a question wants; it decides which sentence of
// the right passage answers.
type QuestionType int

// The kinds.
const (
	AskedAnything QuestionType = iota
	AskedWho
	AskedName
	AskedWhen
	AskedWhere
	AskedHowMany
	AskedHowMuch
	AskedHow
	AskedWhy
	AskedList
	AskedDefinition
	AskedWhether
)

// Wanted is what a question asks for: the kind of answer, and the noun that it
// is asked by, as in "how many days" and "quelle ville".
type Wanted struct {
	Kind QuestionType
	// Noun is folded, "" where there is none.
	Noun string
}

// asking is a phrase that opens a question, folded as lang.Fold folds.
type asking struct {
	phrase string
	kind   QuestionType
	// noun is set where the word after the phrase is the noun asked for.
	noun bool
}

// askedBy maps the words that open a question to what it wants. Of those that
// begin at the same word the longest decides.
var askedBy = map[string][]asking{
	"fr": {
		{"quand", AskedWhen, false}, {"quelle heure", AskedWhen, false},
		{"combien de", AskedHowMany, true}, {"combien d", AskedHowMany, true}, {"combien", AskedHowMany, false},
		{"combien coute", AskedHowMuch, false}, {"combien coutent", AskedHowMuch, false}, {"a combien s'eleve", AskedHowMuch, false},
		{"pourquoi", AskedWhy, false}, {"pour quelle raison", AskedWhy, false}, {"pour quelles raisons", AskedWhy, false},
		{"quelle est la raison", AskedWhy, false}, {"quelle est la cause", AskedWhy, false}, {"quelles sont les causes", AskedWhy, false},
		{"quelles sont les raisons", AskedWhy, false},
		{"ou", AskedWhere, false}, {"d'ou", AskedWhere, false},
		{"quels sont les", AskedList, true}, {"quelles sont les", AskedList, true}, {"quels sont", AskedList, false}, {"quelles sont", AskedList, false},
		{"quels", AskedList, true}, {"quelles", AskedList, true},
		{"quel est le nom", AskedName, false}, {"quel etait le nom", AskedName, false}, {"comment s'appelle", AskedName, false},
		{"comment s'appelait", AskedName, false}, {"comment s'appellent", AskedName, false}, {"comment se nomme", AskedName, false},
		{"comment appelle", AskedName, false}, {"comment est appele", AskedName, false}, {"comment est appelee", AskedName, false},
		{"comment nomme", AskedName, false},
		{"comment", AskedHow, false}, {"de quelle maniere", AskedHow, false}, {"de quelle facon", AskedHow, false}, {"par quel moyen", AskedHow, false},
		{"quel est le", AskedAnything, true}, {"quel est l", AskedAnything, true}, {"quelle est la", AskedAnything, true}, {"quelle est l", AskedAnything, true},
		{"quel etait le", AskedAnything, true}, {"quel etait l", AskedAnything, true}, {"quelle etait la", AskedAnything, true}, {"quelle etait l", AskedAnything, true},
		{"quel fut le", AskedAnything, true}, {"quelle fut la", AskedAnything, true}, {"quel sera le", AskedAnything, true}, {"quelle sera la", AskedAnything, true},
		{"quel", AskedAnything, true}, {"quelle", AskedAnything, true},
		{"qu'est-ce que", AskedDefinition, false}, {"qu'est ce que", AskedDefinition, false}, {"qu'est-ce qu", AskedDefinition, false},
		{"qu'est-ce qui", AskedAnything, false}, {"que signifie", AskedDefinition, false}, {"que veut dire", AskedDefinition, false},
		{"c'est quoi", AskedDefinition, false}, {"quelle est la definition", AskedDefinition, false},
		{"qui", AskedWho, false},
		{"est-ce que", AskedWhether, false}, {"est-ce qu", AskedWhether, false}, {"y a-t-il", AskedWhether, false},
		{"peut-on", AskedWhether, false}, {"doit-on", AskedWhether, false}, {"faut-il", AskedWhether, false}, {"puis-je", AskedWhether, false},
	},
	"en": {
		{"when", AskedWhen, false}, {"what time", AskedWhen, false},
		{"how many", AskedHowMany, true}, {"how much", AskedHowMuch, false}, {"how much of", AskedHowMany, true},
		{"how long", AskedHowMany, false}, {"how old", AskedHowMany, false}, {"how often", AskedHowMany, false}, {"how far", AskedHowMany, false},
		{"how large", AskedHowMany, false}, {"how big", AskedHowMany, false}, {"how tall", AskedHowMany, false}, {"how high", AskedHowMany, false},
		{"how fast", AskedHowMany, false}, {"how deep", AskedHowMany, false}, {"how quickly", AskedHowMany, false}, {"how soon", AskedHowMany, false},
		{"how", AskedHow, false},
		{"why", AskedWhy, false}, {"for what reason", AskedWhy, false}, {"what is the reason", AskedWhy, false}, {"what was the reason", AskedWhy, false},
		{"what caused", AskedWhy, false}, {"what causes", AskedWhy, false},
		{"where", AskedWhere, false},
		{"what are the", AskedList, true}, {"what were the", AskedList, true}, {"what are", AskedList, false}, {"what were", AskedList, false},
		{"which are", AskedList, false}, {"list", AskedList, false}, {"name the", AskedList, false},
		{"what is the name", AskedName, false}, {"what was the name", AskedName, false}, {"what is another name", AskedName, false},
		{"whose", AskedWho, false}, {"whom", AskedWho, false}, {"who", AskedWho, false},
		{"what is the", AskedAnything, true}, {"what was the", AskedAnything, true}, {"what is a", AskedDefinition, false}, {"what is an", AskedDefinition, false},
		{"what is meant by", AskedDefinition, false}, {"what does", AskedAnything, false}, {"what did", AskedAnything, false}, {"what do", AskedAnything, false},
		{"what is", AskedAnything, false}, {"what was", AskedAnything, false}, {"what", AskedAnything, true}, {"which", AskedAnything, true},
		{"is it", AskedWhether, false}, {"is there", AskedWhether, false}, {"are there", AskedWhether, false}, {"may i", AskedWhether, false},
		{"can i", AskedWhether, false}, {"do i", AskedWhether, false}, {"must i", AskedWhether, false},
	},
}

// askedByNoun are the nouns, folded, whose kind of answer is another than the
// words before them say: "en quelle année", "what percentage".
var askedByNoun = nounKinds([]nouns{
	{AskedWhen, "date dates annee annees an jour mois siecle epoque periode moment decennie saison " +
		"year years day month century date dates decade era period"},
	{AskedWhere, "ville villes pays region regions departement commune province endroit lieu continent ile fleuve riviere quartier capitale village " +
		"adresse mer ocean montagne rue site " +
		"city cities country countries region state province place location continent island river neighborhood neighbourhood capital town village " +
		"address county sea ocean mountain street"},
	{AskedHowMany, "nombre duree delai age taille superficie population hauteur longueur largeur distance vitesse poids temperature surface altitude " +
		"effectif frequence profondeur proportion part " +
		"number duration age size area population height length width distance speed weight temperature surface altitude frequency depth proportion share"},
	{AskedHowMuch, "montant prix budget taux cout pourcentage salaire tarif somme plafond loyer prime indemnite " +
		"amount price budget rate cost percentage percent salary fee sum limit rent"},
	{AskedWho, "personne personnage homme femme roi reine empereur president presidente ministre auteur autrice ecrivain acteur actrice joueur joueuse " +
		"realisateur chanteur peintre artiste general pape pere mere frere soeur fils fille philosophe scientifique inventeur directeur directrice " +
		"fondateur architecte successeur predecesseur dirigeant chef entraineur compositeur poete scenariste journaliste epouse mari " +
		"person man woman king queen emperor president minister author writer actor actress player director singer painter artist general " +
		"pope father mother brother sister son daughter philosopher scientist inventor founder architect successor leader coach composer poet ruler wife husband"},
	{AskedName, "nom surnom prenom societe entreprise equipe club groupe organisation musee journal film livre roman album chaine parti universite ecole " +
		"langue compagnie institution marque " +
		"name nickname company team club group organization organisation museum newspaper film movie book novel album channel party university school " +
		"language institution brand agency nationality"},
	{AskedWhy, "raison raisons cause causes motif reason reasons"},
	{AskedHow, "maniere facon moyen methode way method means"},
})

// nouns are those of one kind, parted by white space.
type nouns struct {
	kind QuestionType
	list string
}

// nounKinds goes through the lists in order: a map would give a noun that stands
// in two of them another kind at every start.
func nounKinds(lists []nouns) map[string]QuestionType {
	kinds := make(map[string]QuestionType)
	for _, l := range lists {
		for noun := range strings.FieldsSeq(l.list) {
			kinds[noun] = l.kind
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

// WantedBy classifies a question; the phrase may stand anywhere, as in
// "According to the policy, who …", but the earliest decides, and of several
// at one place the longest.
func WantedBy(language, question string) Wanted {
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
	w := Wanted{Kind: best.kind}
	if best.noun {
		w.Noun = nounAfter(language, folded[at+len(best.phrase):])
	}
	if kind, ok := askedByNoun[w.Noun]; ok && (w.Kind == AskedAnything || kind == AskedWhy || kind == AskedWhen) {
		w.Kind = kind
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
