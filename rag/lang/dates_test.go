package lang_test

import (
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag/lang"
)

// Each date found is wanted as text=value.
func TestDates(t *testing.T) {
	for _, c := range []struct {
		name, language, text string
		want                 []string
	}{
		{"day fr", "fr", "le 7 février 2024 à Nantes", []string{"7 février 2024=2024-02-07"}},
		{"day without accent", "fr", "7 fevrier 2024, 3 AOUT 2023", []string{"7 fevrier 2024=2024-02-07", "3 AOUT 2023=2023-08-03"}},
		{"day with no-break spaces", "fr", "7\u00a0février\u202f2024", []string{"7\u00a0février\u202f2024=2024-02-07"}},
		{"abbreviated", "fr", "7 févr. 2024 et 12 sept. 2023", []string{"7 févr. 2024=2024-02-07", "12 sept. 2023=2023-09-12"}},
		{"first", "fr", "dès le 1er janvier, puis le 1er mars 2025", []string{"1er janvier=--01-01", "1er mars 2025=2025-03-01"}},
		{"day en", "en", "Feb 7, 2024; February 7 2024; 7 Feb 2024", []string{"Feb 7, 2024=2024-02-07", "February 7 2024=2024-02-07", "7 Feb 2024=2024-02-07"}},
		{"ordinal en", "en", "March 3rd, the 7th of July, July 4th, 2023", []string{"March 3rd=--03-03", "7th of July=--07-07", "July 4th, 2023=2023-07-04"}},
		{"month and year", "fr", "juillet 2024, sept. 2023", []string{"juillet 2024=2024-07", "sept. 2023=2023-09"}},
		{"month and year en", "en", "July 2024 and May, 2023", []string{"July 2024=2024-07", "May, 2023=2023-05"}},
		{"iso", "en", "2024-02-07 and 2024-02-07T10:00", []string{"2024-02-07=2024-02-07", "2024-02-07=2024-02-07"}},
		{"figures", "fr", "07/02/2024, 7.2.2024, 07-02-2024, 07/02/24", []string{"07/02/2024=2024-02-07", "7.2.2024=2024-02-07", "07-02-2024=2024-02-07", "07/02/24=2024-02-07"}},
		{"figures month first", "en", "12/25/2024", []string{"12/25/2024=2024-12-25"}},
		{"month in figures", "fr", "avant 07/2024", []string{"07/2024=2024-07"}},
		{"hyphens", "en", "07-Feb-2024", []string{"07-Feb-2024=2024-02-07"}},
		{"wrapped", "fr", "le 7 février\n2024", []string{"7 février\n2024=2024-02-07"}},
		{"years", "fr", "en 2024, (1998) et 2019-2020", []string{"2024=2024", "1998=1998", "2019=2019", "2020=2020"}},
		{"decade", "en", "the 1990s", []string{"1990=1990"}},
		{"budget year", "en", "the 2024 elections since 2022 amendments", []string{"2024=2024", "2022=2022"}},
		{"counted", "fr", "1500 €, 2000 salariés, 1200 km, 2024 %, 1 500, 1500,50", nil},
		{"counted en", "en", "$1500, 2000 employees, 1200 million", nil},
		{"codes", "fr", "décret n° 2024-906, no 2024, B2024, 12345, 2.2024.1", nil},
		{"out of range", "fr", "0999 et 2101, 30 février 2024, 0 mai", []string{"février 2024=2024-02"}},
		{"range", "fr", "du 7 au 9 février 2024", []string{"9 février 2024=2024-02-09"}},
		{"verbs", "en", "5 may apply, you may 3 times march 4 miles", nil},
		{"may", "en", "by May 5 or 5 May", []string{"May 5=--05-05", "5 May=--05-05"}},
		{"month alone", "fr", "en juillet, mai 68", nil},
		{"german", "de", "am 7. Februar 2024", []string{"7. Februar 2024=2024-02-07"}},
		{"spanish", "es", "el 7 de febrero de 2024", []string{"7 de febrero de 2024=2024-02-07"}},
		{"italian", "it", "il 7 febbraio 2024", []string{"7 febbraio 2024=2024-02-07"}},
		{"none", "fr", "Aucune date ici, 12 fois.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range lang.Dates(c.language, c.text) {
				got = append(got, c.text[d.Start:d.End]+"="+d.Value)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

var isoDate = regexp.MustCompile(`^(\d{4}(-[01]\d(-[0-3]\d)?)?|--[01]\d-[0-3]\d)$`)

func FuzzDates(f *testing.F) {
	for _, s := range []string{"7 février 2024", "Feb 7, 2024", "2024-02-07", "07/02/24", "1er mai", "July, 2024", "n° 2024-906", "2019/20"} {
		f.Add("fr", s)
		f.Add("en", s)
	}
	f.Fuzz(func(t *testing.T, language, text string) {
		at := 0
		for _, d := range lang.Dates(language, text) {
			if d.Start < at || d.End <= d.Start || d.End > len(text) {
				t.Fatalf("date %+v after %d in %d bytes", d, at, len(text))
			}
			if !isoDate.MatchString(d.Value) {
				t.Fatalf("value %q of %q", d.Value, text[d.Start:d.End])
			}
			at = d.End
		}
	})
}
