package llm

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// hidden stands where a key would.
const hidden = "[key]"

// Secret is a key. However it is printed, logged or encoded, it does not show;
// only the conversion string(secret) has it.
type Secret string

// Format implements fmt.Formatter for every verb.
func (s Secret) Format(f fmt.State, _ rune) {
	if s != "" {
		_, _ = io.WriteString(f, hidden) // a printer takes everything
	}
}

// LogValue implements slog.LogValuer.
func (s Secret) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(s)) }

// MarshalText implements encoding.TextMarshaler, for JSON and YAML.
func (s Secret) MarshalText() ([]byte, error) { return fmt.Append(nil, s), nil }

// givesAway is how many letters a word and a key begin with alike where the
// word is taken for a part of the key. Providers repeat the beginning of a key
// that they refuse, with stars after it.
const givesAway = 6

// redact takes a key out of what somebody else says, and what looks like a part
// of one.
func (s Secret) redact(text string) string {
	if s == "" {
		return text
	}
	key := string(s)
	text = strings.ReplaceAll(text, key, hidden)
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\n\r\"'`,;:()<>=", r) })
	for _, w := range words {
		if strings.Contains(w, "**") || len(key) > givesAway && strings.HasPrefix(w, key[:givesAway]) {
			text = strings.ReplaceAll(text, w, hidden)
		}
	}
	return text
}
