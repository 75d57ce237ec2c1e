package local

import (
	"encoding/binary"
	"errors"
	"strings"

	"github.com/rivo/uniseg"
)

// charsmap is the table by which SentencePiece writes texts: a trie of byte
// strings (Darts, a double array), each with the place of what to write for it.
type charsmap struct {
	trie    []uint32
	written string
}

func readCharsmap(data []byte) (*charsmap, error) {
	if len(data) < 4 {
		return nil, errors.New("the charsmap is cut off")
	}
	size := int(binary.LittleEndian.Uint32(data))
	if data = data[4:]; size%4 != 0 || size > len(data) {
		return nil, errors.New("the charsmap is cut off")
	}
	m := &charsmap{trie: make([]uint32, size/4), written: string(data[size:])}
	for i := range m.trie {
		m.trie[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	return m, nil
}

// longestMapped is the number of bytes up to which a character with its marks
// is looked up whole.
const longestMapped = 5

func (m *charsmap) normalize(s string) string {
	var b strings.Builder
	for state := -1; s != ""; {
		var whole string
		whole, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		if len(whole) <= longestMapped {
			if to, ok := m.find(whole); ok {
				b.WriteString(to)
				continue
			}
		}
		for _, r := range whole {
			c := string(r)
			if to, ok := m.find(c); ok {
				c = to
			}
			b.WriteString(c)
		}
	}
	return b.String()
}

// find returns what to write for the shortest start of s that is in the table.
func (m *charsmap) find(s string) (string, bool) {
	at := uint32(0)
	for i := -1; i < len(s); i++ {
		if i >= 0 {
			at ^= uint32(s[i])
		}
		if int(at) >= len(m.trie) {
			return "", false
		}
		unit := m.trie[at]
		if i >= 0 && unit&(1<<31|0xff) != uint32(s[i]) {
			return "", false
		}
		at ^= unit >> 10 << (unit >> 6 & 8)
		if i >= 0 && unit>>8&1 == 1 && int(at) < len(m.trie) {
			return m.at(m.trie[at] &^ (1 << 31))
		}
	}
	return "", false
}

func (m *charsmap) at(place uint32) (string, bool) {
	if int(place) >= len(m.written) {
		return "", false
	}
	to, _, _ := strings.Cut(m.written[place:], "\x00")
	return to, true
}
