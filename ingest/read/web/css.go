package web

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// rules are the style rules of a page as far as they say what is seen, the ones
// that count more after the others. Strong ones count more than what elements say
// themselves.
type rules struct {
	weak, strong []rule
	// variables are the first values of the names that values use.
	variables declarations
}

type rule struct {
	cascadia.Sel
	declarations
}

// declarations are the values of properties, in lower case.
type declarations map[string]string

var (
	// telling are the properties that say whether a text is seen.
	telling = regexp.MustCompile(`^(?:display|visibility|opacity|color|background(?:-image)?|font-size|position|left|right|top|bottom|text-indent|margin-left|` +
		`margin-top|overflow|(?:max-)?(?:width|height)|clip(?:-path)?|transform|filter|text-decoration|-webkit-text-fill-color|mso-hide|--.*)$`)
	// sameAs are the properties that set what another one does too.
	sameAs = strings.NewReplacer("background-color", "background", "decoration-line", "decoration", "overflow-x", "overflow", "overflow-y", "overflow")

	comment  = regexp.MustCompile(`(?s)/\*.*?(?:\*/|$)`)
	variable = regexp.MustCompile(`var\(\s*(--[^\s,)]+)[^)]*\)`)
	// shownMedia are the conditions under which everybody looks at a page.
	shownMedia = regexp.MustCompile(`^@(?:media\s*(?:(?:only\s+)?(?:screen|all))?|(?:layer|supports)\b.*)$`)
)

// rulesOf reads the style sheets in a page and those that come with it. Rules for
// a state that a reader brings about, as of what is pointed at, are left out.
func rulesOf(root *html.Node, sheets []string) *rules {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Style {
			sheets = append(sheets, textOf(n))
		}
	}
	all := &rules{variables: declarations{}}
	for _, sheet := range sheets {
		all.add(comment.ReplaceAllString(sheet, " "), 0)
	}
	for _, list := range [][]rule{all.weak, all.strong} {
		slices.SortStableFunc(list, func(a, b rule) int {
			s, t := a.Specificity(), b.Specificity()
			return slices.Compare(s[:], t[:])
		})
	}
	return all
}

// add reads rules, which may stand in others up to some depth.
func (all *rules) add(sheet string, depth int) {
	const deepest = 8
	for depth < deepest {
		head, rest, found := strings.Cut(sheet, "{")
		if !found {
			return
		}
		var body string
		body, sheet = cutBlock(rest)
		head = strings.TrimSpace(head[strings.LastIndex(head, ";")+1:])
		if strings.HasPrefix(head, "@") {
			if shownMedia.MatchString(strings.ToLower(head)) {
				all.add(body, depth+1)
			}
			continue
		}
		weak, strong := declare(body)
		for name, value := range weak {
			if _, known := all.variables[name]; !known && strings.HasPrefix(name, "--") {
				all.variables[name] = value
			}
		}
		for selector := range strings.SplitSeq(head, ",") {
			if s, err := cascadia.Parse(selector); err == nil {
				all.weak, all.strong = append(all.weak, rule{s, weak}), append(all.strong, rule{s, strong})
			}
		}
	}
}

// cutBlock cuts off what stands before the brace that closes a block.
func cutBlock(s string) (body, after string) {
	depth := 1
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return s[:i], s[i+1:]
			}
		}
	}
	return s, ""
}

// declare reads declarations, those that are important apart.
func declare(body string) (weak, strong declarations) {
	weak, strong = declarations{}, declarations{}
	for d := range strings.SplitSeq(strings.ToLower(body), ";") {
		name, value, _ := strings.Cut(d, ":")
		name, value = sameAs.Replace(strings.TrimSpace(name)), strings.TrimSpace(value)
		to := weak
		if said, important := strings.CutSuffix(value, "important"); important {
			value, to = strings.TrimRight(said, "! "), strong
		}
		if name == "font" { // its size stands before its name, perhaps with the height of lines
			name, value = "font-size", fontSizeIn.FindString(value)
		}
		if value != "" && telling.MatchString(name) {
			to[name] = value
		}
	}
	return weak, strong
}

var fontSizeIn = regexp.MustCompile(`(?:^|\s)\d*\.?\d+(?:[a-z]+|%|\b)`)

// presentational are the attributes that stand for a property.
var presentational = map[string]string{"bgcolor": "background", "text": "color", "color": "color"}

// of are the declarations that hold for an element.
func (all *rules) of(n *html.Node) declarations {
	d := declarations{}
	set := func(matching []rule, own declarations) {
		for _, r := range matching {
			if len(r.declarations) > 0 && r.Match(n) {
				maps.Copy(d, r.declarations)
			}
		}
		maps.Copy(d, own)
	}
	for _, a := range n.Attr {
		if property := presentational[a.Key]; property != "" {
			d[property] = strings.ToLower(a.Val)
		}
	}
	weak, strong := declare(attribute(n, "style"))
	set(all.weak, weak)
	set(all.strong, strong)
	for name, value := range d {
		d[name] = variable.ReplaceAllStringFunc(value, func(use string) string {
			return all.variables[variable.FindStringSubmatch(use)[1]]
		})
	}
	return d
}
