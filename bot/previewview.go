package bot

import (
	"fmt"
	"strings"

	"docent/rag"
)

// maxPreview is the length of one append to a stream.
const maxPreview = 3000

// preview is claims with their markers as they are streamed, in Markdown.
func preview(claims []rag.Claim) string {
	var b strings.Builder
	for _, c := range claims {
		b.WriteString(markdown(c.Text))
		for _, n := range c.Citations {
			fmt.Fprintf(&b, " [%d]", n)
		}
		b.WriteString(" ")
	}
	return cut(b.String(), maxPreview)
}
