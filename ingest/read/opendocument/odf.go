package opendocument

import (
	"cmp"
	"encoding/xml"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// odf is the content of an OpenDocument file being read.
type odf struct {
	*office.Composer
	styles odfStyles
	// para is the paragraph that the walk is in, nil between two.
	para  *odfParagraph
	lists []odfList
	// continued are the numbers reached in a list style.
	continued map[string]*office.ListCounter
	outline   office.ListCounter
	// controls are those of forms by their names.
	controls map[string]*office.Node
	// ground is the colour behind the paragraphs that are read.
	ground read.Color
	// kind is what plain paragraphs are where the walk stands.
	kind read.Kind
}

// odfParagraph is a paragraph or heading being read.
type odfParagraph struct {
	office.Paragraph
	// look is that of what is read now.
	look office.Look
}

// visitor reads an element of the body from a stream.
type visitor func(x *office.XMLStream, e xml.StartElement) error

// readBody reads what the document says of itself, its styles, and what stands
// in its body in the elements of a name, or all for "".
func (d *odf) readBody(element string, visit visitor) error {
	d.continued = make(map[string]*office.ListCounter)
	if err := d.encrypted(); err != nil {
		return err
	}
	d.metadata()
	d.styles = odfStyles{lists: make(map[string]*odfLevels), parents: make(map[string]string), looks: make(map[odfStyle]odfLook), hidden: make(map[string]bool)}
	for _, n := range d.Part("styles.xml").Nodes {
		d.styles.read(n)
	}
	return d.XML("content.xml", func(x *office.XMLStream, _ xml.StartElement) error {
		return x.Each(func(e xml.StartElement) error {
			if e.Name.Local != "body" {
				n, err := x.Node(e)
				d.styles.read(n)
				return err
			}
			return x.Each(func(xml.StartElement) error {
				return x.Each(func(e xml.StartElement) error {
					if element != "" && e.Name.Local != element {
						return nil
					}
					return visit(x, e)
				})
			})
		})
	})
}

// encrypted returns ErrProtected for a document that is.
func (d *odf) encrypted() error {
	if d.Has("encrypted-package") {
		return read.ErrProtected
	}
	for n := range d.Part("META-INF/manifest.xml").Each("file-entry") {
		if n.Attr("full-path") == "content.xml" && n.Child("encryption-data") != nil {
			return read.ErrProtected
		}
	}
	return nil
}

func (d *odf) metadata() {
	values := make(map[string]string)
	for n := range d.Part("meta.xml").Child("meta").Each("") {
		values[n.Name] = strings.TrimSpace(n.Content())
	}
	if !office.IsDefaultTitle(values["title"]) {
		d.Meta.Title = values["title"]
	}
	d.Meta.Author = cmp.Or(values["initial-creator"], values["creator"])
	d.Meta.Language = read.BaseLanguage(values["language"])
	d.Meta.Date = cmp.Or(read.ISODate(values["date"]), read.ISODate(values["creation-date"]))
}
