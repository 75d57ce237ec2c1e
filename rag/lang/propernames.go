package lang

import "strings"

// sameNames are names that French and English write differently, folded: days,
// months, countries with their people, cities. A group is all that stands for
// one of them.
var sameNames = sameNameTable(
	"lundi monday", "mardi tuesday", "mercredi wednesday", "jeudi thursday", "vendredi friday", "samedi saturday", "dimanche sunday",
	"janvier january jan", "fevrier february feb", "mars march", "avril april", "mai may", "juin june", "juillet july", "aout august",
	"septembre september sept", "octobre october oct", "novembre november nov", "decembre december dec",
	"noel christmas", "paques easter", "toussaint saints", "pentecote pentecost whit", "ascension ascension",
	"france france francais francaise francaises french", "allemagne germany allemand allemande allemands allemandes german germans",
	"espagne spain espagnol espagnole espagnols spanish", "italie italy italien italienne italiens italian italians",
	"angleterre england anglais anglaise english", "royaume-uni royaume kingdom uk britain britannique britanniques british",
	"belgique belgium belge belges belgian belgians", "suisse switzerland suisses swiss", "pays-bas netherlands neerlandais neerlandaise dutch",
	"autriche austria autrichien autrichienne austrian", "pologne poland polonais polonaise polish", "grece greece grec grecque greek",
	"irlande ireland irlandais irlandaise irish", "ecosse scotland ecossais scottish", "suede sweden suedois suedoise swedish",
	"norvege norway norvegien norvegienne norwegian", "danemark denmark danois danoise danish", "finlande finland finlandais finnish",
	"hongrie hungary hongrois hungarian", "roumanie romania roumain roumaine romanian", "tchequie czechia tcheque czech",
	"turquie turkey turc turque turkish", "russie russia russe russes russian", "ukraine ukraine ukrainien ukrainienne ukrainian",
	"chine china chinois chinoise chinese", "japon japan japonais japonaise japanese", "coree korea coreen korean", "inde india indien indian",
	"bresil brazil bresilien brazilian", "mexique mexico mexicain mexican", "maroc morocco marocain moroccan", "algerie algeria algerien algerian",
	"tunisie tunisia tunisien tunisian", "egypte egypt egyptien egyptian", "canada canada canadien canadienne canadian",
	"etats-unis etats states us usa americain americaine americains american americans", "unis united uni", "europe europe europeen europeenne europeens europeennes european",
	"afrique africa africain african", "asie asia asiatique asian", "amerique america",
	"londres london", "bruxelles brussels", "geneve geneva", "vienne vienna", "rome rome", "varsovie warsaw", "lisbonne lisbon", "athenes athens",
	"moscou moscow", "pekin beijing", "edimbourg edinburgh", "anvers antwerp", "cologne koln", "munich munchen", "milan milano", "venise venice",
	"seville sevilla", "barcelone barcelona", "copenhague copenhagen", "bucarest bucharest", "prague praha", "le-caire cairo caire", "alger algiers",
	"union union", "onu un", "atlantique atlantic", "nord north", "sud south", "est east", "ouest west", "mediterranee mediterranean", "manche channel",
)

func sameNameTable(groups ...string) map[string]string {
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
// write it: "londres" and "london", "lundi" and "monday", "otan" and "nato".
func SameName(a, b string) bool {
	if a == b {
		return true
	}
	for _, other := range aliases[a] {
		if other == b {
			return true
		}
	}
	name, ok := sameNames[a]
	return ok && sameNames[b] == name
}
