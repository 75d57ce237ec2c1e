package formats_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"docent/ingest/read"
	"docent/ingest/read/readtest"
)

// A document says one thing in plain view; where what is looked at is seen, it says
// that too, and else keeps it apart.
func TestSeen(t *testing.T) {
	for name, made := range map[string]func(looked string) (file string, data []byte){
		"html": func(looked string) (string, []byte) { return "a.html", []byte(page(looked)) },
		"flat html": func(looked string) (string, []byte) {
			return "a.html", []byte("<html><body>" + strings.Repeat("<div>", 600) + "<p>Plain.</p>" + looked)
		},
		"epub": func(looked string) (string, []byte) {
			return "a.epub", readtest.Zip(t, "mimetype", "application/epub+zip", "META-INF/container.xml", `<container><rootfiles><rootfile full-path="o.opf"/></rootfiles></container>`,
				"o.opf", `<package><manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/><item id="s" href="s.css" media-type="text/css"/></manifest><spine><itemref idref="c"/></spine></package>`,
				"s.css", ".gone{display:none} .dark{background:#222} .light{color:#fefefe}", "c.xhtml", page(looked))
		},
		"mail": func(looked string) (string, []byte) {
			return "a.eml", []byte("From: a@example.com\r\nSubject: S\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(looked))
		},
		"markdown": func(looked string) (string, []byte) { return "a.md", []byte("Plain.\n\n" + looked + "\n") },
		"docx":     func(looked string) (string, []byte) { return "a.docx", docx(t, looked, "") },
		"docx styled": func(looked string) (string, []byte) {
			return "a.docx", docx(t, looked, `<w:style w:type="character" w:styleId="c"><w:rPr><w:color w:val="FFFFFE"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="p"><w:rPr><w:sz w:val="2"/></w:rPr></w:style>`+
				`<w:style w:type="table" w:styleId="t"><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>`)
		},
		"xlsx": func(looked string) (string, []byte) { return "a.xlsx", xlsx(t, looked) },
		"pptx": func(looked string) (string, []byte) { return "a.pptx", pptx(t, looked) },
		"odt":  func(looked string) (string, []byte) { return "a.odt", odt(t, looked) },
		"rtf": func(looked string) (string, []byte) {
			return "a.rtf", []byte(`{\rtf1\ansi{\colortbl;\red255\green255\blue255;\red10\green20\blue60;}Plain.\par ` + looked + `\par}`)
		},
		"pdf": func(looked string) (string, []byte) { return "a.pdf", pdfPage(looked) },
	} {
		for _, tc := range looks[name] {
			t.Run(name+"/"+tc.looked[:min(len(tc.looked), 70)], func(t *testing.T) {
				file, data := made(tc.looked)
				doc, err := readtest.One(t, all, file, data)
				if err != nil {
					t.Fatal(err)
				}
				seen := doc.Without(read.Unseen).Text
				if !strings.Contains(seen, "Plain.") || strings.Contains(seen, "Looked") != tc.seen {
					t.Errorf("seen: %q", seen)
				}
				if !strings.Contains(doc.Text, "Looked") || slices.ContainsFunc(doc.Blocks, func(b read.Block) bool { return b.Kind == read.Unseen }) == tc.seen {
					t.Errorf("all: %q", doc.Text)
				}
			})
		}
	}
}

func page(looked string) string {
	return "<html><body><p>Plain.</p>" + looked + "</body></html>"
}

type look struct {
	looked string
	seen   bool
}

// looks are ways to write a text, most of them in pairs that look alike.
var looks = map[string][]look{
	"html": {
		{`<p style="font-size:0.4px">Looked at.</p>`, false},
		{`<p style="font-size:6pt">Looked at.</p>`, true},
		{`<p style="color:transparent">Looked at.</p>`, false},
		{`<p style="color:rgba(0,0,0,.6)">Looked at.</p>`, true},
		{`<p><font color="white">Looked at.</font></p>`, false},
		{`<table><tr><td bgcolor="#003366"><font color="white">Looked at.</font></td><td>x</td></tr></table>`, true},
		{`<div style="background:#222"><p style="color:#242424">Looked at.</p></div>`, false},
		{`<div style="background:#222"><p style="color:#fff">Looked at.</p></div>`, true},
		{`<p style="color:#fff;background:url(photo.jpg)">Looked at.</p>`, true},
		{`<p style="color:#999">Looked at.</p>`, true},
		{`<p style="text-indent:-9999px">Looked at.</p>`, false},
		{`<p style="text-indent:-2em">Looked at.</p>`, true},
		{`<span style="position:absolute;clip:rect(1px,1px,1px,1px)">Looked at.</span>`, false},
		{`<span style="position:absolute;clip-path:inset(50%)">Looked at.</span>`, false},
		{`<div style="height:0;overflow:hidden">Looked at.</div>`, false},
		{`<div style="height:0">Looked at.</div>`, true},
		{`<div style="transform:scale(0)">Looked at.</div>`, false},
		{`<div style="transform:translateX(-4000px)">Looked at.</div>`, false},
		{`<div style="opacity:.5">Looked at.</div>`, true},
		{`<details><summary>More</summary>Looked at.</details>`, true},
		{`<dialog>Looked at.</dialog>`, false},
		{`<dialog open>Looked at.</dialog>`, true},
		{`<style>@media print { .a{display:none} } .b{display:none}</style><p class="a">Looked at.</p>`, true},
		{`<style>#x > .b:not(.c){display:none}</style><div id="x"><p class="b">Looked at.</p></div>`, false},
		{`<style>.b{display:none} p.b{display:block}</style><p class="b">Looked at.</p>`, true},
		{`<style>.b{display:block} .b{display:none!important}</style><p class="b" style="display:block">Looked at.</p>`, false},
		{`<style>:root{--ink:white}.b{color:var(--ink)}</style><p class="b">Looked at.</p>`, false},
		{`<style>body{background:#101418;color:#eee}</style><p>Looked at.</p>`, true},
		{`<div style="visibility:hidden"><b style="visibility:visible">Looked at.</b></div>`, true},
		{`<ul><li>One</li><li style="color:hsl(0,0%,100%)">Looked at.</li></ul>`, false},
		{`<h2 style="color:#fff">Looked at.</h2>`, false},
		{`<button aria-controls="m">Show</button><div id="m" hidden>Looked at.</div>`, true},
	},
	"flat html":   {{`<p style="display:none">Looked at.</p>`, false}, {`<p class="x">Looked at.</p>`, true}},
	"epub":        {{`<p class="gone">Looked at.</p>`, false}, {`<p class="light">Looked at.</p>`, false}, {`<p class="light dark">Looked at.</p>`, true}},
	"mail":        {{`<div style="mso-hide:all;max-height:0">Looked at.</div>`, false}, {`<div style="max-height:300px;overflow:hidden">Looked at.</div>`, true}},
	"markdown":    {{`<div style="display:none">Looked at.</div>`, false}, {`Before <span style="color:#fff">Looked at.</span>`, false}, {`Before <span style="color:#f00">Looked at.</span>`, true}},
	"docx styled": {{run(`<w:rStyle w:val="c"/>`), false}, {`<w:p><w:pPr><w:pStyle w:val="p"/></w:pPr><w:r><w:t>Looked at.</w:t></w:r></w:p>`, false}, {table(`<w:tblStyle w:val="t"/>`, ``), true}},
	"docx": {
		{run(`<w:color w:val="FFFFFF"/>`), false},
		{run(`<w:color w:val="FFFFFF" w:themeColor="background1"/>`), false},
		{run(`<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>`), true},
		{run(`<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="404040"/>`), true},
		{run(`<w:color w:val="auto"/><w:sz w:val="12"/>`), true},
		{run(`<w:sz w:val="2"/>`), false},
		{table(``, `<w:shd w:val="clear" w:fill="1F3864"/>`), true},
		{table(``, ``), false},
		{`<w:p><w:r><w:drawing><w:anchor><w:positionH><w:posOffset>-99000000</w:posOffset></w:positionH><w:txbxContent><w:p><w:r><w:t>Looked at.</w:t></w:r></w:p></w:txbxContent></w:anchor></w:drawing></w:r></w:p>`, false},
		{`<w:p><w:r><w:drawing><w:anchor><w:positionH><w:posOffset>90000</w:posOffset></w:positionH><w:txbxContent><w:p><w:r><w:t>Looked at.</w:t></w:r></w:p></w:txbxContent></w:anchor></w:drawing></w:r></w:p>`, true},
	},
	"xlsx": {{cell(1), false}, {cell(2), true}, {cell(3), false}, {cell(4), true}, {`<row r="2" ht="0.1"><c t="inlineStr"><is><t>Looked at.</t></is></c></row>`, false}},
	"pptx": {
		{slide(`<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>`, ``, 100), false},
		{slide(`<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>`, `<a:solidFill><a:srgbClr val="204060"/></a:solidFill>`, 100), true},
		{slide(`<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>`, ``, 100), true},
		{slide(``, ``, -90000000), false},
		{slide(`<a:noFill/>`, ``, 100), false},
	},
	"odt": {{odfSpan(`fo:color="#ffffff"`), false}, {odfSpan(`fo:color="#ffffff" fo:background-color="#333333"`), true}, {odfSpan(`fo:font-size="1pt"`), false}, {odfSpan(`fo:font-size="6pt"`), true}, {odfSpan(`text:display="none"`), false}},
	"rtf": {{`{\cf1 Looked at.}`, false}, {`{\cf1\highlight2 Looked at.}`, true}, {`{\fs2 Looked at.}`, false}, {`{\fs12 Looked at.}`, true}, {`{\cf2 Looked at.}`, true}},
	"pdf": {
		{"1 1 1 rg BT /F 12 Tf 50 600 Td (Looked at.) Tj ET", false},
		{"0 0 .4 rg 40 590 200 30 re f 1 1 1 rg BT /F 12 Tf 50 600 Td (Looked at.) Tj ET", true},
		{"BT /F 12 Tf 50 600 Td (Looked at.) Tj ET 0 0 0 rg 40 590 200 30 re f", false},
		{"BT /F 12 Tf 50 600 Td (Looked at.) Tj ET 1 1 1 rg 40 590 200 30 re f", false},
		{"q 0 0 1 1 re W n BT /F 12 Tf 50 600 Td (Looked at.) Tj ET Q", false},
		{"q 40 590 200 30 re W n BT /F 12 Tf 50 600 Td (Looked at.) Tj ET Q", true},
		{"/G gs BT /F 12 Tf 50 600 Td (Looked at.) Tj ET", false},
		{"/OC /H BDC BT /F 12 Tf 50 600 Td (Looked at.) Tj ET EMC", false},
		{"BT 3 Tr /F 12 Tf 50 600 Td (Looked at.) Tj ET", false},
		{"q 200 0 0 20 45 595 cm BI /W 40 /H 1 /CS /G /BPC 1 ID \xaa\xaa\xaa\xaa\xaa EI Q BT 3 Tr /F 12 Tf 50 600 Td (Looked at.) Tj ET", true},
		{".8 g BT /F 6 Tf 50 600 Td (Looked at.) Tj ET", true},
		{"BT /F 1 Tf 50 600 Td (Looked at.) Tj ET", false},
		{"BT /F 1 Tf 12 0 0 12 50 600 Tm (Looked at.) Tj ET", true},
	},
}

func pdfPage(content string) []byte {
	content = "BT /F 12 Tf 50 700 Td (Plain.) Tj ET " + content
	return readtest.PDF([]string{
		"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >> >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /ExtGState << /G << /ca 0 >> >> /Properties << /H 6 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", "<< /Type /OCG /Name (Off) >>",
	}, "")
}

func run(properties string) string {
	return "<w:p><w:r><w:rPr>" + properties + "</w:rPr><w:t>Looked at.</w:t></w:r></w:p>"
}

// table is of white letters in a cell.
func table(properties, cell string) string {
	return "<w:tbl><w:tblPr>" + properties + "</w:tblPr><w:tr><w:tc><w:tcPr>" + cell + "</w:tcPr>" + run(`<w:color w:val="FFFFFF"/>`) + "</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
}

const (
	relation  = `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>%s</Relationships>`
	overrides = `<Types><Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.%s.main+xml"/></Types>`
)

func docx(t *testing.T, body, styles string) []byte {
	return readtest.Zip(t, "[Content_Types].xml", fmt.Sprintf(overrides, "word/document.xml", "wordprocessingml.document"), "_rels/.rels", fmt.Sprintf(relation, "officeDocument", "word/document.xml", ""),
		"word/_rels/document.xml.rels", fmt.Sprintf(relation, "styles", "styles.xml", ""), "word/styles.xml", `<w:styles xmlns:w="w">`+styles+"</w:styles>",
		"word/document.xml", `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Plain.</w:t></w:r></w:p>`+body+"</w:body></w:document>")
}

func cell(style int) string {
	return fmt.Sprintf(`<row r="2"><c t="inlineStr" s="%d"><is><t>Looked at.</t></is></c></row>`, style)
}

func xlsx(t *testing.T, rows string) []byte {
	return readtest.Zip(t, "[Content_Types].xml", fmt.Sprintf(overrides, "xl/workbook.xml", "spreadsheetml.sheet"), "_rels/.rels", fmt.Sprintf(relation, "officeDocument", "xl/workbook.xml", ""),
		"xl/workbook.xml", `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", fmt.Sprintf(relation, "worksheet", "s.xml", `<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>`),
		"xl/styles.xml", `<styleSheet><fonts><font/><font><color rgb="FFFFFFFF"/></font><font><sz val="1"/></font><font><color theme="0"/></font></fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor theme="4"/></patternFill></fill></fills>`+
			`<cellXfs><xf/><xf fontId="1" fillId="0"/><xf fontId="1" fillId="1"/><xf fontId="2"/><xf fontId="3" fillId="1"/></cellXfs></styleSheet>`,
		"xl/s.xml", `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>Plain.</t></is></c></row>`+rows+`</sheetData></worksheet>`)
}

func slide(run, shape string, x int) string {
	return fmt.Sprintf(`<p:sp><p:nvSpPr><p:cNvPr id="3"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="%d" y="3000"/><a:ext cx="900" cy="900"/></a:xfrm>%s</p:spPr><p:txBody><a:p><a:r><a:rPr sz="1800">%s</a:rPr><a:t>Looked at.</a:t></a:r></a:p></p:txBody></p:sp>`, x, shape, run)
}

func pptx(t *testing.T, shapes string) []byte {
	return readtest.Zip(t, "[Content_Types].xml", fmt.Sprintf(overrides, "ppt/presentation.xml", "presentationml.presentation"), "_rels/.rels", fmt.Sprintf(relation, "officeDocument", "ppt/presentation.xml", ""),
		"ppt/presentation.xml", `<p:presentation xmlns:p="p" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", fmt.Sprintf(relation, "slide", "s.xml", ""),
		"ppt/s.xml", `<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>Plain.</a:t></a:r></a:p></p:txBody></p:sp>`+shapes+`</p:spTree></p:cSld></p:sld>`)
}

func odfSpan(properties string) string { return properties }

func odt(t *testing.T, properties string) []byte {
	return readtest.Zip(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:fo="f"><office:automatic-styles>`+
		`<style:style style:name="T" style:family="text"><style:text-properties `+properties+`/></style:style></office:automatic-styles>`+
		`<office:body><office:text><text:p>Plain.</text:p><text:p>Before <text:span text:style-name="T">Looked at.</text:span></text:p></office:text></office:body></office:document-content>`)
}
