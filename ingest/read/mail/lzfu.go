package mail

import (
	"errors"
	"fmt"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// The dictionary that each compressed RTF begins with (MS-OXRTFCP 2.1.3.1.3).
const lzfuStart = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript ` +
	`\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` + "\r\n" +
	`\par \pard\plain\f0\fs20\b\i\u\tab\tx`

// unpackRTF undoes the compression of the RTF in Outlook's messages
// (MS-OXRTFCP). More than limit bytes are a *LimitError.
func unpackRTF(data []byte, limit int64) ([]byte, error) {
	const header, compressed, stored = 16, 0x75465a4c, 0x414c454d
	size, kind := office.Uint32(data, 4), office.Uint32(data, 8)
	if len(data) < header {
		return nil, errors.New("damaged compressed RTF: it has no header")
	}
	if int64(size) > limit {
		return nil, &read.LimitError{Size: int64(size), Limit: limit}
	}
	switch data = data[header:]; kind {
	case stored:
		return office.Slice(data, 0, size), nil
	case compressed:
		return unpackLZFu(data, size), nil
	}
	return nil, fmt.Errorf("compressed RTF of unknown kind %08x", kind)
}

// unpackLZFu returns up to size bytes, what is before the damage in damaged
// data. Bytes of flags say of each of the eight things that follow whether it
// is a byte, or the place and length of bytes that came before: in a window
// that is written round and round, from lzfuStart on.
func unpackLZFu(data []byte, size int) []byte {
	const window = 4096
	out := []byte(lzfuStart)
	size += len(out)
	for flags := uint(1); len(data) > 0 && len(out) < size; flags >>= 1 {
		if flags == 1 { // the mark behind the last of the eight
			flags, data = uint(data[0])|1<<8, data[1:]
		}
		if flags&1 == 0 && len(data) > 0 {
			out, data = append(out, data[0]), data[1:]
			continue
		}
		if len(data) < 2 {
			break
		}
		place, length := int(data[0])<<4|int(data[1])>>4, int(data[1]&0xf)+2
		data = data[2:]
		back := (len(out) - place) & (window - 1)
		if back == 0 || back > len(out) { // the end, or damage
			break
		}
		for range length {
			out = append(out, out[len(out)-back])
		}
	}
	return out[len(lzfuStart):min(len(out), size)]
}
