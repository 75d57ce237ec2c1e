package render

import (
	"fmt"
	"strings"

	"docent/rag"
)

// maxPreview is the greatest length of one append to a stream.
const maxPreview = 3000

// Preview is the Markdown by which claims are streamed while others are still
// being generated. No markup of theirs survives.
func Preview(claims []rag.Claim) string {
	var b strings.Builder
	for i, c := range claims {
		if c.Heading != "" {
			b.WriteString("\n\n**" + escapeMarkdown(c.Heading) + "**\n")
		}
		if c.Form != "" {
			b.WriteString("\n- ")
		} else if i > 0 && claims[i-1].Form != "" {
			b.WriteString("\n\n")
		}
		b.WriteString(escapeMarkdown(c.Text))
		for _, n := range c.Citations {
			fmt.Fprintf(&b, " [%d]", n)
		}
		b.WriteString(" ")
	}
	return Truncate(b.String(), maxPreview)
}
