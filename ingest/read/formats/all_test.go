package formats_test

import (
	"docent/ingest/read"
	"docent/ingest/read/formats"
)

// all reads every format.
var all = formats.All(read.Options{})
