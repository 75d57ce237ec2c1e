package read

import "reflect"

// WithEngineOf returns formats with the PDF engine of others: tests start one.
func WithEngineOf(r Registry, o Options) Registry {
	return withPDF(r, pdfReader{options: o, params: defaultPDFParams()})
}

// PDFWithout returns formats with the engine of others and without a rule of
// the layout.
func PDFWithout(r Registry, rule string) Registry {
	params := defaultPDFParams()
	reflect.ValueOf(&params).Elem().FieldByName(rule).SetBool(false)
	return withPDF(r, pdfReader{options: Options{OCR: "off"}, params: params})
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

// withPDF returns the formats with a reader of PDF that has the engine of r.
func withPDF(r Registry, reader pdfReader) Registry {
	formats := Formats(reader.options)
	for i, f := range formats.Formats {
		if f.Name == "PDF" {
			for _, other := range r.Formats {
				if other.Name == "PDF" {
					reader.engine = other.Reader.(pdfReader).engine
				}
			}
			formats.Formats[i].Reader = reader
		}
	}
	return formats
}
