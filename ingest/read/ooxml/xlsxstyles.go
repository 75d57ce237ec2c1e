package ooxml

func (w *workbook) readStyles(part string) error {
	w.styles.Codes = make(map[int]string)
	if !w.Has(part) {
		return nil
	}
	root, err := w.Root(part)
	for _, list := range root.Nodes {
		for n := range list.Each("numFmt") {
			w.styles.Codes[atoi0(n.Attr("numFmtId"))] = n.Attr("formatCode")
		}
		for n := range list.Each("font") {
			w.styles.Bold = append(w.styles.Bold, propertiesOf(n).on("b"))
		}
		if list.Name != "cellXfs" {
			continue
		}
		for n := range list.Each("xf") {
			w.styles.Add(atoi0(n.Attr("numFmtId")), atoi0(n.Attr("fontId")))
		}
	}
	return err
}
