package sandbox_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"docent/ingest"
	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
	"docent/ingest/read/sandbox"
	"docent/rag"
	"docent/rag/embed"
	"docent/rag/library"
	"docent/rag/retrieve"
)

// zipped is a ZIP file with one entry of much text.
func zipped(name, top, repeated string, times int, end string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = io.WriteString(w, top)
	}
	many := strings.Repeat(repeated, 1000)
	for i := 0; err == nil && i < times/1000; i++ {
		_, err = io.WriteString(w, many)
	}
	if err == nil {
		_, err = io.WriteString(w, end)
	}
	if err != nil {
		panic(err) // a buffer takes all
	}
	_ = z.Close()
	return b.Bytes()
}

// sparse is a sheet with cells in the first and the last column of its rows.
func sparse(rows int) string {
	var s strings.Builder
	for i := range rows {
		fmt.Fprintf(&s, `<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>2</v></c></row>`, i+1, i+1, i+1)
	}
	return s.String()
}

// attacks are files that are small and cost much, nest without end, are damaged,
// or are not what they are called, by name. The larger ones are made whole for
// DOCENT_LONG only.
func attacks(t testing.TB, long bool) map[string]func() []byte {
	share := 30
	if long {
		share = 1
	}
	all := map[string]func() []byte{
		"gigabyte.docx": func() []byte {
			return zipped("word/document.xml", hostileTop+"<w:p><w:r><w:t>", "aaaaaaaaa ", 100<<20/share, "</w:t></w:r></w:p>"+hostileEnd)
		},
		"nested.docx": func() []byte { return hostileWord(t, strings.Repeat("<w:tbl>", 1_000_000)) },
		"entities.docx": func() []byte {
			return readtest.Zip(t, "word/document.xml", `<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>`+hostileTop+"<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"+hostileEnd)
		},
		"cut.docx": func() []byte { return hostileWord(t, strings.Repeat(hostileOne, 1000))[:200] },
		"strings.xlsx": func() []byte {
			return hostileExcel(t, "", "", strings.Repeat("<si><t>aaaaaaaaaa</t></si>", 40_000_000/share))
		},
		"sparse.xlsx": func() []byte { return hostileExcel(t, sparse(1<<20/share), "", "") },
		"inline.xlsx": func() []byte {
			return hostileExcel(t, strings.Repeat("<row>"+strings.Repeat(`<c t="inlineStr"><is><t>une case</t></is></c>`, 20)+"</row>", 200_000/share), "", "")
		},
		"repeated.ods": func() []byte {
			return hostileCalc(t, strings.Repeat(`<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>boum</text:p></table:table-cell></table:table-row>`, 3))
		},
		"table.md": func() []byte {
			return []byte(strings.Repeat("|a", 5000) + "\n" + strings.Repeat("|-", 5000) + "\n" + strings.Repeat("|a\n", 5000))
		},
		"definitions.md": func() []byte { return []byte(strings.Repeat("[a]: b\n", 300_000)) },
		"lists.md":       func() []byte { return []byte(strings.Repeat("- ", 5000) + "fin") },
		"quotes.md":      func() []byte { return []byte(strings.Repeat("> ", 100_000) + "fin") },
		"braces.rtf":     func() []byte { return []byte(`{\rtf1` + strings.Repeat("{", 5_000_000)) },
		"parts.eml": func() []byte {
			return []byte("Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\na\n", 200_000) + "--b--\n")
		},
		"deep.eml": func() []byte {
			var s strings.Builder
			for i := range 5000 {
				fmt.Fprintf(&s, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
			}
			return []byte("Subject: a\n" + s.String() + "\nfin")
		},
		"outside.zip": func() []byte { return zipped("../../../outside.txt", "", "aaaaaaaaa ", 20<<20, "") },
		"deep.zip": func() []byte {
			inner := readtest.Zip(t, "a.txt", "Tout au fond.")
			for range 5 {
				inner = readtest.Zip(t, "a.zip", string(inner))
			}
			return inner
		},
		"line.txt":    func() []byte { return []byte(strings.Repeat("mot ", 50<<20/share)) },
		"tags.html":   func() []byte { return []byte(strings.Repeat("<div>", 2_000_000) + "fin") },
		"deep.json":   func() []byte { return []byte(strings.Repeat("[", 5_000_000)) },
		"empty.pdf":   func() []byte { return nil },
		"picture.pdf": func() []byte { return []byte("\x89PNG\r\n\x1a\n\x00\x00\x00") },
		"cut.pdf":     func() []byte { return handbookPDF(t)[:3000] },
	}
	for name, bomb := range bombs(share) {
		all[name+".pdf"] = bomb
	}
	return all
}

// TestHostileFolder ingests a folder of attacks. Each is read, or is reported
// with its reason; the documents between them are all there; and all processes
// together stay within the memory that they may hold.
func TestHostileFolder(t *testing.T) {
	if testing.Short() || underRace {
		t.Skip("takes half a minute, and much longer with the race detector")
	}
	long := os.Getenv("DOCENT_LONG") != ""
	dir, good := t.TempDir(), make(map[string]bool)
	write := func(name string, data []byte) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var hostile []string
	for name, data := range attacks(t, long) {
		hostile = append(hostile, write(name, data()))
		good[write(name+".txt", []byte("Un document est entre eux."))] = true
	}
	good[write("a.pdf", handbookPDF(t))], good[write("m.docx", hostileWord(t, hostileOne))], good[write("z.pdf", handbookPDF(t))] = true, true, true

	embedder := embed.NewBuiltin()
	store, err := library.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"),
		library.Options{Create: true, Temporary: true, Fingerprint: rag.FingerprintOf(embedder)})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	options := read.Options{OCR: "off"}
	formats := formats.All(options)
	options.Cache = filepath.Join(os.TempDir(), "docent-tests") //nolint:usetesting // the PDF engine is compiled once for many tests
	pool := newPool(t, options)
	if !long {
		pool.Time, pool.Memory = 5*time.Second, 256<<20
	}
	formats = sandbox.Wrap(formats, pool)
	runtime.GC() // of the files made above
	debug.FreeOSMemory()
	peak, began := watchMemory(t), time.Now()
	in := &ingest.Ingester{Store: store, Indexer: retrieve.Indexer{Embedder: embedder}, Options: ingest.Options{Formats: formats}}
	report, err := in.Run(t.Context(), dir)
	most := peak()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d hostile files, %d documents between them: %v, all processes together held %d MiB at most", len(hostile), len(good), time.Since(began), most>>20)
	if most > mostMemory {
		t.Errorf("the limit of memory is %d MiB", mostMemory>>20)
	}
	said := make(map[string]string)
	for info, err := range store.Documents(t.Context(), rag.Operator()) {
		if err != nil {
			t.Fatal(err)
		}
		path, _, _ := strings.Cut(info.URI, "#")
		said[path] = "read"
	}
	for _, f := range report.Failed {
		said[f.URI] = f.Err.Error()
	}
	for path := range good {
		if said[path] != "read" {
			t.Errorf("%s: %s", filepath.Base(path), said[path])
		}
	}
	slices.Sort(hostile)
	for _, path := range hostile {
		reasons := slices.Collect(maps.Keys(said))
		i := slices.IndexFunc(reasons, func(r string) bool { return r == path || strings.HasPrefix(r, path+"/") })
		if i < 0 || said[reasons[i]] == "" {
			t.Errorf("nothing is said of %s", filepath.Base(path))
			continue
		}
		t.Logf("%s: %.120s", filepath.Base(path), said[reasons[i]])
	}
}

// Office files of the least that a program writes.
const (
	hostileTop = `<w:document xmlns:w="w"><w:body>`
	hostileEnd = `</w:body></w:document>`
	hostileOne = `<w:p><w:r><w:t>mot</w:t></w:r></w:p>`
)

func hostileWord(t testing.TB, body string) []byte {
	return readtest.Zip(t, "word/document.xml", hostileTop+body+hostileEnd)
}

// hostileCalc is a workbook of OpenDocument with one sheet.
func hostileCalc(t testing.TB, rows string) []byte {
	return readtest.Zip(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml",
		`<o xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="A">`+rows+
			`</table:table></office:spreadsheet></office:body></o>`)
}

// hostileExcel is a workbook with one sheet, styles and strings.
func hostileExcel(t testing.TB, rows, styles, shared string) []byte {
	return readtest.Zip(t,
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="A" r:id="a"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<R><R Id="a" Type="x/worksheet" Target="s.xml"/><R Id="b" Type="x/styles" Target="styles.xml"/>`+
			`<R Id="c" Type="x/sharedStrings" Target="strings.xml"/></R>`,
		"xl/s.xml", "<worksheet><sheetData>"+rows+"</sheetData></worksheet>",
		"xl/styles.xml", "<styleSheet>"+styles+"</styleSheet>",
		"xl/strings.xml", "<sst>"+shared+"</sst>")
}

func handbookPDF(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("../../testdata/handbook/entretien-des-optiques.pdf")
	if err != nil {
		t.Fatal(err)
	}
	return data
}
