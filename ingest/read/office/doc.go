// Package office holds what the readers of office documents share: containers,
// XML, tables, sheets, slides, lists and number formats.
//
// A format is a function that composes a document from what is in a container;
// ZipFormat opens it, bounds what is unpacked of it, and makes a warning of
// damage after which there is text:
//
//	office.ZipFormat("DOCX", limits, func(c *office.Composer) error {
//		body := c.Part("word/document.xml").Child("body")
//		for p := range body.Each("p") {
//			if err := c.Put(office.Piece{Kind: read.Paragraph, Text: p.Content()}); err != nil {
//				return err
//			}
//		}
//		return nil
//	}, ".docx")
//
// Composer.Part reads a small part of XML as a tree of Nodes; Zip.XML streams a
// large one, of which XMLStream.Node reads one paragraph or row at a time.
// OLE is the container of the old binary formats, for OLEFormat.
//
// What the formats have alike is composed in one way: a Table knows which of its
// rows name the columns, a Sheet finds them, a Slide finds its title, and a
// ListCounter and CellStyles compute the numbers that programs show and do not
// store.
package office
