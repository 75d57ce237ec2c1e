package read_test

import "docent/ingest/read"

// all reads every format.
var all = read.Formats(read.Options{})
