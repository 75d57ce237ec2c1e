// Package ingest fills a library from files and keeps it in step with them.
//
//	in := &ingest.Ingester{Store: library, Indexer: retrieve.Indexer{Embedder: embedder}}
//	report, err := in.Run(ctx, "handbook", "contracts/2024.jsonl")
//
// A run walks the paths, passes over what it knows to be unchanged, reads the
// rest, splits each document into passages, has them indexed, and puts the
// document into the library in one transaction. Several files are read at
// once; one goroutine writes, in the order of the paths, so that the same
// files always give the same library.
//
// # What is unchanged
//
// A file whose size and time of modification are those on record is not
// opened. If they differ, or if the file was modified so shortly before it was
// read that a further change might not show, its bytes are hashed. Only when
// the hash differs too is the file read, and of its documents only those that
// differ are put: changing one line of a file of records costs one document.
//
// A file whose documents were cut by an earlier [rag.StructureVersion] is read
// again all the same.
//
// # What goes wrong
//
// A file or a line that cannot be read is a [Failure] in the [Report]; all
// others go on. Until it can be read again, what the library holds of it
// stays. Nothing is taken for deleted that merely could not be looked at: a
// path that is missing, a folder without permission.
//
// Killed at any moment, a run leaves whole documents, and the next run
// completes to the same content: a file is put on record only when all of its
// documents are in the library and what vanished from it is gone.
package ingest
