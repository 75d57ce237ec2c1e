// Package msoffice reads the binary documents of Office until 2003: DOC (MS-DOC),
// XLS (MS-XLS) and PPT (MS-PPT). Each is a read.Format for a registry:
//
//	registry := read.Registry{Formats: []read.Format{msoffice.DOC(limits), msoffice.XLS(limits), msoffice.PPT(limits)}}
//
// Their streams are records and tables of offsets that nobody checked. Bytes that
// are not there are zeros, and what is made of them is looked at anyway; sizes
// and counts are bounded by what there is.
package msoffice
