package main

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// TestEditor: keys make lines.
func TestEditor(t *testing.T) {
	const up, down, left, ctrlC, ctrlD = "\x1b[A", "\x1b[B", "\x1b[D", "\x03", "\x04"
	long := strings.Repeat("à", 200)
	for name, c := range map[string]struct {
		keys string
		want []string
		err  error
	}{
		"a line":              {"hello\r", []string{"hello"}, nil},
		"in the middle":       {"ac" + left + "b\r", []string{"abc"}, nil},
		"home and end":        {"b\x01a\x05c\r", []string{"abc"}, nil},
		"accents":             {"été" + left + "\x7fx\r", []string{"éxé"}, nil},
		"other scripts":       {"日本" + left + "x語\r", []string{"日x語本"}, nil},
		"words and lines":     {"one two\x17three\x01\x06\x0b\r", []string{"o"}, nil},
		"wider than the row":  {long + "\x01x\r", []string{"x" + long}, nil},
		"earlier ones":        {"one\rtwo\r" + up + up + "\r", []string{"one", "two", "one"}, nil},
		"back to what is new": {"one\rtw" + up + down + "o\r", []string{"one", "two"}, nil},
		"nothing twice":       {"one\rtwo\rtwo\r\r" + up + up + "\r", []string{"one", "two", "two", "", "one"}, nil},
		"unknown keys":        {"a\x1b[15~b\x1b[1;3Cc\r", []string{"abc"}, nil},
		"given up":            {"half" + ctrlC + "whole\r", []string{"whole"}, nil},
		"given up twice":      {"a" + ctrlC + "b" + ctrlC + "c\r", []string{"c"}, nil},
		"earlier ones stay":   {"one\rx" + ctrlC + up + "\r", []string{"one", "one"}, nil},
		"interrupted":         {"one\rhalf" + ctrlC + ctrlC + "two\r", []string{"one"}, errInterrupted},
		"ended":               {"one\r" + ctrlD + "two\r", []string{"one"}, nil},
		"not ended":           {"ab" + left + ctrlD + "\r", []string{"a"}, nil},
		"cut off":             {"one\rtwo", []string{"one"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			entered, restored := 0, 0
			e := editor{
				in: iotest.OneByteReader(strings.NewReader(c.keys)), out: &out, prompt: "? ", size: func() (int, int) { return 20, 10 },
				raw: func() (func(), error) {
					entered++
					return func() { restored++ }, nil
				},
			}
			var got []string
			var err error
			for line := range e.lines(t.Context()) {
				if err = line.err; err == nil {
					got = append(got, string(line.text))
				}
				if restored != entered {
					t.Error("a line is handed over by a terminal that is not as it was")
				}
			}
			if d := cmp.Diff(c.want, got); d != "" || !errors.Is(err, c.err) {
				t.Errorf("error %v (-want +got)\n%s", err, d)
			}
			if restored != entered || !strings.HasPrefix(out.String(), "? ") {
				t.Errorf("restored %d of %d, shown %q", restored, entered, out.String())
			}
		})
	}
}
