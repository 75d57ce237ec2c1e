package msoffice_test

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
)

// The compound files of the tests are made here, as small as they may be.

var le = binary.LittleEndian

func u16(values ...int) []byte {
	var b []byte
	for _, v := range values {
		b = le.AppendUint16(b, uint16(v))
	}
	return b
}

func u32(values ...int) []byte {
	var b []byte
	for _, v := range values {
		b = le.AppendUint32(b, uint32(v))
	}
	return b
}

func wide(s string) []byte {
	var b []byte
	for _, c := range utf16.Encode([]rune(s)) {
		b = le.AppendUint16(b, c)
	}
	return b
}

func join(parts ...[]byte) []byte { return slices.Concat(parts...) }

// padded is data with zeros up to a multiple of size.
func padded(data []byte, size int) []byte {
	return append(slices.Clone(data), make([]byte, (size-len(data)%size)%size)...)
}

const endOfChain, noEntry = 0xfffffffe, 0xffffffff

// compound writes a compound file with streams by their paths. Streams below
// 4096 bytes lie in the small stream, as the format wants.
func compound(streams map[string][]byte) []byte {
	c := compoundWriter{places: make(map[string]int)}
	c.entries = []compoundEntry{{name: "Root Entry", kind: 5, first: endOfChain}}
	for _, path := range slices.Sorted(maps.Keys(streams)) {
		c.put(path, streams[path])
	}
	if len(c.small) > 0 {
		c.entries[0].first, c.entries[0].size = c.chain(c.small), len(c.small)
	}
	return c.file()
}

type compoundEntry struct {
	name        string
	kind        byte
	children    []int
	first, size int
}

type compoundWriter struct {
	entries []compoundEntry
	sectors []byte
	fat     []int
	small   []byte
	miniFAT []int
	// places are the entries by their paths.
	places map[string]int
}

// put adds a stream and the storages that it is in.
func (c *compoundWriter) put(path string, data []byte) {
	parent := 0
	parts := strings.Split(path, "/")
	for i, name := range parts {
		last := i == len(parts)-1
		path := strings.Join(parts[:i+1], "/")
		if n, there := c.places[path]; there {
			parent = n
			continue
		}
		c.places[path] = len(c.entries)
		e := compoundEntry{name: name, kind: 1}
		if last {
			e.kind, e.size = 2, len(data)
			e.first = c.store(data)
		}
		c.entries = append(c.entries, e)
		c.entries[parent].children = append(c.entries[parent].children, len(c.entries)-1)
		parent = len(c.entries) - 1
	}
}

func (c *compoundWriter) store(data []byte) int {
	if len(data) == 0 {
		return endOfChain
	}
	if len(data) >= 4096 {
		return c.chain(data)
	}
	first := len(c.miniFAT)
	data = padded(data, 64)
	for i := range len(data) / 64 {
		c.miniFAT = append(c.miniFAT, first+i+1)
	}
	c.miniFAT[len(c.miniFAT)-1] = endOfChain
	c.small = append(c.small, data...)
	return first
}

func (c *compoundWriter) chain(data []byte) int {
	first := len(c.fat)
	data = padded(data, 512)
	for i := range len(data) / 512 {
		c.fat = append(c.fat, first+i+1)
	}
	c.fat[len(c.fat)-1] = endOfChain
	c.sectors = append(c.sectors, data...)
	return first
}

func (c *compoundWriter) file() []byte {
	miniFAT, miniCount := endOfChain, 0
	if len(c.miniFAT) > 0 {
		miniCount = (len(c.miniFAT) + 127) / 128
		miniFAT = c.chain(u32(c.miniFAT...))
	}
	directory := c.chain(c.directory())
	fatSectors := 1
	for (len(c.fat)+fatSectors)*4 > fatSectors*512 {
		fatSectors++
	}
	fatAt := len(c.fat)
	for range fatSectors {
		c.fat = append(c.fat, 0xfffffffd)
	}
	header := join([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 16), u16(0x3e, 3, 0xfffe, 9, 6), make([]byte, 6),
		u32(0, fatSectors, directory, 0, 4096, miniFAT, miniCount, endOfChain, 0))
	for i := range 109 {
		sector := noEntry
		if i < fatSectors {
			sector = fatAt + i
		}
		header = append(header, u32(sector)...)
	}
	fat := u32(c.fat...)
	for len(fat)%512 != 0 {
		fat = append(fat, 0xff)
	}
	return join(header, c.sectors, fat)
}

func (c *compoundWriter) directory() []byte {
	right := make(map[int]int)
	child := make(map[int]int)
	for i, e := range c.entries {
		for j, n := range e.children {
			if j == 0 {
				child[i] = n
			} else {
				right[e.children[j-1]] = n
			}
		}
	}
	or := func(m map[int]int, i int) int {
		if n, ok := m[i]; ok {
			return n
		}
		return noEntry
	}
	var b []byte
	for i, e := range c.entries {
		name := wide(e.name)
		b = append(b, join(name, make([]byte, 64-len(name)), u16(len(name)+2), []byte{e.kind, 1},
			u32(noEntry, or(right, i), or(child, i)), make([]byte, 36), u32(e.first, e.size, 0))...)
	}
	return b
}
