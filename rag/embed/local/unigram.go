package local

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"unicode/utf8"
)

// unigram cuts a word into the pieces that are most probable together.
type unigram struct {
	pieces map[string]scored
	// longest is the length of the longest piece.
	longest int
	unknown scored
}

type scored struct {
	id    int64
	score float64
}

// vocabEntry is a pair of text and score in the file.
type vocabEntry struct {
	text  string
	score float64
}

func (p *vocabEntry) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[]any{&p.text, &p.score})
}

// unknownPenalty is what an unknown character scores below the worst piece, as
// SentencePiece has it.
const unknownPenalty = 10

func readUnigram(data json.RawMessage, steering map[string]bool) (func([]int64, string) []int64, error) {
	var f struct {
		Unknown *int64       `json:"unk_id"`
		Bytes   bool         `json:"byte_fallback"`
		Vocab   []vocabEntry `json:"vocab"`
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, err
	}
	if f.Bytes {
		return nil, errors.New("it takes unknown characters apart into bytes, which is not known")
	}
	if f.Unknown == nil || *f.Unknown < 0 || *f.Unknown >= int64(len(f.Vocab)) {
		return nil, errors.New("its vocabulary has no token for what is unknown")
	}
	u := &unigram{pieces: make(map[string]scored, len(f.Vocab)), unknown: scored{id: *f.Unknown}}
	for id, p := range f.Vocab {
		u.unknown.score = min(u.unknown.score, p.score)
		if !steering[p.text] && int64(id) != u.unknown.id {
			u.pieces[p.text] = scored{id: int64(id), score: p.score}
			u.longest = max(u.longest, len(p.text))
		}
	}
	u.unknown.score -= unknownPenalty
	return u.cut, nil
}

// step is the best way to a place of a word: the piece that ends there.
type step struct {
	from  int
	id    int64
	score float64
}

func (u *unigram) cut(ids []int64, word string) []int64 {
	best := make([]step, len(word)+1)
	for i := range best[1:] {
		best[i+1].score = math.Inf(-1)
	}
	for from := 0; from < len(word); {
		_, size := utf8.DecodeRuneInString(word[from:])
		u.stepsFrom(best, word, from, size)
		from += size
	}
	begun := len(ids)
	for at := len(word); at > 0; at = best[at].from {
		// Unknown characters in a row are one token.
		if id := best[at].id; id != u.unknown.id || len(ids) == begun || ids[len(ids)-1] != id {
			ids = append(ids, id)
		}
	}
	slices.Reverse(ids[begun:])
	return ids
}

// stepsFrom tries all pieces that begin at a place, whose character has so
// many bytes.
func (u *unigram) stepsFrom(best []step, word string, from, size int) {
	single := false
	try := func(to int, p scored) {
		if score := best[from].score + p.score; score > best[to].score {
			best[to] = step{from: from, id: p.id, score: score}
		}
	}
	for to := from + 1; to <= min(len(word), from+u.longest); to++ {
		if p, ok := u.pieces[word[from:to]]; ok {
			try(to, p)
			single = single || to == from+size
		}
	}
	if !single {
		try(from+size, u.unknown)
	}
}
