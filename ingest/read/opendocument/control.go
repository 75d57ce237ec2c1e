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
	n := d.controls[drawn.Attr("control")]
	if n == nil {
		return
	}
	c := office.Control{Title: n.Attr("title")}
	shown := ""
	switch n.Name {
	case "checkbox", "radio":
		state := cmp.Or(n.Attr("current-state"), n.Attr("state"), n.Attr("current-selected"), n.Attr("selected"))
		c.Box, c.Checked = true, state == "checked" || state == "true"
		shown = office.BoxText(c.Checked)
	case "text", "textarea", "combobox", "formatted-text", "number", "date", "time":
		shown = cmp.Or(n.Attr("current-value"), n.Attr("value"))
	case "listbox":
		shown = chosen(n)
	default:
		return
	}
	d.para.Control(c, func() { d.write(shown) })
	if label := n.Attr("label"); c.Box && label != "" {
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
	c := office.Control{Title: n.Attr("alias"), Box: n.Attr("checkbox") == "true", Checked: n.Attr("checked") == "true"}
	d.para.Control(c, func() {
		switch {
		case c.Box:
			d.write(office.BoxText(c.Checked))
		case n.Attr("showing-place-holder") != "true":
			d.inlines(n)
		}
	})
}
