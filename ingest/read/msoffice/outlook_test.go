package msoffice_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/ingest/read/readtest"
)

const tagSubject, tagBody, tagSender = "__substg1.0_0037001F", "__substg1.0_1000001F", "__substg1.0_0C1A001F"

// properties are those of a fixed size: that it was sent on 2024-03-12 10:00 UTC,
// and the code page of its page.
func properties(header int) []byte {
	const ticks = 133_547_112_000_000_000
	return join(make([]byte, header), u16(0x40, 0x39), u32(6), le.AppendUint64(nil, ticks), u16(3, 0x3fde), u32(6, 1252, 0))
}

func within(prefix string, streams map[string][]byte) map[string][]byte {
	out := make(map[string][]byte)
	for name, data := range streams {
		out[prefix+"/"+name] = data
	}
	return out
}

func message(header int, subject, body string, more ...map[string][]byte) map[string][]byte {
	streams := map[string][]byte{
		"__properties_version1.0": properties(header), tagSubject: wide(subject), tagSender: wide("Zoé Lefèvre"),
	}
	if body != "" {
		streams[tagBody] = wide(body)
	}
	for _, m := range more {
		for name, data := range m {
			streams[name] = data
		}
	}
	return streams
}

func attached(n, name string, data []byte) map[string][]byte {
	return within("__attach_version1.0_#0000000"+n, map[string][]byte{
		"__properties_version1.0": make([]byte, 8), "__substg1.0_3707001F": wide(name), "__substg1.0_37010102": data,
	})
}

func TestOutlook(t *testing.T) {
	inner := message(24, "Dedans", "Le message attaché.", attached("0", "profond.txt", []byte("Au fond.")))
	data := compound(message(32, "Réunion d’été", "Bonjour,\r\n\r\nVoici.",
		attached("0", "notes.md", []byte("# Notes\n\nUn mot.")), attached("1", "photo.jpg", []byte("\xff\xd8\xff")),
		attached("2", "notes.md", []byte("Un autre.")),
		within("__attach_version1.0_#00000003/__substg1.0_3701000D", inner), attached("4", "vide.txt", []byte(" "))))
	want := `MSG "Réunion d’été" "Zoé Lefèvre" "2024-03-12"
warning: attachments that were not read: photo.jpg
heading 1: Réunion d’été
paragraph: Bonjour,
paragraph: Voici.
Markdown "Notes" "notes.md"
heading 1: Notes
paragraph: Un mot.
Markdown "notes (2)" "notes (2).md"
paragraph: Un autre.
MSG "Dedans" "Zoé Lefèvre" "2024-03-12" "Dedans"
heading 1: Dedans
paragraph: Le message attaché.
text "profond" "Dedans/profond.txt"
paragraph: Au fond.
error: vide.txt: no text in it
`
	if diff := cmp.Diff(want, readtest.Dump(t, all, "a.msg", data)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// packedRTF is the example of MS-OXRTFCP, 3.1.
const packedRTF = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"

func TestOutlookBodies(t *testing.T) {
	packed, err := hex.DecodeString(packedRTF)
	if err != nil {
		t.Fatal(err)
	}
	stored := join(u32(12+len(`{\rtf1 plain}`), len(`{\rtf1 plain}`), 0x414c454d, 0), []byte(`{\rtf1 plain}`))
	for name, c := range map[string]struct {
		streams map[string][]byte
		want    string
	}{
		"page":              {map[string][]byte{"__substg1.0_10130102": []byte("<h1>A</h1><p>d\x92\xe9t\xe9")}, "heading 2: A\nparagraph: d’été\n"},
		"compressed RTF":    {map[string][]byte{"__substg1.0_10090102": packed}, "paragraph: hello world\n"},
		"stored RTF":        {map[string][]byte{"__substg1.0_10090102": stored}, "paragraph: plain\n"},
		"RTF that is none":  {map[string][]byte{"__substg1.0_10090102": make([]byte, 20)}, "!compressed RTF of unknown kind"},
		"RTF of huge claim": {map[string][]byte{"__substg1.0_10090102": u32(1, 0x7fffffff, 0x75465a4c, 0)}, "!larger than the limit"},
		"in a code page":    {map[string][]byte{"__substg1.0_1000001E": []byte("d\x92\xe9t\xe9")}, "paragraph: d’été\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got := readtest.Dump(t, all, "a.msg", compound(message(32, "S", "", c.streams)))
			if warning, found := strings.CutPrefix(c.want, "!"); found && strings.Contains(got, "warning: the body cannot be read: ") && strings.Contains(got, warning) {
				return
			}
			if diff := cmp.Diff("MSG \"S\" \"Zoé Lefèvre\" \"2024-03-12\"\nheading 1: S\n"+c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestOutlookEncrypted(t *testing.T) {
	data := compound(message(32, "Secret", "", map[string][]byte{"__substg1.0_001A001F": wide("IPM.Note.SMIME")},
		attached("0", "smime.p7m", []byte{0x30, 0x80})))
	if _, err := readtest.One(t, all, "a.msg", data); !isProtected(err) {
		t.Errorf("got %v, want ErrProtected", err)
	}
}

func FuzzOutlook(f *testing.F) {
	packed, _ := hex.DecodeString(packedRTF)
	fuzzOLE(f, "a.msg", compound(message(32, "S", "", map[string][]byte{"__substg1.0_10090102": packed}, attached("0", "a.txt", []byte("text")),
		within("__attach_version1.0_#00000001/__substg1.0_3701000D", message(24, "In", "body")))))
}
