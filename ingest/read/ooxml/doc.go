// Package ooxml reads the documents of Office since 2007 (ECMA-376): DOCX, PPTX
// and XLSX. Each is a read.Format for a registry:
//
//	registry := read.Registry{Formats: []read.Format{ooxml.DOCX(limits), ooxml.PPTX(limits), ooxml.XLSX(limits)}}
//
// Their containers hold parts that refer to one another by relationships.
// Elements and relationships are told by their local names, which the
// transitional and the strict name spaces share.
package ooxml
