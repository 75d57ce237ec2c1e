package answer

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"docent/rag/lang"
)

// rest reads what a model wrote without any tag: in JSON, behind a thought that it
// did not end, or as prose with markers.
func (p *protocol) rest() error {
	text := p.all.String()
	if found := jsonIn(text); found != nil {
		r := jsonReader{protocol: p}
		for _, v := range found {
			if err := r.value(v, ""); err != nil {
				return err
			}
		}
		p.notFound = p.notFound || !r.said
		return r.end()
	}
	if p.thinking {
		inner := &protocol{claimed: p.hand}
		_, after, _ := strings.Cut(text, ">")
		if err := inner.write(after); err != nil {
			return err
		}
		err := inner.close()
		p.missing, p.notFound = append(p.missing, inner.missing...), p.notFound || inner.notFound
		return err
	}
	if p.notFound || len(p.missing) > 0 {
		return nil
	}
	return p.prose(withoutThoughts(text))
}

var trailingComma = regexp.MustCompile(`,\s*([\]}])`)

// jsonIn are the values of JSON in a text, nil for none.
func jsonIn(text string) (values []any) {
	text = withoutThoughts(text)
	at := strings.IndexAny(text, "{[")
	if at < 0 {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(trailingComma.ReplaceAll([]byte(text[at:]), []byte("$1"))))
	for {
		var v any
		if d.Decode(&v) != nil {
			return values
		}
		if list, ok := v.([]any); ok && len(list) > 0 && !isObject(list[0]) {
			return values // a marker
		}
		values = append(values, v)
	}
}

func isObject(v any) bool { _, ok := v.(map[string]any); return ok }

// jsonReader finds claims and their quotes in JSON, under whatever names.
type jsonReader struct {
	*protocol
	last *writtenClaim
	// said is set where there is a claim.
	said bool
}

func (r *jsonReader) end() error {
	c := r.last
	r.last = nil
	if c == nil {
		return nil
	}
	return r.hand(c, true)
}

func (r *jsonReader) value(v any, key string) error {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if err := r.value(e, key); err != nil {
				return err
			}
		}
	case map[string]any:
		return r.object(v, key)
	case string:
		if says("quote tag", key) {
			r.quote(v, nil)
		}
	}
	return nil
}

// object is a claim, a quote, or what holds some.
func (r *jsonReader) object(v map[string]any, key string) error {
	var numbers []int
	rest := make(map[string]any)
	text := ""
	for name, e := range v {
		name = plain(onlyWords.ReplaceAllString(name, " "))
		s, isText := e.(string)
		switch n, isNumber := e.(float64); {
		case isNumber:
			numbers = append(numbers, int(n))
		case isText && says("claim tag", name):
			if err := r.end(); err != nil {
				return err
			}
			r.last, r.said = &writtenClaim{text: s}, true
		case isText && name == " text " || isText && says("quote tag", key) && says("quote tag", name):
			text = s
		default:
			rest[name] = e
		}
	}
	if says("quote tag", key) && text != "" {
		r.quote(text, numbers)
		return nil
	}
	for name, e := range rest {
		if err := r.value(e, name); err != nil {
			return err
		}
	}
	return nil
}

var onlyWords = regexp.MustCompile(`[\d_]+`)

func (r *jsonReader) quote(text string, numbers []int) {
	if r.last != nil {
		r.last.quotes = append(r.last.quotes, writtenQuote{passages: numbers, lines: []string{text}})
	}
}

// quotation is what stands between quotation marks.
var quotation = regexp.MustCompile(`["“«]\s*([^"“”«»]{12,})["”»]`)

// prose reads sentences that name passages by markers: each is a claim, and so are
// those before it in its paragraph. Its quotes are what it quotes, or any sentence of
// the passage.
func (p *protocol) prose(text string) error {
	for line := range strings.Lines(text) {
		var waiting []string
		line = strings.TrimSpace(line)
		for _, s := range lang.Sentences(line) {
			sentence := line[s.Start:s.End]
			rest := line[s.End:]
			if m := markers.FindStringIndex(rest); m != nil && m[0] == 0 {
				sentence += rest[:m[1]]
			}
			waiting = append(waiting, sentence)
			numbers := numbersIn(strings.Join(markers.FindAllString(sentence, -1), " "))
			if len(numbers) == 0 {
				continue
			}
			if err := p.sentences(waiting, numbers); err != nil {
				return err
			}
			waiting = nil
		}
	}
	return nil
}

// sentences are claims that rest on the passages of those numbers.
func (p *protocol) sentences(said []string, numbers []int) error {
	q := writtenQuote{passages: numbers}
	if m := quotation.FindStringSubmatch(strings.Join(said, " ")); m != nil {
		q.lines = []string{m[1]}
	}
	for i, s := range said {
		if i > 0 && len(q.lines) > 0 && quotation.MatchString(s) || strings.HasSuffix(strings.TrimSpace(markers.ReplaceAllString(s, "")), ":") {
			continue // it only introduces, or quotes
		}
		if err := p.hand(&writtenClaim{text: strings.TrimSpace(s), quotes: []writtenQuote{q}}, true); err != nil {
			return err
		}
	}
	return nil
}

var thoughts = regexp.MustCompile(`(?s)<think[^>]*>.*?(</think[^>]*>|$)`)

func withoutThoughts(s string) string { return strings.TrimSpace(thoughts.ReplaceAllString(s, "")) }
