package lang

import "strings"

// abbreviation says after what an abbreviation's point ends no sentence.
type abbreviation int

const (
	noAbbreviation abbreviation = iota
	// beforeAny: titles and the like, which never end a sentence.
	beforeAny
	// beforeNumber: "p. 12", but "la p. Elle".
	beforeNumber
	// beforeCode: "art. L. 3121-1", "fig. A".
	beforeCode
)

// abbreviations are French and English ones, lower case and without their last
// point. Those that often end a sentence ("etc", "inc") are left out: what
// follows them decides, as everywhere.
var abbreviations = abbreviationTable(map[abbreviation]string{
	beforeAny: "m mm mme mmes mlle mlles me mes dr drs pr prof mgr st ste sts mr mrs ms messrs rev hon gen gén col cpt capt lt sgt cdt " +
		"adm amb sen rep gov pres prés dir adj cf c.-à-d càd e.g i.e p.ex p.-ex ex vs v av bd boul pl rte r env approx ca al resp dept dép " +
		"intl univ établ sté jr-dr u.s u.k u.n e.u",
	beforeNumber: "p pp no nos n° nº num vol vols t chap ch sect § éd ed fasc tél tel fax poste ext réf ref bp janv févr fév avr juil sept " +
		"oct nov déc jan feb mar apr jun jul aug sep dec v ver vers min max",
	beforeCode: "art arts al fig figs tab tabl annexe ann app par para sec",
})

func abbreviationTable(kinds map[abbreviation]string) map[string]abbreviation {
	table := make(map[string]abbreviation)
	// beforeAny is entered last, so that it wins over the narrower kinds.
	for _, kind := range []abbreviation{beforeNumber, beforeCode, beforeAny} {
		for w := range strings.FieldsSeq(kinds[kind]) {
			table[w] = kind
		}
	}
	return table
}
