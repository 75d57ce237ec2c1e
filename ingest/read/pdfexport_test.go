package read

// WithEngineOf returns formats with the PDF engine of others: tests start one.
func WithEngineOf(r Registry, o Options) Registry {
	formats := Formats(o)
	for i, f := range formats.Formats {
		if f.Name == "PDF" {
			for _, other := range r.Formats {
				if other.Name == "PDF" {
					formats.Formats[i].Reader = pdfReader{options: o, params: defaultPDFParams(), engine: other.Reader.(pdfReader).engine}
				}
			}
		}
	}
	return formats
}
