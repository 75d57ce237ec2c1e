// Package mail reads messages: files of one ([EML], and [MSG] of Outlook) and
// mailboxes of many ([MBOX]).
//
//	all := &read.Registry{Formats: []read.Format{plain.Text(limits)}}
//	all.Formats = append(all.Formats, mail.EML(limits, all), mail.MBOX(limits, all))
//	for doc, err := range all.Read(ctx, read.Bytes("a.eml", data)) {
//		…
//	}
//
// A message is a document: its subject is the title and stands above the body,
// its sender and day are the author and date; an invitation in it shows when, where
// and who. [Calendar] reads those by themselves. What is attached is read by the
// formats of the registry, each as a document of its own, whose Member is
// "message/file". Nothing in a message makes reading it fail: what is not as
// the standards have it (RFC 5322, MIME, MS-OXMSG) is read as far as it goes.
package mail
