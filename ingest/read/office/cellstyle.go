package office

import "strings"

// CellStyles are the looks of cells by the index that cells refer to.
type CellStyles struct {
	// Codes are the workbook's own number formats by their number.
	Codes map[int]string
	// Fonts and Fills are how characters look in each font and on each fill.
	Fonts, Fills []Look

	looks   []CellLook
	formats map[int]*NumberFormat
}

// CellLook is how the cells of a style look.
type CellLook struct {
	Format *NumberFormat
	Look
}

var generalLook = CellLook{Format: &NumberFormat{}}

// Add appends a look: the number of a format and the indexes of a font and a fill.
func (c *CellStyles) Add(format, font, fill int) {
	f := c.formats[format]
	if f == nil {
		code, own := c.Codes[format]
		if !own {
			code = builtinFormats[format]
		}
		if c.formats == nil {
			c.formats = make(map[int]*NumberFormat)
		}
		f = parseNumberFormat(code)
		c.formats[format] = f
	}
	look := CellLook{Format: f}
	if font >= 0 && font < len(c.Fonts) {
		look.Look = c.Fonts[font]
	}
	if fill >= 0 && fill < len(c.Fills) {
		look.Look = look.With(c.Fills[fill])
	}
	look.Hidden = look.Hidden || strings.HasPrefix(c.Codes[format], ";;;")
	c.looks = append(c.looks, look)
}

// Of returns the look of a style, that of a plain cell for one there is not.
func (c *CellStyles) Of(style int) CellLook {
	if style < 0 || style >= len(c.looks) {
		return generalLook
	}
	return c.looks[style]
}

// builtinFormats are the number formats that have a number and no code in the
// file (ECMA-376, part 1, 18.8.30); dates are shown in one way in any case.
var builtinFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "$#,##0;-$#,##0", 6: "$#,##0;-$#,##0",
	7: "$#,##0.00;-$#,##0.00", 8: "$#,##0.00;-$#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
	14: "yyyy-mm-dd", 15: "yyyy-mm-dd", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm",
	21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 27: "yyyy-mm-dd", 28: "yyyy-mm-dd", 29: "yyyy-mm-dd",
	30: "yyyy-mm-dd", 31: "yyyy-mm-dd", 32: "h:mm", 33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss", 36: "yyyy-mm-dd",
	37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
	41: "#,##0;-#,##0;-", 42: "$#,##0;-$#,##0;-", 43: "#,##0.00;-#,##0.00;-", 44: "$#,##0.00;-$#,##0.00;-",
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0",
	50: "yyyy-mm-dd", 51: "yyyy-mm-dd", 52: "yyyy-mm-dd", 53: "yyyy-mm-dd", 54: "yyyy-mm-dd", 55: "yyyy-mm-dd",
	56: "yyyy-mm-dd", 57: "yyyy-mm-dd", 58: "yyyy-mm-dd",
}
