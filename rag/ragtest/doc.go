// Package ragtest holds what implementations of rag's seams are tested with:
// suites that every library and every embedder must pass, the plainest library
// that does, a
// deterministic embedder, and a generator of synthetic corpora.
//
//	func TestLibrary(t *testing.T) {
//		ragtest.TestLibrary(t, func(t *testing.T) rag.Library { … })
//	}
package ragtest
