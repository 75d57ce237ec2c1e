package lang

// abbreviation says after what an abbreviation's point ends no sentence.
type abbreviation int

const (
	noAbbreviation abbreviation = iota
	// beforeAny: never ends a sentence.
	beforeAny
	// title: written with a capital, and then never ends a sentence.
	title
	// beforeNumber: "p. 12" and "chap. IV", but "la p. Elle".
	beforeNumber
	// beforeCode: "art. L. 3121-1", "fig. A"; what is not followed by a figure
	// or a lone letter is a word that ends a sentence: "modern art. Picasso".
	beforeCode
	// beforeName: what ends a sentence as often as not, and is judged by the
	// word that follows: "the U.S. Army", "in the U.S. The".
	beforeName
)

// longestAbbreviation is in bytes, without the last point.
const longestAbbreviation = 8

// abbreviations are French and English ones, lower case and without their last
// point. "etc" is left out: a capital after it begins a sentence, as after any
// other word.
var abbreviations = wordTable(map[abbreviation]string{
	beforeAny: "mr mrs ms mme mmes mlle mlles mgr dr drs messrs mx prof profs cf c.-à-d càd e.g eg i.e ie p.ex p.-ex ex vs viz v av ap bd boul rte env approx " +
		"resp sing litt syn sté éts ets n.b s.a.r.l ibid adj univ dept dpt",
	title: "m mm me mes pr st ste sts rev hon gen gén col cpt capt cmdt cne lt sgt cdt brig adm amb sen sén rep gov pres prés dir secr mt ft gal cie",
	beforeNumber: "p pp no nos n n° nº num vol vols t tt chap ch sect § éd ed fasc tél tel fax poste ext réf ref bp janv févr fév avr juil sept " +
		"oct nov déc jan feb mar apr jun jul aug sep dec ver vers min max circa c fol",
	beforeCode: "art arts fig figs tab tabl annexe ann app par para alin",
	beforeName: "u.s u.k u.n e.u u.s.a a.m p.m j.-c inc ltd corp co bros jr sr al ph.d s.a sec dép coll trad prov arr",
})

// starters are words that begin sentences and are hardly ever part of a name:
// after an initial or an abbreviation they tell that a sentence ended.
var starters = WordSet("il elle ils elles on nous vous je ce cet cette ces un une des dans pour en par sur avec sans les mais or donc car si son sa ses leur " +
	"leurs notre nos c l d qu s n j lorsque lors depuis après avant pendant selon ainsi toutefois cependant puis enfin aucun chaque tout tous toute toutes " +
	"quand comme plusieurs certains " +
	"the a an it its he she they we you i this that these those in on at for from with by as if when while after before since although however there his her " +
	"their our all both each some many most no not but and so then what who where why how " +
	"because again thus hence therefore finally also")

// monthsAfterPoint are what follows a German ordinal: "am 7. Februar".
var monthsAfterPoint = WordSet("januar jänner februar märz april mai juni juli august september oktober november dezember jahrhundert jahrhunderts")
