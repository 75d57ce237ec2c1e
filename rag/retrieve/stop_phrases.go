package retrieve

import (
	"strings"

	"docent/rag/lang"
)

// idlePhrases say in a question of a kind no more than what it is asked by
// does: "se trouve" after "où". What answers need not have them. They are
// folded, without what is elided, and hyphens are spaces.
var idlePhrases = map[string]map[QuestionType][]string{
	"fr": {
		AskedWhere: append([]string{
			"se trouve", "se trouvent", "se trouvait", "trouve t il", "trouve t elle", "trouve t on", "se situe", "se situent", "se situait",
			"situe t il", "situe t elle", "est situe", "est situee", "sont situes", "sont situees",
		}, takesPlace...),
		AskedWhen:       takesPlace,
		AskedDefinition: {"veut dire", "definition", "sigle", "acronyme"},
	},
	"en": {
		AskedWhere:      {"located", "situated", "take place", "took place", "taken place", "takes place"},
		AskedWhen:       {"happen", "happened", "occur", "occurred", "take place", "took place", "taken place", "takes place"},
		AskedDefinition: {"meant by"},
	},
}

var takesPlace = []string{"a eu lieu", "ont eu lieu", "eut lieu", "a lieu", "se deroule", "se deroulent", "est deroule", "est deroulee"}

// idleWords marks the words of a question that say nothing to look up beside what
// stop words and question words say.
func idleWords(language, question string, kind QuestionType, said []lang.Word) []bool {
	marked := make([]bool, len(said))
	for _, phrase := range idlePhrases[language][kind] {
		words := strings.Fields(phrase)
		for at := 0; at+len(words) <= len(said); at++ {
			if !saysAt(said[at:], words) {
				continue
			}
			for i := range words {
				marked[at+i] = true
			}
		}
	}
	if language == "fr" {
		for i, w := range said {
			marked[i] = marked[i] || w.Surface == "ete" && !isSummer(question, said, i)
		}
	}
	return marked
}

func saysAt(said []lang.Word, words []string) bool {
	for i, w := range words {
		if said[i].Surface != w {
			return false
		}
	}
	return true
}

// isSummer tells the season from the participle of "être", which is the same
// word: an article or a preposition stands before it.
func isSummer(question string, said []lang.Word, i int) bool {
	before := strings.TrimRight(question[:said[i].Start], " ")
	if strings.HasSuffix(before, "'") || strings.HasSuffix(before, "’") {
		return true
	}
	return i == 0 || beforeSummer[said[i-1].Surface]
}

var beforeSummer = lang.WordSet("en cet un chaque quel dernier prochain par plein fin debut milieu saison mi du")
