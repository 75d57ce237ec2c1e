package lang_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag/lang"
)

// Each number found is wanted as text=value unit.
func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		name, language, text string
		want                 []string
	}{
		{"scale fr", "fr", "5,5 milliards", []string{"5,5 milliards=5500000000"}},
		{"scale en", "en", "5.5 billion", []string{"5.5 billion=5500000000"}},
		{"currency words", "fr", "10 milliards de dollars et 3 millions d’euros", []string{"10 milliards de dollars=10000000000 USD", "3 millions d’euros=3000000 EUR"}},
		{"currency first", "en", "$10 billion, £2.5m, EUR 1,000 and US$ 7", []string{"$10 billion=10000000000 USD", "£2.5m=2500000 GBP", "EUR 1,000=1000 EUR", "$ 7=7 USD"}},
		{"short scales", "fr", "10 Md€, 3 M€, 45 k€, 2 Mds d'euros", []string{"10 Md€=10000000000 EUR", "3 M€=3000000 EUR", "45 k€=45000 EUR", "2 Mds d'euros=2000000000 EUR"}},
		{"metres are none", "fr", "5 m, 10 km, 5 mn", []string{"5=5", "10=10", "5=5"}},
		{"thousands on digits", "en", "5k users, 5 k", []string{"5k=5000", "5=5"}},
		{"groups of spaces", "fr", "1 000, 12\u00a0345 et 1\u202f234\u202f567,50", []string{"1 000=1000", "12\u00a0345=12345", "1\u202f234\u202f567,50=1234567.5"}},
		{"year before a number", "fr", "en 2024 150 personnes", []string{"2024=2024", "150=150"}},
		{"telephone", "fr", "01 23 45", []string{"01=1", "23=23", "45=45"}},
		{"english groups", "en", "1,234.56 and 1,234,567", []string{"1,234.56=1234.56", "1,234,567=1234567"}},
		{"continental groups", "de", "1.234,56 und 1.234.567", []string{"1.234,56=1234.56", "1.234.567=1234567"}},
		{"apostrophe groups", "fr", "CHF 1'250.50", []string{"CHF 1'250.50=1250.5 CHF"}},
		{"three decimals fr", "fr", "3,141 et 1.500", []string{"3,141=3.141", "1.500=1500"}},
		{"three decimals en", "en", "3.141 and 1,500", []string{"3.141=3.141", "1,500=1500"}},
		{"three figures anywhere", "", "1,500 1.500 0,125", []string{"1,500=1500", "1.500=1500", "0,125=0.125"}},
		{"per cent", "fr", "12 %, 3,5% et 20 pour cent", []string{"12 %=12 %", "3,5%=3.5 %", "20 pour cent=20 %"}},
		{"percent en", "en", "12 percent, 3.50%", []string{"12 percent=12 %", "3.50%=3.5 %"}},
		{"after the euro sign", "fr", "€ 45 ou 45 € 30 fois", []string{"€ 45=45 EUR", "45 €=45 EUR", "30=30"}},
		{"counted", "fr", "25 jours ouvrés", []string{"25=25"}},
		{"negative", "fr", "-3,5 % (−2) 10-12", []string{"-3,5 %=-3.5 %", "−2=-2", "10=10", "12=12"}},
		{"list item", "fr", "Il faut\n-5 photos", []string{"5=5"}},
		{"leading zeros", "en", "007 and 0.50 and 0", []string{"007=7", "0.50=0.5", "0=0"}},
		{"in words of letters", "fr", "B12, CO2 et COVID-19", []string{"19=19"}},
		{"ordinal and hour", "fr", "le 1er à 14h30", []string{"1=1", "14=14", "30=30"}},
		{"version", "en", "version 2.3.1 of 07.02.2024", []string{"2=2", "3=3", "1=1", "07=7", "02=2", "2024=2024"}},
		{"sentence end", "en", "He is 12. Then 3, 4.", []string{"12=12", "3=3", "4=4"}},
		{"long scale", "fr", "2 billions", []string{"2 billions=2000000000000"}},
		{"scales multiply", "fr", "3 mille milliards", []string{"3 mille milliards=3000000000000"}},
		{"words fr", "fr", "vingt-cinq jours, deux mille vingt-quatre", []string{"vingt-cinq=25", "deux mille vingt-quatre=2024"}},
		{"twenties fr", "fr", "quatre-vingt-dix-sept, quatre-vingts, soixante et onze", []string{"quatre-vingt-dix-sept=97", "quatre-vingts=80", "soixante et onze=71"}},
		{"hundreds fr", "fr", "cent, trois cents, deux millions trois cent mille", []string{"cent=100", "trois cents=300", "deux millions trois cent mille=2300000"}},
		{"words en", "en", "twenty-five, two hundred and five, a thousand", []string{"twenty-five=25", "two hundred and five=205", "a thousand=1000"}},
		{"word with unit", "fr", "dix pour cent, cinq millions d'euros", []string{"dix pour cent=10 %", "cinq millions d'euros=5000000 EUR"}},
		{"articles", "fr", "un chat, une clé, un million, vingt et un", []string{"un million=1000000", "vingt et un=21"}},
		{"articles en", "en", "one of a kind, a million, twenty and a half", []string{"a million=1000000", "twenty=20"}},
		{"side by side", "fr", "deux trois jours, cinq ou six", []string{"deux=2", "trois=3", "cinq=5", "six=6"}},
		{"a scale alone", "fr", "des millions et un milliardaire", nil},
		{"unknown language", "", "six cents, twenty", []string{"six=6", "twenty=20"}},
		{"capitals", "fr", "DEUX CENTS", []string{"DEUX CENTS=200"}},
		{"none", "fr", "Rien à compter.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, n := range lang.Numbers(c.language, c.text) {
				got = append(got, strings.TrimSpace(c.text[n.Start:n.End]+"="+n.Value+" "+n.Unit))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

var canonical = regexp.MustCompile(`^(0|-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?))$`)

func FuzzNumbers(f *testing.F) {
	for _, s := range []string{"5,5 milliards d'euros", "$1,234.56m", "deux cent vingt et un", "1 000\u202f000", "-0,0 %", "2.3.1.4", "1mmm9k€"} {
		f.Add("fr", s)
		f.Add("en", s)
	}
	f.Fuzz(func(t *testing.T, language, text string) {
		at := 0
		for _, n := range lang.Numbers(language, text) {
			if n.Start < at || n.End <= n.Start || n.End > len(text) {
				t.Fatalf("number %+v after %d in %d bytes", n, at, len(text))
			}
			if !canonical.MatchString(n.Value) {
				t.Fatalf("value %q of %q", n.Value, text[n.Start:n.End])
			}
			at = n.End
		}
	})
}
