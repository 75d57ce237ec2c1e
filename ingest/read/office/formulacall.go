package office

import (
	"math"
	"slices"
)

// argument is what a function is given: a value, or the cells of a range that
// are not empty.
type argument struct {
	FormulaValue
	cells   []FormulaValue
	isRange bool
}

// call reads the arguments of a function and computes it.
func (p *formulaParser) call(name string) (FormulaValue, error) {
	args, err := p.arguments()
	if err != nil {
		return FormulaValue{}, err
	}
	switch name {
	case "SUM", "AVERAGE", "MIN", "MAX", "COUNT":
		return aggregate(name, args)
	case "IF":
		return choose(args)
	case "ROUND":
		return round(args)
	}
	return FormulaValue{}, errNotComputed
}

// arguments reads them to the closing bracket.
func (p *formulaParser) arguments() ([]argument, error) {
	var args []argument
	if p.take(")") != "" {
		return nil, nil
	}
	for {
		a, err := p.argument()
		if err != nil {
			return nil, err
		}
		args = append(args, a)
		switch p.take(")", ",", ";") {
		case ")":
			return args, nil
		case "":
			return nil, errNotComputed
		}
	}
}

func (p *formulaParser) argument() (argument, error) {
	p.peek()
	start := p.at
	if r, ok := p.reference(); ok && r.from != r.to {
		cells, err := p.book.cells(r, p.depth)
		return argument{cells: cells, isRange: true}, err
	}
	p.at = start
	v, err := p.level(0)
	return argument{FormulaValue: v}, err
}

// aggregate computes a function of the numbers it is given, in ranges of those
// cells that hold one.
func aggregate(name string, args []argument) (FormulaValue, error) {
	var numbers []float64
	for _, a := range args {
		if !a.isRange {
			a.cells = []FormulaValue{a.FormulaValue}
		}
		for _, c := range a.cells {
			switch {
			case c.Kind == ErrorValue && name != "COUNT":
				return c, nil
			case c.Kind == NumberValue:
				numbers = append(numbers, c.Number)
			case c.Kind == TextValue && !a.isRange:
				return c, errNotComputed
			}
		}
	}
	sum := 0.0
	for _, n := range numbers {
		sum += n
	}
	switch count := float64(len(numbers)); {
	case name == "COUNT":
		return numberOf(count), nil
	case name == "AVERAGE" && count == 0:
		return divisionByZero(), nil
	case name == "AVERAGE":
		return numberOf(sum / count), nil
	case name == "MIN" && count > 0:
		return numberOf(slices.Min(numbers)), nil
	case name == "MAX" && count > 0:
		return numberOf(slices.Max(numbers)), nil
	}
	return numberOf(sum), nil
}

// choose is the second argument where the first is true, else the third.
func choose(args []argument) (FormulaValue, error) {
	if len(args) != 3 || args[0].isRange || args[1].isRange || args[2].isRange {
		return FormulaValue{}, errNotComputed
	}
	condition, err := args[0].number()
	switch {
	case args[0].Kind == ErrorValue:
		return args[0].FormulaValue, nil
	case err != nil:
		return FormulaValue{}, err
	case condition != 0:
		return args[1].FormulaValue, nil
	}
	return args[2].FormulaValue, nil
}

// round rounds a number to decimals, a half away from zero.
func round(args []argument) (FormulaValue, error) {
	if len(args) != 2 || args[0].isRange || args[1].isRange {
		return FormulaValue{}, errNotComputed
	}
	if args[0].Kind == ErrorValue {
		return args[0].FormulaValue, nil
	}
	n, err := args[0].number()
	decimals, other := args[1].number()
	if err != nil || other != nil || math.Abs(decimals) > 15 {
		return FormulaValue{}, errNotComputed
	}
	scale := math.Pow(10, math.Trunc(decimals))
	return numberOf(math.Round(fifteenDigits(n*scale)) / scale), nil
}
