package render_test

import (
	"reflect"
	"regexp"
	"slices"
	"testing"

	"docent/bot/render"
)

// TestCatalogues have every message in each language, with the same to fill in.
func TestCatalogues(t *testing.T) {
	verbs := func(s string) []string { return regexp.MustCompile(`%\w`).FindAllString(s, -1) }
	english, french := reflect.ValueOf(render.CatalogueFor("en")), reflect.ValueOf(render.CatalogueFor("fr"))
	for field, value := range english.Fields() {
		en, fr := value.String(), french.FieldByIndex(field.Index).String()
		if en == "" || fr == "" || !slices.Equal(verbs(en), verbs(fr)) {
			t.Errorf("%s: %q, %q", field.Name, en, fr)
		}
	}
}
