package lang

// measures are units of measure by their words and signs, folded, in French and
// English.
var measures = wordTable(map[string]string{
	"day": "day days jour jours journee journees", "week": "week weeks semaine semaines", "month": "month months mois mensualite mensualites",
	"year": "year years an ans annee annees", "hour": "hour hours heure heures h hr hrs", "minute": "minute minutes min mn",
	"second": "second seconds seconde secondes", "kilometre": "km kilometre kilometres kilometer kilometers", "metre": "m metre metres meter meters",
	"centimetre": "cm centimetre centimetres centimeter centimeters", "millimetre": "mm millimetre millimetres millimeter millimeters",
	"mile": "mile miles", "kilogram": "kg kilo kilos kilogram kilograms kilogramme kilogrammes", "gram": "g gram grams gramme grammes",
	"tonne": "t tonne tonnes ton tons", "litre": "l litre litres liter liters", "hectare": "ha hectare hectares",
	"night": "night nights nuit nuits nuitee nuitees", "quarter": "trimestre trimestres", "semester": "semestre semestres",
	"point": "point points",
})

// UnitOfMeasure is the unit of measure that a folded word names, the same for
// both languages ("jours" and "days" are "day"); "" for other words.
func UnitOfMeasure(folded string) string { return measures[folded] }
