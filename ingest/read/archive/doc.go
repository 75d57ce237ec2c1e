// Package archive reads the documents in files that hold other files: [ZIP],
// [Gzip], and what Slack exports of a workspace ([SlackExport]).
//
//	all := &read.Registry{Formats: []read.Format{plain.Text(limits)}}
//	all.Formats = append(all.Formats, archive.ZIP(limits, all))
//	for doc, err := range all.Read(ctx, read.Bytes("a.zip", data)) {
//		fmt.Println(doc.Member) // "folder/notes.txt"
//	}
//
// A member is read by the format of the registry that it has. One that fails is
// a [read.MemberError], and those after it still come. Archives may stand in
// archives, [read.MaxNested] deep, and what all of them unpack to is bounded by
// [read.Limits].
package archive
