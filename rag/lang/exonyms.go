package lang

import "strings"

// exonyms are names that French and English write differently, folded: days,
// months, cities, and countries of several words with their people. A group is
// all that stands for one of them.
var exonyms = exonymTable(
	"lundi monday", "mardi tuesday", "mercredi wednesday", "jeudi thursday", "vendredi friday", "samedi saturday", "dimanche sunday",
	"janvier january jan", "fevrier february feb", "mars march", "avril april", "mai may", "juin june", "juillet july", "aout august",
	"septembre september sept", "octobre october oct", "novembre november nov", "decembre december dec",
	"noel christmas", "paques easter", "toussaint saints", "pentecote pentecost whit", "ascension ascension",
	"royaume-uni royaume kingdom uk britain britannique britanniques british",
	"etats-unis etats states us usa americain americaine americains american americans", "unis united uni",
	"londres london", "bruxelles brussels", "geneve geneva", "vienne vienna", "rome rome", "varsovie warsaw", "lisbonne lisbon", "athenes athens",
	"moscou moscow", "pekin beijing", "edimbourg edinburgh", "anvers antwerp", "cologne koln", "munich munchen", "milan milano", "venise venice",
	"seville sevilla", "barcelone barcelona", "copenhague copenhagen", "bucarest bucharest", "prague praha", "le-caire cairo caire", "alger algiers",
	"union union", "onu un", "atlantique atlantic", "nord north", "sud south", "est east", "ouest west", "mediterranee mediterranean", "manche channel",
)

func exonymTable(groups ...string) map[string]string {
	table := make(map[string]string)
	for _, group := range groups {
		words := strings.Fields(group)
		for _, word := range words {
			table[word] = words[0]
		}
	}
	return table
}

// SameName reports whether two folded words are one name as different languages
// write it: "londres" and "london", "lundi" and "monday", "otan" and "nato", or
// of one country: "perou" and "peruvien".
func SameName(a, b string) bool {
	if a == b {
		return true
	}
	for _, other := range acronymTranslations[a] {
		if other == b {
			return true
		}
	}
	if name, ok := exonyms[a]; ok && exonyms[b] == name {
		return true
	}
	p, q := Demonyms(a), Demonyms(b)
	return p != nil && q != nil && p[0] == q[0]
}
