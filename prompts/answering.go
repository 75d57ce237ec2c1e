package prompts

// Dated is a document as it is named beside others.
type Dated struct {
	Title, Date string
	// Draft is set for a draft, where it is said that it does not hold.
	Draft bool
}

// Differ says that documents say different things, the first first.
func Differ(language string, documents []Dated) string { return render("differ", language, documents) }

// Superseded says that an older edition says something else.
func Superseded(language string, d Dated) string { return render("superseded", language, d) }

// NotInForce says that a document is a draft or an old one.
func NotInForce(language string, d Dated) string { return render("not_in_force", language, d) }

// Extent is how many parts something has, and where it stands.
type Extent struct {
	N     int
	Place string
}

// InAll says how many parts there are where some are shown.
func InAll(language string, e Extent) string { return render("in_all", language, e) }

// Counted is a count of n that the documents do not state.
func Counted(language string, n int) string { return render("counted", language, n) }

// Compared is the row that has the greatest or the least number of a column, of n.
type Compared struct {
	N           int
	Greatest    bool
	Column, Row string
}

// Extreme says which row that is.
func Extreme(language string, c Compared) string { return render("extreme", language, c) }

// Subtracted are two rows with the difference of a number in them.
type Subtracted struct {
	Difference, First, Second string
}

// Difference says what the difference is.
func Difference(language string, s Subtracted) string { return render("difference", language, s) }

// NotAnAnswer heads the sentences that come nearest to what was not found.
func NotAnAnswer(language string) string { return render("nearest", language, nil) }
