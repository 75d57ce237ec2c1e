package lang_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag/lang"
)

func TestLongForms(t *testing.T) {
	for _, c := range []struct {
		text, acronym string
		want          []string
	}{
		{"La Caisse autonome des gens de mer (CAGM) verse une rente.", "CAGM", []string{"Caisse autonome des gens de mer"}},
		{"Seen by the Harbour Safety Board (HSB). The HSB meets weekly.", "HSB", []string{"Harbour Safety Board"}},
		{"La SOGEPO (Société de gestion du port) est publique.", "SOGEPO", []string{"Société de gestion du port"}},
		{"L’Établissement national de l’élevage (ou ENE) existe depuis 1974.", "ENE", []string{"Établissement national de l’élevage"}},
		{"Work package (WP) and, later, wave power (WP).", "WP", []string{"Work package", "wave power"}},
		{"Fini.\nUnion des ports (UP)", "UP", []string{"Union des ports"}},
		{"The plug is a data bus nine (DB-9).", "DB", nil},
		{"The CAGM is old (1924).", "CAGM", nil},
		{"Nothing that gives the letters (CAGM).", "CAGM", nil},
		{"Port (P)", "P", nil},
		{"(CAGM", "CAGM", nil},
		{"CAGM (", "CAGM", nil},
		{"CAGM", "", nil},
	} {
		if diff := cmp.Diff(c.want, lang.LongForms(c.text, c.acronym)); diff != "" {
			t.Errorf("%s in %q (-want +got)\n%s", c.acronym, c.text, diff)
		}
	}
}

func FuzzLongForms(f *testing.F) {
	f.Add("La Caisse autonome des gens de mer (CAGM)", "CAGM")
	f.Add("CAGM (caisse autonome des gens de mer)", "CAGM")
	f.Fuzz(func(t *testing.T, text, acronym string) {
		for _, long := range lang.LongForms(text, acronym) {
			if !strings.Contains(strings.Join(strings.Fields(text), " "), long) && strings.ToValidUTF8(text, "") == text {
				t.Errorf("%q is not in %q", long, text)
			}
		}
	})
}
