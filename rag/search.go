package rag

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"
)

// ErrNotFound says that no document of that ID exists for the audience that
// asked. A hidden document and a missing one are told apart by nobody.
var ErrNotFound = errors.New("no such document")

// ErrNoLibrary says that there is no library, or none that can be read, at
// the place it was looked for.
var ErrNoLibrary = errors.New("no library")

// MismatchError says that a library was indexed in another way than the
// program would search it: its vectors and terms could not be compared.
type MismatchError struct {
	Library, Program Fingerprint
}

func (e *MismatchError) Error() string {
	return fmt.Sprintf("the library was made with %s, this program uses %s", e.Library, e.Program)
}

// Library keeps documents and finds passages. All methods may be called from
// several goroutines and, for engines with a file or a server, from several
// processes at once: readers never wait for a writer.
type Library interface {
	// Put replaces the document whole, with its passages, terms and vectors:
	// a reader sees all of the old or all of the new, a crash leaves the old.
	// Passages come in order with Terms set, and Vector of the fingerprint's
	// dimension with length one, or nil where a text has none.
	Put(ctx context.Context, doc Document, passages []Passage) error

	// Delete removes documents; unknown IDs are no error.
	Delete(ctx context.Context, ids ...DocumentID) error

	// Candidates ranks the passages that the audience may see, once by words
	// and once by vector. An empty audience is ErrNoAudience.
	Candidates(ctx context.Context, q Query) (Candidates, error)

	// Passages returns the passages in the order asked, with the info of
	// their documents. Those that were removed meanwhile, or that the
	// audience may not see, are left out.
	Passages(ctx context.Context, a Audience, ids ...PassageID) ([]Located, error)

	// Document returns one document with its text, or ErrNotFound.
	Document(ctx context.Context, id DocumentID, a Audience) (Document, error)

	// Documents iterates over what the audience may see, ordered by URI and
	// then ID. An error ends the iteration.
	Documents(ctx context.Context, a Audience) iter.Seq2[DocumentInfo, error]

	Close() error
}

// Query asks a library for candidates.
type Query struct {
	Audience Audience
	// Spaces narrows the search further; empty means all that the audience sees.
	Spaces []string
	Terms  []QueryTerm
	// Vector has length one and the fingerprint's dimension; nil skips the
	// vector side.
	Vector []float32
	// Limit is the length of each list; 0 means 100.
	Limit int
}

// QueryTerm is an index term with its weight in the question: 1 counts in
// full, 0.5 half, and 0 not at all: such a term is only counted, for
// Candidates.Frequencies.
type QueryTerm struct {
	Text   string
	Weight float64
	// Word, above 0, makes one word of all terms with the same number, as a
	// synonym operator does (Pirkola, "The Effects of Query Structure and
	// Dictionary Setups in Dictionary-Based Cross-Language Information
	// Retrieval", 1998). Their occurrences are added up in the proportion of
	// the weights, the greatest weight is the word's, and its idf is that of
	// the most frequent of them.
	Word int
}

// QueryWords parts the terms that count into words, each the indexes of its
// terms in order.
func QueryWords(terms []QueryTerm) [][]int {
	var words [][]int
	at := make(map[int]int)
	for i, t := range terms {
		if t.Weight <= 0 {
			continue
		}
		n, seen := at[t.Word]
		if !seen || t.Word <= 0 {
			n = len(words)
			words = append(words, nil)
			at[t.Word] = n
		}
		words[n] = append(words[n], i)
	}
	return words
}

// Candidate is a passage with both of its scores, also where only one of the
// two lists found it, so that fusion compares like with like.
type Candidate struct {
	Passage PassageID
	// Lexical is the BM25 score (Robertson and Zaragoza, "The Probabilistic
	// Relevance Framework", 2009), 0 without a common term.
	Lexical float64
	// Vector is the cosine, between -1 and 1; 0 without a vector.
	Vector float64
}

// Candidates is what a library found for a query.
type Candidates struct {
	// Lexical and Vector are ranked by their own score, best first; ties are
	// broken by passage ID. A passage without a common term is not in Lexical.
	Lexical, Vector []Candidate
	// Frequencies holds, for each of Query.Terms, in how many of the searched
	// passages the term occurs.
	Frequencies []int
	// MeanVector is the mean cosine over all searched passages: the level
	// above which a cosine begins to say something.
	MeanVector float64
	// Documents and Passages count what was searched.
	Documents, Passages int
}

// Located is a passage with its document.
type Located struct {
	Passage
	Document DocumentInfo
}

// File is what a library remembers of a file that it was filled from, so that
// an unchanged file need not be read again.
type File struct {
	// Path is absolute.
	Path    string
	Size    int64
	ModTime time.Time
	// Hash is the hexadecimal SHA-256 of the file's bytes.
	Hash  string
	Space string
	// Read is when the file was last read; a modification less than a clock
	// tick older cannot be told from one that came just after.
	Read time.Time
	// Device, Inode and Changed (its ctime) tell the file from another one of its
	// size and time; 0 where they are not known.
	Device, Inode uint64
	Changed       time.Time
}

// Held is a source that keeps documents which its files no longer hold, because
// they are suspiciously many or their disk is away.
type Held struct {
	// Path is absolute, URI the path as it was given.
	Path, URI string
	// Lost of the Of documents are kept.
	Lost, Of int
	// Away is set where the disk that they were on is no longer there.
	Away bool
	// Since is when that was first seen.
	Since time.Time
}
