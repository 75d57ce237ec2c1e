package pdf

import (
	"reflect"

	"docent/ingest/read"
)

// WithEngineOf is a registry of PDF with the engine of another: tests start one.
func WithEngineOf(r read.Registry, o read.Options) read.Registry {
	return withPDF(r, reader{options: o, params: DefaultParams()})
}

// Without is a registry of PDF with the engine of another and without a rule
// of the layout.
func Without(r read.Registry, rule string) read.Registry {
	params := DefaultParams()
	reflect.ValueOf(&params).Elem().FieldByName(rule).SetBool(false)
	return withPDF(r, reader{options: read.Options{OCR: "off"}, params: params})
}

// Rules are the names of the rules of the layout.
func Rules() []string {
	var rules []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Params]()) {
		if f.Type.Kind() == reflect.Bool {
			rules = append(rules, f.Name)
		}
	}
	return rules
}

// withPDF is a registry of a reader of PDF that has the engine of r's.
func withPDF(r read.Registry, p reader) read.Registry {
	format := r.Formats[0]
	p.engine = format.Reader.(reader).engine
	format.Reader = p
	return read.Registry{Formats: []read.Format{format}}
}
