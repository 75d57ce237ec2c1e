package lang

var measures = wordTable("measures")

// UnitOfMeasure is the unit of measure that a folded word names, the same for
// French and English ("jours" and "days" are "day"); "" for other words.
func UnitOfMeasure(folded string) string { return measures[folded] }
