package bot

import "fmt"

// prompt is a question about a document, or about a heading in it.
func (w words) prompt(title, heading string) string {
	title = cut(line(title), 60)
	if heading == "" {
		return fmt.Sprintf(w.promptAbout, title)
	}
	return fmt.Sprintf(w.promptIn, title, cut(line(heading), 60))
}
