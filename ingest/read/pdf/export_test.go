package pdf

import (
	"reflect"

	"docent/ingest/read"
)

// WithEngineOf is a registry of PDF with the engine of another: tests start one.
func WithEngineOf(r read.Registry, o read.Options) read.Registry {
	return withPDF(r, pdfReader{options: o, params: defaultPDFParams()})
}

// PDFWithout is a registry of PDF with the engine of another and without a rule
// of the layout.
func PDFWithout(r read.Registry, rule string) read.Registry {
	params := defaultPDFParams()
	reflect.ValueOf(&params).Elem().FieldByName(rule).SetBool(false)
	return withPDF(r, pdfReader{options: read.Options{OCR: "off"}, params: params})
}

// PDFRules are the names of the rules of the layout.
func PDFRules() []string {
	var rules []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[pdfParams]()) {
		if f.Type.Kind() == reflect.Bool {
			rules = append(rules, f.Name)
		}
	}
	return rules
}

// withPDF is a registry of a reader of PDF that has the engine of r's.
func withPDF(r read.Registry, reader pdfReader) read.Registry {
	format := r.Formats[0]
	reader.engine = format.Reader.(pdfReader).engine
	format.Reader = reader
	return read.Registry{Formats: []read.Format{format}}
}
