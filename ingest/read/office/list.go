package office

import (
	"regexp"
	"strconv"
	"strings"
)

// ListLevels is how many levels of lists are told apart.
const ListLevels = 9

// ListLevel is how the items of a level of a list are numbered.
type ListLevel struct {
	// Start is the number of the first item.
	Start int
	// Format is as FormatNumber takes it; "" and "bullet" are no numbers.
	Format string
	// Text is what is shown, "%1.%2" standing for the numbers of levels.
	Text string
	// Kept says that no higher level restarts it; Legal that the numbers of
	// higher levels are shown in digits.
	Kept, Legal bool
}

// ListCounter counts the items of a list and of those nested in it. Programs
// compute the numbers that they show and do not store them.
type ListCounter struct {
	count [ListLevels]int
	begun [ListLevels]bool
}

// Restart has a level begin anew.
func (c *ListCounter) Restart(level int) { c.begun[level] = false }

// Set has the next item of a level be the nth.
func (c *ListCounter) Set(level, n int) { c.count[level], c.begun[level] = n-1, true }

// Next counts an item and returns the number that is shown before it, "" for a
// bullet. The level is from 0 and below ListLevels.
func (c *ListCounter) Next(level int, of func(level int) ListLevel) string {
	if !c.begun[level] {
		c.Set(level, of(level).Start)
	}
	c.count[level]++
	for i := level + 1; i < ListLevels; i++ {
		c.begun[i] = c.begun[i] && of(i).Kept
	}
	shown := of(level)
	if shown.Format == "" || shown.Format == "bullet" {
		return ""
	}
	return strings.TrimSpace(levelNumber.ReplaceAllStringFunc(shown.Text, func(number string) string {
		i := int(number[1] - '1')
		n, format := c.count[i], of(i).Format
		if !c.begun[i] {
			n = of(i).Start
		}
		if shown.Legal {
			format = "decimal"
		}
		return FormatNumber(n, format)
	}))
}

// levelNumber stands for the number of a level.
var levelNumber = regexp.MustCompile(`%[1-9]`)

// FormatNumber writes a number as numFmt of WordprocessingML names it
// ("lowerRoman"); in digits where the way is not known.
func FormatNumber(n int, format string) string {
	const mostRoman, mostLetters = 3999, 26 * 20
	text := strconv.Itoa(n)
	switch {
	case format == "none" || format == "bullet":
		return ""
	case format == "decimalZero" && n >= 0 && n < 10:
		return "0" + text
	case strings.HasSuffix(format, "Roman") && n > 0 && n <= mostRoman:
		text = roman(n)
	case strings.HasSuffix(format, "Letter") && n > 0 && n <= mostLetters:
		text = strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1)
	}
	if strings.HasPrefix(format, "lower") {
		return strings.ToLower(text)
	}
	return text
}

func roman(n int) string {
	values := []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	digits := []string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}
	var b strings.Builder
	for i, v := range values {
		for ; n >= v; n -= v {
			b.WriteString(digits[i])
		}
	}
	return b.String()
}
