package archive_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

// all reads every format.
var all = formats.All(read.Options{})

// packed is a ZIP archive of names and contents, in turns.
func packed(t testing.TB, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for member := range slices.Chunk(members, 2) {
		name, content := member[0], member[1]
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, NonUTF8: !utf8.ValidString(name)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipped(t testing.TB, data string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// outcome lists what came out of a file, one line a document or error.
func outcome(t *testing.T, formats read.Registry, name, data string) []string {
	t.Helper()
	var lines []string
	for doc, err := range formats.Read(t.Context(), read.Bytes(name, []byte(data))) {
		if err != nil {
			lines = append(lines, "error: "+err.Error())
			continue
		}
		readtest.Check(t, doc)
		lines = append(lines, fmt.Sprintf("%s [%s] %s", doc.Member, doc.Format, strings.ReplaceAll(doc.Text, "\n", "⏎")))
	}
	return lines
}

// protect sets the flag of encryption on the first member.
func protect(archive string) string {
	data := []byte(archive)
	data[6] |= 1
	if i := bytes.Index(data, []byte("PK\x01\x02")); i >= 0 {
		data[i+8] |= 1
	}
	return string(data)
}

func TestArchive(t *testing.T) {
	picture := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00"
	inner := packed(t, "note.txt", "Dedans.")
	for _, tc := range []struct {
		name, file, data string
		want             []string
	}{
		{"documents", "a.zip", packed(t, "b/notes.md", "# Titre\n\n*Oui*", "a.csv", "x;y\n1;2\n"), []string{
			"b/notes.md [Markdown] Titre⏎⏎Oui", "a.csv [CSV] x | y⏎⏎1 | 2",
		}},
		{"what is none", "a.zip", packed(t, "dir/", "", "a.png", picture, "__MACOSX/._a.txt", "x", ".git/config", "x", "~$a.docx", "x", "Thumbs.db", "x",
			"prog", "\x7fELF\x02\x01\x01\x00\x00\x00", "Makefile", "all: build"), []string{"Makefile [text] all: build"}},
		{"failures", "a.zip", packed(t, "vide.txt", "", "faux.md", "\x00\x01\x02\x03\x04\x05", "r.jsonl", "{}\n{\"id\":\"a\",\"text\":\"Oui.\"}", "bon.txt", "Oui."), []string{
			"error: vide.txt: no text in it",
			"error: faux.md: cannot read a file of unknown kind without text",
			`error: r.jsonl: line 1: the record has no "_id" or "id"`,
			"r.jsonl [JSON Lines] Oui.",
			"bon.txt [text] Oui.",
		}},
		{"archive in an archive", "a.zip", packed(t, "in.zip", inner), []string{"in.zip/note.txt [text] Dedans."}},
		{"one too many", "a.zip", packed(t, "in.zip", packed(t, "in.zip", inner), "b.txt", "Oui."), []string{
			"error: in.zip/in.zip: an archive in an archive in an archive: not opened", "b.txt [text] Oui.",
		}},
		{"names", "a.zip", packed(t, `dossier\été.txt`, "a", "r\x82sum\x82.txt", "b", "../../etc/passwd.txt", "c", "été/à.txt", "d"), []string{
			"dossier/été.txt [text] a", "résumé.txt [text] b", "etc/passwd.txt [text] c", "été/à.txt [text] d",
		}},
		{"the same name twice", "a.zip", packed(t, "a.txt", "un", "a.txt", "deux"), []string{"a.txt [text] un"}},
		{"protected", "a.zip", protect(packed(t, "a.txt", "secret")), []string{"error: a.txt: password protected"}},
		{"nothing", "a.zip", packed(t, "a.png", picture), []string{"error: no text in it"}},
		{"compressed text", "notes.txt.gz", gzipped(t, "Oui."), []string{" [text] Oui."}},
		{"compressed in an archive", "a.zip", packed(t, "a.md.gz", gzipped(t, "# Oui")), []string{"a.md.gz [Markdown] Oui"}},
		{"damaged", "a.txt.gz", gzipped(t, "Oui.")[:14], []string{"error: damaged gzip file: unexpected EOF"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := outcome(t, all, tc.file, tc.data)
			for i, line := range got {
				got[i], _, _ = strings.Cut(line, "; formats read")
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A MemberError says where, and what a Pool would tell.
func TestMemberErrors(t *testing.T) {
	data := packed(t, "in.zip", protect(packed(t, "a.txt", "secret")))
	for _, err := range formats.All(read.Options{}).Read(t.Context(), read.Bytes("a.zip", []byte(data))) {
		var member *read.MemberError
		if !errors.As(err, &member) || member.Member != "in.zip/a.txt" || !errors.Is(err, read.ErrProtected) {
			t.Errorf("got %v", err)
		}
	}
}

// TestArchiveLimits: what is unpacked counts, in all archives together.
func TestArchiveLimits(t *testing.T) {
	words := strings.Repeat("mot ", 1000)
	inner := packed(t, "a.txt", words, "b.txt", words)
	formats := formats.All(read.Options{Limits: read.Limits{Part: 5000, Unpacked: 10_000}})
	for _, tc := range []struct{ name, data, want string }{
		{"a large member", packed(t, "a.txt", strings.Repeat(words, 2), "b.txt", "Oui."), "error a.txt: larger than the limit of 5000 bytes for one document, ok"},
		{"many members", packed(t, "a.txt", words, "b.txt", words, "c.txt", words, "d.txt", words),
			"ok, ok, error c.txt: larger than the limit of 10000 bytes for one document, error larger than the limit of 10000 bytes for one document"},
		{"many archives", packed(t, "a.zip", inner, "b.zip", inner),
			"ok, ok, error b.zip/a.txt: larger than the limit of 10000 bytes for one document, error b.zip: larger than the limit of 10000 bytes for one document"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, err := range formats.Read(t.Context(), read.Bytes("a.zip", []byte(tc.data))) {
				if err != nil {
					got = append(got, "error "+err.Error())
				} else {
					got = append(got, "ok")
				}
			}
			if s := strings.Join(got, ", "); s != tc.want {
				t.Errorf("got  %s\nwant %s", s, tc.want)
			}
		})
	}
	bomb := gzipped(t, strings.Repeat("mot ", 100_000))
	if got := outcome(t, formats, "a.txt.gz", bomb); len(got) != 1 || !strings.Contains(got[0], "limit") {
		t.Errorf("got %q, want a limit", got)
	}
}

func FuzzArchive(f *testing.F) {
	readtest.Fuzz(f, all, "a.zip", packed(f, "a.txt", "Oui.", "b/c.md", "# Non"), packed(f, "a.zip", packed(f, "a.txt", "Oui.")),
		packed(f, "users.json", "[]", "c/2024-02-07.json", `[{"type":"message","user":"U1","ts":"1.0","text":"<@U1> &lt;"}]`))
}

func FuzzGzip(f *testing.F) {
	readtest.Fuzz(f, all, "a.txt.gz", gzipped(f, "Oui."))
}
