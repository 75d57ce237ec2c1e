package opendocument

import (
	"cmp"

	"docent/ingest/read/office"
)

// readForms notes the controls of forms, for when they are drawn.
func (d *odf) readForms(forms *office.Node) {
	d.controls = make(map[string]*office.Node)
	forms.Walk(func(n *office.Node) bool {
		if id := n.Attr("id"); id != "" {
			d.controls[id] = n
		}
		return true
	})
}

// formControl reads a control where it is drawn. A box has its label beside it.
func (d *odf) formControl(drawn *office.Node) {
	n, p := d.controls[drawn.Attr("control")], d.para
	if n == nil {
		return
	}
	c := office.Control{Start: p.text.Len(), Title: n.Attr("title")}
	label := ""
	switch n.Name {
	case "checkbox":
		c.Box, c.Checked = true, cmp.Or(n.Attr("current-state"), n.Attr("state")) == "checked"
		label = n.Attr("label")
	case "radio":
		c.Box, c.Checked = true, cmp.Or(n.Attr("current-selected"), n.Attr("selected")) == "true"
		label = n.Attr("label")
	case "text", "textarea", "combobox", "formatted-text", "number", "date", "time":
		d.write(cmp.Or(n.Attr("current-value"), n.Attr("value")))
	case "listbox":
		d.write(chosen(n))
	default:
		return
	}
	if c.Box {
		d.write(office.BoxText(c.Checked))
	}
	c.End = p.text.Len()
	p.controls = append(p.controls, c)
	if label != "" {
		d.write(" " + label)
	}
}

// chosen is the first option of a list that is.
func chosen(list *office.Node) string {
	for o := range list.Each("option") {
		if cmp.Or(o.Attr("current-selected"), o.Attr("selected")) == "true" {
			return o.Attr("label")
		}
	}
	return ""
}

// contentControl reads a control as Word has them. What it shows while it is
// empty is no text.
func (d *odf) contentControl(n *office.Node) {
	p := d.para
	c := office.Control{Start: p.text.Len(), Title: n.Attr("alias")}
	switch {
	case n.Attr("checkbox") == "true":
		c.Box, c.Checked = true, n.Attr("checked") == "true"
		d.write(office.BoxText(c.Checked))
	case n.Attr("showing-place-holder") != "true":
		d.inlines(n)
	}
	c.End = p.text.Len()
	p.controls = append(p.controls, c)
}
