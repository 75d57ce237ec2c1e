package lang_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag/lang"
)

// Each time found is wanted as text=value, with ? where it may be a duration.
func TestTimesOfDay(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"de 8 h 30 à 17 heures 45", []string{"8 h 30=08:30", "17 heures 45=17:45"}},
		{"de 9 h à 17h30", []string{"9 h=09:00?", "17h30=17:30"}},
		{"from 9 a.m. to 5:30 pm", []string{"9 a.m.=09:00", "5:30 pm=17:30"}},
		{"à 14\u00a0heures, 14:05, midi et minuit", []string{"14\u00a0heures=14:00?", "14:05=14:05", "midi=12:00", "minuit=00:00"}},
		{"12 am, 12 p.m., noon", []string{"12 am=00:00", "12 p.m.=12:00", "noon=12:00"}},
		{"25:00, 3:99, 12 hommes, 5 amis, B12h, 10 mph", nil},
		{"24 h sur 24", []string{"24 h=00:00?"}},
	} {
		var got []string
		for _, k := range lang.TimesOfDay(c.text) {
			s := c.text[k.Start:k.End] + "=" + k.Value
			if !k.Clear {
				s += "?"
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.text, diff)
		}
	}
}

func FuzzTimesOfDay(f *testing.F) {
	f.Add("de 9 h à 17h30, 5:30 p.m.")
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, k := range lang.TimesOfDay(text) {
			if k.Start < at || k.End > len(text) || len(k.Value) != 5 || strings.Trim(k.Value, "0123456789") != ":" {
				t.Fatalf("%+v after %d of %q", k, at, text)
			}
			at = k.End
		}
	})
}

func TestUnitOfMeasure(t *testing.T) {
	for word, want := range map[string]string{"jours": "day", "days": "day", "h": "hour", "euros": "", "annees": "year"} {
		if got := lang.UnitOfMeasure(word); got != want {
			t.Errorf("%s: %q", word, got)
		}
	}
}
