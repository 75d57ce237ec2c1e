package read

import "strings"

// headingNames are how styles for headings are called, in lower case; a
// number follows.
var headingNames = []string{"heading ", "titre ", "überschrift ", "título ", "titolo ", "kop ", "rubrik "}

// StyleLevel is the heading level that the name of a style means, or 0.
func StyleLevel(name string) int {
	name, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(name)), ",")
	name, _, _ = strings.Cut(name, ";")
	if name == "title" || name == "titre" || name == "titel" {
		return 1
	}
	for _, heading := range headingNames {
		if digits, found := strings.CutPrefix(name, heading); found && len(digits) == 1 && digits[0] >= '1' && digits[0] <= '9' {
			return int(digits[0] - '0')
		}
	}
	return 0
}
