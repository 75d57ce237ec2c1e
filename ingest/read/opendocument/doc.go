// Package opendocument reads the documents of LibreOffice and others (ODF 1.3):
// ODT, ODS and ODP. Each is a read.Format for a registry:
//
//	registry := read.Registry{Formats: []read.Format{opendocument.ODT(limits), opendocument.ODS(limits)}}
//
// All hold the same paragraphs, lists and tables, with the text between the
// elements, and differ in what stands around these: the body of a text, the
// cells of a sheet, the shapes of a slide.
package opendocument
