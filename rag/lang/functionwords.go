package lang

import "strings"

// The languages that detection tells apart. Portuguese and Dutch are here so
// that they are not taken for Spanish and German: their name is "".
const (
	french = iota
	english
	german
	spanish
	italian
	portuguese
	dutch
	languageCount
)

var languageNames = [languageCount]string{"fr", "en", "de", "es", "it", "", ""}

// score is what speaks for each language.
type score [languageCount]int

func (s *score) add(t score) {
	for i := range s {
		s[i] += t[i]
	}
}

// leaders returns the first language with its score and that of the second.
func (s *score) leaders() (best, first, second int) {
	for i, n := range s {
		switch {
		case n > first:
			best, first, second = i, n, first
		case n > second:
			second = n
		}
	}
	return best, first, second
}

// functionWords are frequent words with little meaning, the interrogatives
// first; with and without their accents.
var functionWords = [languageCount]string{
	french: "que qui quoi quel quelle quels quelles lequel laquelle où comment combien pourquoi quand est-ce " +
		"le la les l un une des du de d et est sont dans en au aux pour par sur avec pas ne ce cet cette ces il elle ils elles " +
		"nous vous on se son sa ses leur leurs ou mais donc faut doit doivent peut peuvent peux puis-je été ete être etre avoir ont " +
		"à a chez je j y mon ma mes ton ta tes notre nos votre vos si sans sous entre après apres avant dont plus très tres être " +
		"même meme aussi ainsi lors depuis selon était etait étaient était fut avait avaient comme fait faire ça ca cela celui celle ceux " +
		"dois ai as avez avons suis êtes etes sommes sera seront serait quelqu aujourd quelque quelques chaque tout tous toute toutes " +
		"autre autres encore peu beaucoup moins vers jusqu parce",
	english: "what which who whom whose where when why how the a an of and is are was were in on at to for by with from that this these those " +
		"it its he she they we you i my your our their not no be been being has have had do does did doing done am " +
		"much many can could should must will would or as if there but than then so up out about into over after before under between " +
		"during his her him them me us any some all each every other more most such only also may might shall " +
		"don't doesn't didn't isn't aren't wasn't can't won't get gets need needs",
	german: "wer was wann wo wie warum wieviel welche welcher welches welchen wohin woher wem wessen " +
		"der die das den dem des ein eine einer einem einen und ist sind war waren im zu zum zur für fur von vom mit nicht " +
		"auf wird werden hat haben ich sie wir ihr es bei nach aus auch als an dass daß oder aber wenn über durch noch nur " +
		"kann können muss müssen soll sich er mein meine unser unsere sein seine kein keine wurde wurden unter vor bis seit zwischen gibt darf man " +
		"du bist hast dich dir mich mir uns euch ihm ihn ihnen ihre ihren ihrer diese dieser dieses diesem alle alles etwas nichts da dann weil " +
		"mehr viel viele schon immer jetzt hier heute habe hatte hatten wäre würde soll sollte will wollen muss müssen lass ja nein tun",
	spanish: "qué quién quiénes cuál cuáles cuánto cuántos cuánta cuántas cuándo dónde cómo quien cual cuales cuanto cuantos cuando donde como " +
		"el la los las un una unos unas de del y es son en al que para por con no se su sus ha han está están fue fueron más lo le les " +
		"mi mis tu tus nuestro nuestra pero muy sin sobre entre hay ser este esta estos estas era eran también desde hasta yo puedo puede debe o e a " +
		"me te nos os él ella ellos ellas usted ustedes eso esa ese esto algo nada nadie alguien todo toda todos todas casi ya bien aquí ahora " +
		"soy eres somos tengo tiene tienen hace hizo había he has hemos estoy estaba era eran va vas voy quiero quiere tan porque mucho mucha poco",
	italian: "chi che cosa quale quali quanto quanti quanta quante quando dove perché come " +
		"il lo la i gli le un uno una di del della dei delle degli dello e ed è sono in nel nella nei nelle al alla ai alle con non " +
		"si suo sua suoi loro ha hanno più da dal dalla dai per tra fra su sul sulla ma anche se questo questa questi era erano stato stata mio mia " +
		"nostro nostra posso può devo deve ho o a " +
		"mi ti ci vi lei lui noi voi essi tu io hai abbiamo avete siamo siete sei fa fare tutto tutti tutta molto molti poco bene così già qui ora",
	portuguese: "o os a as um uma uns umas de do da dos das em no na nos nas ao aos à e é são que não com por para pelo pela pelos pelas se seu sua " +
		"seus suas foi foram mais mas como quem qual quais quando onde quanto quantos também ou já isso este esta ele ela eles nós você tem ser " +
		"me te lhe eu tu sou estou está tenho muito muita bem aqui agora fazer pode devo",
	dutch: "wie wat waar wanneer waarom hoe welke hoeveel de het een van en is op te dat die niet zijn met voor aan er ook maar door naar " +
		"in om dan of uit bij nog worden wordt werd heeft hebben was ik je hij zij wij deze dit kan moet als tot geen mijn onze",
}

// commonWords are words of office life that are written in one of the
// languages only. People search for them without grammar around them.
var commonWords = [languageCount]string{
	french: "congé congés conge conges payé payés paye payes payée delai délai délais delais préavis preavis facture factures contrat contrats salaire " +
		"salaires paie primes mutuelle télétravail teletravail frais remboursement remboursements horaires entreprise salarié salariés salarie " +
		"salaries employé employés maladie retraite démission embauche essai durée duree droit droits loi travail temps jour jours ouvrés " +
		"férié fériés semaine semaines mois année annuel annuelle devis commande livraison retour garantie mot passe mise réunion " +
		"reunion règlement reglement sécurité securite assurance impôt impôts siège équipe equipe chef fiche dépenses depenses voyage " +
		"déplacement deplacement matériel materiel ordinateur clé badge accueil annuaire adresse fournisseur fournisseurs montant " +
		"prix coût nombre liste numéro numero personne directeur directrice responsable ancienneté anciennete licenciement rupture",
	english: "leave invoice invoices sick holiday holidays vacation paid pay salary employee employees office team policy policies expense " +
		"expenses refund refunds remote work working hours week weeks month months year years day days manager training insurance retirement " +
		"resignation hiring password account update meeting rule rules security safety tax headquarters delivery order orders warranty " +
		"return returns shipping customer customers quote approve approves approval sign signs signed travel list phone address " +
		"laptop badge parental maternity overtime allowance allowed claim claims report reports amount cost price name number who's what's supplier",
	german: "urlaub kündigung kundigung rechnung rechnungen vertrag gehalt lohn arbeit mitarbeiter firma krankheit reisekosten homeoffice frist tage " +
		"woche monat jahr kunde kunden lieferung bestellung steuer versicherung besprechung sicherheit überstunden",
	spanish: "vacaciones factura facturas contrato salario nómina empleado empleados empresa enfermedad teletrabajo plazo días dias semana mes año " +
		"cliente pedido entrega reunión seguridad seguro impuesto despido horas",
	italian: "fattura fatture contratto stipendio dipendente dipendenti azienda malattia permesso termine giorni settimana mese anno ordine consegna " +
		"riunione sicurezza assicurazione tasse licenziamento orario",
}

const (
	functionScore    = 12
	commonScore      = 6
	contractionScore = 12
)

// wordScores shares a word's score among the languages that have it.
var wordScores = scoreWords()

func scoreWords() map[string]score {
	scores := make(map[string]score)
	enter := func(lists [languageCount]string, points int) {
		written := make(map[string][]int)
		for language, list := range lists {
			for w := range WordSet(list) {
				if _, known := scores[w]; !known {
					written[w] = append(written[w], language)
				}
			}
		}
		for w, languages := range written {
			var s score
			for _, language := range languages {
				s[language] = points / len(languages)
			}
			scores[w] = s
		}
	}
	enter(functionWords, functionScore)
	enter(commonWords, commonScore)
	return scores
}

// contractions are what English writes after an apostrophe.
var contractions = scoreList(english, "s t re ve ll d m", contractionScore)

// elidedScores are what French and Italian write before one.
var elidedScores = scoreElided()

func scoreElided() map[string]score {
	scores := scoreList(french, "j n qu jusqu lorsqu puisqu quoiqu quelqu aujourd presqu", contractionScore)
	for w, s := range scoreList(italian, "dell all nell sull dall quell un com dov cos", contractionScore) {
		scores[w] = s
	}
	for w := range strings.FieldsSeq("l d c s m t") {
		var s score
		s[french], s[italian] = contractionScore/2, contractionScore/4
		scores[w] = s
	}
	return scores
}

func scoreList(language int, words string, points int) map[string]score {
	scores := make(map[string]score)
	for w := range strings.FieldsSeq(words) {
		var s score
		s[language] = points
		scores[w] = s
	}
	return scores
}

// letterScores are the letters that only some of the languages write.
var letterScores = map[rune]score{
	'ç': {french: 4, portuguese: 4}, 'œ': {french: 6}, 'ê': {french: 4, portuguese: 2}, 'î': {french: 6}, 'û': {french: 6}, 'ë': {french: 2},
	'ï': {french: 3}, 'â': {french: 3, portuguese: 2}, 'ô': {french: 3, portuguese: 2}, 'é': {french: 5, spanish: 1}, 'è': {french: 4, italian: 2},
	'à': {french: 3, italian: 3}, 'ù': {french: 2, italian: 4}, 'ì': {italian: 6}, 'ò': {italian: 6},
	'ñ': {spanish: 6}, 'á': {spanish: 4, portuguese: 2}, 'í': {spanish: 4, portuguese: 2}, 'ó': {spanish: 4, portuguese: 2}, 'ú': {spanish: 4, portuguese: 1},
	'ã': {portuguese: 6}, 'õ': {portuguese: 6}, 'ß': {german: 6}, 'ä': {german: 6}, 'ö': {german: 6}, 'ü': {german: 5, spanish: 1},
}
