package lang

// acronymTranslations are acronyms that French and English write differently,
// folded. Only those are listed that mean nothing else in either language.
var acronymTranslations = acronymTable([][]string{
	{"otan", "nato"}, {"ue", "eu"}, {"rgpd", "gdpr"}, {"tva", "vat"}, {"pib", "gdp"}, {"adn", "dna"}, {"fmi", "imf"}, {"ocde", "oecd"},
	{"omc", "wto"}, {"bce", "ecb"}, {"onu", "uno"}, {"aiea", "iaea"}, {"cij", "icj"}, {"sida", "aids"}, {"ovni", "ufo"},
})

// AcronymTranslations returns the other acronyms of what the folded word stands for.
func AcronymTranslations(folded string) []string { return acronymTranslations[folded] }

func acronymTable(groups [][]string) map[string][]string {
	table := make(map[string][]string)
	for _, group := range groups {
		for i, word := range group {
			others := append([]string{}, group[:i]...)
			table[word] = append(others, group[i+1:]...)
		}
	}
	return table
}
