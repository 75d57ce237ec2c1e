package office

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// formulaEvaluator computes a formula (ECMA-376, part 1, 18.17). What it cannot is
// an error as any other, which what is made of it comes to.
type formulaEvaluator struct {
	book *Formulas
	// sheet is the one that references without a sheet are to.
	sheet string
	// rows and columns are added to references that are not fixed.
	rows, columns int
	// depth is how many formulas wait for this one, nested how many brackets are
	// open.
	depth, nested int
}

var (
	// formulaTokens are what formulas write in another way than expressions of Go:
	// texts, shares, references and names, and signs.
	formulaTokens = regexp.MustCompile(`"(?:[^"]|"")*"|[\d.]+%|(?:(?:'(?:[^']|'')+'|[\pL\d_]+)!)?[$\pL\d_.:]+\(?|[<>]=|<>|[-+=;]|\s+`)
	// openReferences are those of OpenDocument: [.B2:.B9], [$Sheet2.B2].
	openReferences = regexp.MustCompile(`\[(?:\$?('(?:[^']|'')+'|[^.'\[\]]*))?\.([^.\[\]]+)(?::\.([^.\[\]]+))?\]`)
)

// formula computes a formula as Excel writes it, or OpenDocument: "of:=SUM([.A1])".
func (e *formulaEvaluator) formula(text string) any {
	if prefix, rest, found := strings.Cut(text, "="); found && (prefix == "" || strings.HasSuffix(prefix, ":")) {
		text = rest
	}
	text = openReferences.ReplaceAllStringFunc(text, func(open string) string {
		m := openReferences.FindStringSubmatch(open)
		if m[1] != "" {
			m[1] += "!"
		}
		if m[3] != "" {
			m[3] = ":" + m[3]
		}
		return m[1] + m[2] + m[3]
	})
	x, err := parser.ParseExpr(formulaTokens.ReplaceAllStringFunc(text, e.token))
	if err != nil {
		return notComputed
	}
	return e.value(x)
}

// token is how Go writes a token. A reference is the argument of a call of ref,
// which is no name that a formula has: those are in capitals.
func (e *formulaEvaluator) token(text string) string {
	switch text {
	case "=":
		return "=="
	case "<>":
		return "!="
	case ";":
		return ","
	case "<=", ">=":
		return text
	}
	switch share, isShare := strings.CutSuffix(text, "%"); {
	case text[0] == '"':
		return strconv.Quote(strings.ReplaceAll(text[1:len(text)-1], `""`, `"`))
	case isShare:
		return "(" + share + "/100)"
	case references.MatchString(text):
		return "ref(" + strconv.Quote(text) + ")"
	}
	return " " + strings.ToUpper(strings.TrimSpace(text)) // two minus signs are two
}

func (e *formulaEvaluator) value(x ast.Expr) any {
	switch x := x.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(x.Value); err == nil {
			return text
		}
		if n, err := strconv.ParseFloat(x.Value, 64); err == nil {
			return n
		}
	case *ast.ParenExpr:
		return e.deeper(func() any { return e.value(x.X) })
	case *ast.UnaryExpr:
		return e.deeper(func() any { return operate(x.Op, nil, e.value(x.X)) })
	case *ast.BinaryExpr:
		return operate(x.Op, e.value(x.X), e.value(x.Y))
	case *ast.CallExpr:
		if a := e.argument(x); !a.isRange {
			return a.cells[0]
		}
	}
	return notComputed
}

// deeper computes what nests, as far as formulas do.
func (e *formulaEvaluator) deeper(compute func() any) any {
	const most = 64
	if e.nested++; e.nested > most {
		return notComputed
	}
	defer func() { e.nested-- }()
	return compute()
}

// operate computes a sum, difference, product or quotient, or compares.
func operate(sign token.Token, a, b any) any {
	for _, v := range []any{a, b} {
		if err, isError := v.(FormulaError); isError {
			return err
		}
	}
	if order := compareValues(a, b); sign.Precedence() == token.EQL.Precedence() {
		return map[token.Token]bool{
			token.EQL: order == 0, token.NEQ: order != 0, token.LSS: order < 0, token.LEQ: order <= 0, token.GTR: order > 0, token.GEQ: order >= 0,
		}[sign]
	}
	x, ok := number(a)
	y, too := number(b)
	switch {
	case !ok || !too:
		return notComputed
	case sign == token.ADD:
		return numberOf(x + y)
	case sign == token.SUB:
		return numberOf(x - y)
	case sign == token.MUL:
		return numberOf(x * y)
	case sign == token.QUO && y == 0:
		return divisionByZero
	case sign == token.QUO:
		return numberOf(x / y)
	}
	return notComputed
}

// number is a value as one, as far as it is.
func number(v any) (n float64, ok bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	}
	return 0, v == nil
}

func numberOf(n float64) any {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return FormulaError("#NUM!")
	}
	return n
}

// compareValues orders numbers before truths and these before texts, which it
// compares without regard to case. Nothing is 0 or no text.
func compareValues(a, b any) int {
	if kinds := cmp.Compare(kindOf(a), kindOf(b)); kinds != 0 && a != nil && b != nil {
		return kinds
	}
	x, _ := number(a)
	y, _ := number(b)
	s, _ := a.(string)
	t, _ := b.(string)
	return cmp.Or(cmp.Compare(fifteenDigits(x), fifteenDigits(y)), cmp.Compare(strings.ToLower(s), strings.ToLower(t)))
}

func kindOf(v any) int {
	switch v.(type) {
	case bool:
		return 1
	case string:
		return 2
	}
	return 0
}

// ShowValue is a value as a cell of a format shows it. What a formula takes from
// an empty cell is 0.
func ShowValue(v any, format *NumberFormat, look NumberLook) string {
	switch v := v.(type) {
	case nil:
		return format.Show(0, look)
	case float64:
		return format.Show(v, look)
	case bool:
		return strings.ToUpper(strconv.FormatBool(v))
	}
	return fmt.Sprint(v)
}

// argument is what a function is given: a value, or the cells of a range that
// are not empty.
type argument struct {
	cells   []any
	isRange bool
}

func (e *formulaEvaluator) argument(x ast.Expr) argument {
	call, isCall := x.(*ast.CallExpr)
	if !isCall {
		return argument{cells: []any{e.value(x)}}
	}
	name, _ := call.Fun.(*ast.Ident)
	if name == nil {
		return argument{cells: []any{notComputed}}
	}
	if name.Name != "ref" {
		return argument{cells: []any{e.deeper(func() any { return e.call(name.Name, call.Args) })}}
	}
	text, _ := strconv.Unquote(call.Args[0].(*ast.BasicLit).Value)
	switch r, ok := e.reference(text); {
	case !ok:
		return argument{cells: []any{notComputed}}
	case r.from == r.to:
		return argument{cells: []any{e.book.cell(r.sheet, r.from, e.depth)}}
	default:
		return argument{cells: e.book.cells(r, e.depth), isRange: true}
	}
}

// call computes a function.
func (e *formulaEvaluator) call(name string, args []ast.Expr) any {
	switch {
	case name == "IF" && len(args) == 3:
		condition := e.value(args[0])
		if err, isError := condition.(FormulaError); isError {
			return err
		}
		switch holds, ok := number(condition); {
		case !ok:
			return notComputed
		case holds != 0:
			return e.value(args[1])
		}
		return e.value(args[2])
	case name == "ROUND" && len(args) == 2:
		return round(e.value(args[0]), e.value(args[1]))
	case slices.Contains([]string{"SUM", "AVERAGE", "MIN", "MAX", "COUNT"}, name):
		return e.aggregate(name, args)
	}
	return notComputed
}

// aggregate computes a function of the numbers it is given, in ranges of those
// cells that hold one.
func (e *formulaEvaluator) aggregate(name string, args []ast.Expr) any {
	var numbers []float64
	sum := 0.0
	for _, x := range args {
		a := e.argument(x)
		for _, c := range a.cells {
			switch c := c.(type) {
			case FormulaError:
				if c == notComputed || name != "COUNT" {
					return c
				}
			case float64:
				numbers = append(numbers, c)
				sum += c
			case string:
				if !a.isRange {
					return notComputed
				}
			}
		}
	}
	switch count := float64(len(numbers)); {
	case name == "COUNT":
		return count
	case name == "AVERAGE" && count == 0:
		return divisionByZero
	case name == "AVERAGE":
		return numberOf(sum / count)
	case name == "MIN" && count > 0:
		return slices.Min(numbers)
	case name == "MAX" && count > 0:
		return slices.Max(numbers)
	}
	return numberOf(sum)
}

// round rounds a number to decimals, a half away from zero.
func round(v, to any) any {
	if err, isError := v.(FormulaError); isError {
		return err
	}
	n, ok := number(v)
	decimals, too := number(to)
	if !ok || !too || math.Abs(decimals) > 15 {
		return notComputed
	}
	scale := math.Pow(10, math.Trunc(decimals))
	return numberOf(math.Round(fifteenDigits(n*scale)) / scale)
}
