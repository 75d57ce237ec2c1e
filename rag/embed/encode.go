package embed

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// slotsPerTable is a compromise: with half of it there are twice the words to compare,
// the double costs 200 kB.
const slotsPerTable = 1 << 15

// Encode lays out a table of the words' vectors and the buckets' vectors; all
// of one length, which 32 divides. Each vector is rounded to 15 steps.
func Encode(words []string, vectors, buckets [][]float32) ([]byte, error) {
	if err := encodable(words, vectors, buckets); err != nil {
		return nil, err
	}
	order := inSlots(words)
	l := layout{words: len(words), buckets: len(buckets), dimension: len(buckets[0]), slots: slotsPerTable}
	texts, firsts, text := index(words, order)
	l.textSize = len(text)
	rows := make([][]float32, 0, l.rows())
	for _, i := range order {
		rows = append(rows, vectors[i])
	}
	rows = append(rows, buckets...)

	data := make([]byte, headerSize, l.size())
	var packed []byte
	for _, row := range rows {
		scale, numbers := quantize(row)
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(scale))
		packed = appendPacked(packed, numbers)
	}
	for _, at := range texts {
		data = binary.LittleEndian.AppendUint32(data, at)
	}
	for _, row := range firsts {
		data = binary.LittleEndian.AppendUint16(data, row)
	}
	data = append(append(data, text...), packed...)
	l.putHeader(data)
	return data, nil
}

func encodable(words []string, vectors, buckets [][]float32) error {
	if len(words) > maxWords || len(words) != len(vectors) || len(buckets) == 0 {
		return fmt.Errorf("encode a table: %d words, %d vectors, %d buckets", len(words), len(vectors), len(buckets))
	}
	for _, w := range words {
		if w == "" || len(w) > maxLetters {
			return fmt.Errorf("encode a table: a word of %d bytes", len(w))
		}
	}
	d := len(buckets[0])
	if d == 0 || d%lanes != 0 {
		return fmt.Errorf("encode a table: %d dimensions, not a multiple of %d", d, lanes)
	}
	for _, rows := range [][][]float32{vectors, buckets} {
		for i, v := range rows {
			if len(v) != d {
				return fmt.Errorf("encode a table: vector %d has %d dimensions, not %d", i, len(v), d)
			}
		}
	}
	return nil
}

func slotOf(hash uint64, slots int) int { return int((hash ^ hash>>29) & uint64(slots-1)) }

// inSlots orders the words by slot, those of one slot by letters.
func inSlots(words []string) []int {
	order := make([]int, len(words))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(
			cmp.Compare(slotOf(hashOf(words[a]), slotsPerTable), slotOf(hashOf(words[b]), slotsPerTable)),
			cmp.Compare(words[a], words[b]))
	})
	return order
}

// index writes the words in their order and says where each slot begins.
func index(words []string, order []int) (texts []uint32, firsts []uint16, text []byte) {
	texts = make([]uint32, slotsPerTable+1)
	firsts = make([]uint16, slotsPerTable+1)
	next := 0
	for slot := range slotsPerTable + 1 {
		texts[slot], firsts[slot] = uint32(len(text)), uint16(next)
		for next < len(order) && slotOf(hashOf(words[order[next]]), slotsPerTable) == slot {
			w := words[order[next]]
			text = append(append(text, byte(len(w))), w...)
			next++
		}
	}
	return texts, firsts, text
}

// largest is what numbers are rounded to at most.
const largest = 7

// quantize finds the step that loses least, from the one that reaches the row's
// largest number down: with few steps it pays to cut what stands out. Four bits
// rank the development sets as eight do, and hold twice the words.
func quantize(row []float32) (scale float32, numbers []int8) {
	var reach float32
	for _, x := range row {
		reach = max(reach, x, -x)
	}
	numbers = make([]int8, len(row))
	if reach == 0 {
		return 0, numbers
	}
	least := math.Inf(1)
	for i := range 10 {
		step := reach / largest * (1 - .06*float32(i))
		if loss := quantizeTo(step, row, numbers); loss < least {
			least, scale = loss, step
		}
	}
	quantizeTo(scale, row, numbers)
	return scale, numbers
}

// quantizeTo rounds a row to steps, and returns the square of what is lost.
func quantizeTo(step float32, row []float32, numbers []int8) (loss float64) {
	for i, x := range row {
		n := max(-largest, min(largest, math.Round(float64(x/step))))
		numbers[i] = int8(n)
		lost := float64(x) - n*float64(step)
		loss += lost * lost
	}
	return loss
}
