package lang

import (
	"strings"
	"sync"
)

// demonyms are countries and continents with what French and English call what
// is of them, folded: the French masculine, and the feminine where it is more
// than an e longer. A line is of one of them. What means something else more
// often is left out, such as the first name that is also an island.
const demonyms = `
afghanistan afghan
afrique africa africain african
albanie albania albanais albanian
algerie algeria algerien algerienne algerian
allemagne germany allemand german
amerique america americain american
andorre andorra andorran
angleterre england anglais english
angola angolais angolan
arabie arabia saoudien saoudienne saudi
argentine argentina argentin argentinian
armenie armenia armenien armenienne armenian
asie asia asiatique asian
australie australia australien australienne australian
autriche austria autrichien autrichienne austrian
azerbaidjan azerbaijan azerbaidjanais azeri azerbaijani
bahrein bahrain bahreini bahraini
bangladesh bangladais bangladeshi
belgique belgium belge belgian
benin beninois beninese
bhoutan bhutan bhoutanais bhutanese
bielorussie belarus bielorusse belarusian
birmanie burma myanmar birman burmese
bolivie bolivia bolivien bolivienne bolivian
bosnie bosnia bosnien bosnienne bosniaque bosnian
botswana botswanais botswanan
bresil brazil bresilien bresilienne brazilian
bulgarie bulgaria bulgare bulgarian
burkina burkinabe
burundi burundais burundian
cambodge cambodia cambodgien cambodgienne khmer cambodian
cameroun cameroon camerounais cameroonian
canada canadien canadienne canadian
centrafrique centrafricain
chili chile chilien chilienne chilean
chine china chinois chinese
chypre cyprus chypriote cypriot
colombie colombia colombien colombienne colombian
comores comoros comorien comorienne comorian
congo congolais congolese
coree korea coreen coreenne korean
croatie croatia croate croatian
cuba cubain cuban
danemark denmark danois danish
djibouti djiboutien djiboutienne djiboutian
ecosse scotland ecossais scottish
egypte egypt egyptien egyptienne egyptian
emirats emirates emirien emirienne emirati
equateur ecuador equatorien equatorienne ecuadorian
erythree eritrea erythreen erythreenne eritrean
espagne spain espagnol spanish
estonie estonia estonien estonienne estonian
ethiopie ethiopia ethiopien ethiopienne ethiopian
europe europeen europeenne european
finlande finland finlandais finnish
france francais french
gabon gabonais gabonese
gambie gambia gambien gambienne gambian
georgie georgia georgien georgienne georgian
ghana ghaneen ghaneenne ghanaian
grece greece grec grecque greek
guatemala guatemalteque guatemalan
guinee guinea guineen guineenne guinean
guyane guiana guyanais
haiti haitien haitienne haitian
honduras hondurien hondurienne honduran
hongrie hungary hongrois hungarian
inde india indien indienne indian
indonesie indonesia indonesien indonesienne indonesian
irak iraq irakien irakienne iraqi
iran iranien iranienne iranian
irlande ireland irlandais irish
islande iceland islandais icelandic
israel israelien israelienne israeli
italie italy italien italienne italian
ivoire ivoirien ivoirienne ivorian
jamaique jamaica jamaicain jamaican
japon japan japonais japanese
jordanie jordan jordanien jordanienne jordanian
kazakhstan kazakh
kenya kenyan
kirghizistan kyrgyzstan kirghize kyrgyz
kosovo kosovar
koweit kuwait koweitien koweitienne kuwaiti
laos laotien laotienne laotian
lettonie latvia letton lettonne latvian
liban lebanon libanais lebanese
liberia liberien liberienne liberian
libye libya libyen libyenne libyan
lituanie lithuania lituanien lituanienne lithuanian
luxembourg luxembourgeois luxembourgish
macedoine macedonia macedonien macedonienne macedonian
madagascar malgache malagasy
malaisie malaysia malaisien malaisienne malaysian
mali malien malienne malian
malte malta maltais maltese
maroc morocco marocain moroccan
mauritius mauricien mauricienne mauritian
mauritanie mauritania mauritanien mauritanienne mauritanian
mexique mexico mexicain mexican
moldavie moldova moldave moldovan
monaco monegasque monegasque
mongolie mongolia mongol mongolian
montenegro montenegrin
mozambique mozambicain mozambican
namibie namibia namibien namibienne namibian
nepal nepalais nepalese
neerlandais dutch netherlands
nicaragua nicaraguayen nicaraguayenne nicaraguan
niger nigerien nigerienne
nigeria nigerian
norvege norway norvegien norvegienne norwegian
oceanie oceania oceanien oceanienne
ouganda uganda ougandais ugandan
ouzbekistan uzbekistan ouzbek uzbek
pakistan pakistanais pakistani
palestine palestinien palestinienne palestinian
panama panameen panameenne panamanian
paraguay paraguayen paraguayenne paraguayan
perou peru peruvien peruvienne peruvian
philippines philippin filipino
pologne poland polonais polish
portugal portugais portuguese
qatar qatari qatarien qatarienne
quebec quebecois
roumanie romania roumain romanian
russie russia russe russian
rwanda rwandais rwandan
salvador salvadorien salvadorienne salvadoran
senegal senegalais senegalese
serbie serbia serbe serbian
singapour singapore singapourien singapourienne singaporean
slovaquie slovakia slovaque slovak
slovenie slovenia slovene slovenian
somalie somalia somalien somalienne somali
soudan sudan soudanais sudanese
suede sweden suedois swedish
suisse switzerland swiss
syrie syria syrien syrienne syrian
tadjikistan tajikistan tadjik tajik
taiwan taiwanais taiwanese
tanzanie tanzania tanzanien tanzanienne tanzanian
tchad chad tchadien tchadienne chadian
tchequie czechia tcheque czech
thailande thailand thailandais thai
tibet tibetain tibetan
togo togolais togolese
tunisie tunisia tunisien tunisienne tunisian
turquie turkey turc turque turkish
ukraine ukrainien ukrainienne ukrainian
uruguay uruguayen uruguayenne uruguayan
venezuela venezuelien venezuelienne venezuelan
vietnam vietnamien vietnamienne vietnamese
yemen yemenite yemeni
zambie zambia zambien zambienne zambian
zimbabwe zimbabween zimbabweenne zimbabwean
`

var demonymsOf = sync.OnceValue(func() map[string][]string {
	table := make(map[string][]string)
	for line := range strings.SplitSeq(strings.TrimSpace(demonyms), "\n") {
		words := strings.Fields(line)
		for _, w := range words {
			for _, form := range []string{w, w + "e", w + "s", w + "es"} {
				if _, ok := table[form]; !ok {
					table[form] = words
				}
			}
		}
	}
	return table
})

// Demonyms returns the names of the country that a folded word names or is of,
// with the words for what is of it, in French and English; nil for another word.
func Demonyms(folded string) []string { return demonymsOf()[folded] }
