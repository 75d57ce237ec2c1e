package read

import "fmt"

// What one file may make of itself, as far as that is worth a limit: text of so many
// times its size, and documents that each stand for so many bytes of it. Archives of
// plain text come to ten times; the header of a mail alone takes some hundred bytes.
const (
	mostGrowth, freeText      = 20, 8 << 20
	leastShare, freeDocuments = 200, 1000
)

// BudgetError says that a file makes more of itself than it may.
type BudgetError struct {
	// Made is how much of What there is, of a file of Size bytes, Most what may be.
	What             string
	Made, Size, Most int64
}

func (e *BudgetError) Error() string {
	return fmt.Sprintf("refused: it makes %d %s of %s, and may make %d", e.Made, e.What, Mebibytes(e.Size), e.Most)
}

// WithinBudget returns a *BudgetError for a file that makes more documents than it
// may.
func (in Input) WithinBudget(documents int) error {
	if most := max(in.Size/leastShare, freeDocuments); int64(documents) > most {
		return &BudgetError{What: "documents", Made: int64(documents), Size: in.Size, Most: most}
	}
	return nil
}

// budget counts what a file makes.
type budget struct {
	in        Input
	documents int
	text      int64
}

// spend takes one more document. Records are of any number, as lines are.
func (b *budget) spend(doc Document) error {
	if b.text += int64(len(doc.Text)); doc.Line == 0 {
		b.documents++
	}
	if most := max(b.in.Size*mostGrowth, freeText); b.text > most {
		return &BudgetError{What: "bytes of text", Made: b.text, Size: b.in.Size, Most: most}
	}
	return b.in.WithinBudget(b.documents)
}
