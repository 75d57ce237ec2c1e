package office

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"docent/rag/lang"
)

// formulaParser computes a formula as it reads it (ECMA-376, part 1, 18.17).
type formulaParser struct {
	book *Formulas
	// sheet is the one that references without a sheet are to.
	sheet string
	text  string
	at    int
	// rows and columns are added to references that are not fixed.
	rows, columns int
	// depth is how many formulas wait for this one, nested how many brackets are
	// open.
	depth, nested int
}

// formulaLevels are the operators, those that bind least first.
var formulaLevels = [...][]string{{"=", "<>", "<", "<=", ">", ">="}, {"+", "-"}, {"*", "/"}}

func (p *formulaParser) whole() (FormulaValue, error) {
	v, err := p.level(0)
	if err == nil && p.peek() != "" {
		return v, errNotComputed
	}
	return v, err
}

// peek is the next sign, "" at the end.
func (p *formulaParser) peek() string {
	for p.at < len(p.text) && strings.IndexByte(ASCIISpace, p.text[p.at]) >= 0 {
		p.at++
	}
	rest := p.text[p.at:]
	if len(rest) > 1 && slices.Contains(formulaLevels[0], rest[:2]) {
		return rest[:2]
	}
	return rest[:min(1, len(rest))]
}

// take passes over one of these signs, if one comes next.
func (p *formulaParser) take(signs ...string) string {
	sign := p.peek()
	if sign == "" || !slices.Contains(signs, sign) {
		return ""
	}
	p.at += len(sign)
	return sign
}

// level reads operands with the operators of a level between them.
func (p *formulaParser) level(n int) (FormulaValue, error) {
	if n == len(formulaLevels) {
		return p.operand()
	}
	a, err := p.level(n + 1)
	for err == nil {
		sign := p.take(formulaLevels[n]...)
		if sign == "" {
			break
		}
		var b FormulaValue
		if b, err = p.level(n + 1); err == nil {
			a, err = operate(sign, a, b)
		}
	}
	return a, err
}

func operate(sign string, a, b FormulaValue) (FormulaValue, error) {
	switch {
	case a.Kind == ErrorValue:
		return a, nil
	case b.Kind == ErrorValue:
		return b, nil
	case slices.Contains(formulaLevels[0], sign):
		return compareValues(sign, a, b), nil
	}
	x, err := a.number()
	y, other := b.number()
	switch {
	case err != nil || other != nil:
		return a, errNotComputed
	case sign == "+":
		return numberOf(x + y), nil
	case sign == "-":
		return numberOf(x - y), nil
	case sign == "*":
		return numberOf(x * y), nil
	case y == 0:
		return divisionByZero(), nil
	}
	return numberOf(x / y), nil
}

// compareValues orders numbers before texts, which it compares without regard
// to case.
func compareValues(sign string, a, b FormulaValue) FormulaValue {
	order := cmp.Or(cmp.Compare(fifteenDigits(a.Number), fifteenDigits(b.Number)), cmp.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)))
	if a.Kind != b.Kind && a.Kind != NoValue && b.Kind != NoValue {
		order = cmp.Compare(a.Kind, b.Kind)
	}
	holds := map[string]bool{"=": order == 0, "<>": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}
	return truthOf(holds[sign])
}

// deeper reads what nests, as far as formulas do.
func (p *formulaParser) deeper(read func() (FormulaValue, error)) (FormulaValue, error) {
	const most = 64
	if p.nested++; p.nested > most {
		return FormulaValue{}, errNotComputed
	}
	defer func() { p.nested-- }()
	return read()
}

// operand reads one with the sign before it.
func (p *formulaParser) operand() (FormulaValue, error) {
	next := p.peek()
	switch {
	case next == "":
		return FormulaValue{}, errNotComputed
	case p.take("-", "+") != "":
		v, err := p.deeper(p.operand)
		if err != nil || next == "+" {
			return v, err
		}
		return operate("-", numberOf(0), v)
	case p.take("(") != "":
		v, err := p.deeper(func() (FormulaValue, error) { return p.level(0) })
		if err == nil && p.take(")") == "" {
			err = errNotComputed
		}
		return v, err
	case next == `"`:
		return p.quoted()
	case lang.IsDigit(next[0]) || next == ".":
		return p.literal()
	}
	if r, ok := p.reference(); ok && r.from == r.to {
		return p.book.cell(r.sheet, r.from, p.depth)
	}
	name, _, found := strings.Cut(p.text[p.at:], "(")
	if !found {
		return FormulaValue{}, errNotComputed
	}
	p.at += len(name) + 1
	return p.deeper(func() (FormulaValue, error) { return p.call(strings.ToUpper(strings.TrimSpace(name))) })
}

// quoted reads a text, in which a quote stands twice.
func (p *formulaParser) quoted() (FormulaValue, error) {
	var b strings.Builder
	for p.at++; p.at < len(p.text); p.at++ {
		if p.text[p.at] == '"' {
			if p.at++; p.at == len(p.text) || p.text[p.at] != '"' {
				return FormulaValue{Kind: TextValue, Text: b.String()}, nil
			}
		}
		b.WriteByte(p.text[p.at])
	}
	return FormulaValue{}, errNotComputed
}

func (p *formulaParser) literal() (FormulaValue, error) {
	end := p.at
	for end < len(p.text) && (lang.IsDigit(p.text[end]) || p.text[end] == '.') {
		end++
	}
	n, err := strconv.ParseFloat(p.text[p.at:end], 64)
	if p.at = end; err != nil {
		return FormulaValue{}, errNotComputed
	}
	if p.take("%") != "" {
		n /= 100
	}
	return numberOf(n), nil
}
