package rtf

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"io"

	"docent/ingest/read"
	"docent/ingest/read/office"
	"docent/rag/lang"
)

// Format is the format of RTF files.
func Format(l read.Limits) read.Format {
	return read.Format{
		Name: "RTF", Extensions: []string{".rtf"}, Risky: true, Sure: true,
		Match:  read.Signature(`{\rtf`),
		Reader: reader(l),
	}
}

// mostBraces bounds how deep groups may nest; programs stay below a hundred.
const mostBraces = 10_000

// reader reads Rich Text Format 1.9.1.
func reader(l read.Limits) read.Func {
	return func(ctx context.Context, in read.Input) (read.Document, error) {
		if err := in.Within(l.MaxFile()); err != nil {
			return read.Document{}, err
		}
		doc, err := Parse(ctx, in.NewReader(), l)
		if err != nil {
			return read.Document{}, office.Damaged("RTF", err)
		}
		return doc, nil
	}
}

// Parse reads a stream of groups, control words and text.
func Parse(ctx context.Context, source io.Reader, limits read.Limits) (read.Document, error) {
	p := newParser(ctx, limits)
	l := lexer{r: bufio.NewReaderSize(source, 64<<10)}
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return read.Document{}, ctx.Err()
		}
		t, err := l.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = p.token(&l, t)
		}
		if err != nil {
			return read.Document{}, err
		}
		if p.ended {
			break
		}
	}
	return p.document(), p.err
}

// token is a brace, a control word with its number, a control symbol, or a
// byte of text.
type token struct {
	kind tokenKind
	// c is the control symbol or byte.
	c byte
	// word is the control word, valid until the next token.
	word []byte
	// n is the number of a control word, or the byte that \' stands for.
	n int
	// has is set when a control word has a number.
	has bool
}

type tokenKind byte

const (
	tokenOpen tokenKind = iota
	tokenClose
	tokenWord
	tokenSymbol
	tokenHex
	tokenText
)

type lexer struct {
	r    *bufio.Reader
	word []byte
}

func (l *lexer) next() (token, error) {
	for {
		c, err := l.r.ReadByte()
		if err != nil {
			return token{}, err
		}
		switch c {
		case '{':
			return token{kind: tokenOpen}, nil
		case '}':
			return token{kind: tokenClose}, nil
		case '\\':
			return l.control()
		case '\r', '\n', 0:
			continue
		}
		return token{kind: tokenText, c: c}, nil
	}
}

func (l *lexer) control() (token, error) {
	c, err := l.r.ReadByte()
	if err != nil {
		return token{}, err
	}
	switch {
	case c == '\'':
		return l.hex()
	case !lang.IsASCIILetter(c):
		return token{kind: tokenSymbol, c: c}, nil
	}
	l.word = append(l.word[:0], c)
	// A longer word is none that anything knows.
	for {
		if c, err = l.r.ReadByte(); err != nil || !lang.IsASCIILetter(c) {
			break
		}
		if len(l.word) < 32 {
			l.word = append(l.word, c)
		}
	}
	t := token{kind: tokenWord, word: l.word}
	if err != nil {
		return t, nil //nolint:nilerr // the end of the file comes again
	}
	err = l.number(&t, c)
	return t, err
}

// number takes what follows a control word: a number, and the space that ends
// it.
func (l *lexer) number(t *token, c byte) error {
	negative := c == '-'
	if negative {
		if err := l.r.UnreadByte(); err != nil {
			return err
		}
		next, _ := l.r.Peek(2)
		if len(next) < 2 || !lang.IsDigit(next[1]) {
			return nil
		}
		_, _ = l.r.Discard(1)
		c, _ = l.r.ReadByte()
	}
	var err error
	for t.has = lang.IsDigit(c); err == nil && lang.IsDigit(c); c, err = l.r.ReadByte() {
		t.n = min(t.n*10+int(c-'0'), 1<<30)
	}
	if negative {
		t.n = -t.n
	}
	if err != nil || c == ' ' {
		return nil //nolint:nilerr // the end of the file comes again
	}
	return l.r.UnreadByte()
}

// hex takes the two digits after \'.
func (l *lexer) hex() (token, error) {
	digits, err := l.r.Peek(2)
	if err != nil {
		return token{}, io.EOF
	}
	var c [1]byte
	if n, _ := hex.Decode(c[:], digits); n == 0 {
		return token{kind: tokenSymbol, c: '\''}, nil
	}
	_, _ = l.r.Discard(2)
	return token{kind: tokenHex, c: c[0]}, nil
}
