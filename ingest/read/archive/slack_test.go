package archive_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

const slackUsers = `[
 {"id":"U1","name":"zoe","profile":{"real_name":"Zoé Martin","display_name":"zoé"}},
 {"id":"U2","name":"paul","profile":{"display_name":"Paulo"}},
 {"id":"U3","name":"bot"}]`

const slackDay1 = `[
 {"type":"message","user":"U1","ts":"1707300000.000100","text":"Bonjour <@U2>, voir <https://example.org/plan|le plan> &amp; <#C2|général>."},
 {"type":"message","subtype":"channel_join","user":"U2","ts":"1707290000.0","text":"<@U2> has joined the channel"},
 {"type":"message","user":"U9","user_profile":{"real_name":"Ana Ruiz"},"ts":"1707300050.0","text":"<!here> c'est &lt;prêt&gt; <mailto:a@example.org|a@example.org>"},
 {"type":"message","user":"U2","ts":"1707300100.0","thread_ts":"1707300000.000100","text":"Noté."},
 {"type":"message","subtype":"bot_message","bot_id":"B1","ts":"1707300200.0","text":"Build 12 failed"},
 {"type":"message","bot_id":"B1","user":"U3","ts":"1707300201.0","text":"Build 13 failed"},
 {"type":"message","user":"U1","ts":"1707300300.0","text":"Lancer:` + "```" + `\n  make all\n` + "```" + `puis attendre","files":[{"title":"budget.xlsx"}]},
 {"type":"message","user":"U1","ts":"1707300400.0","text":"","attachments":[{"title":"Un lien","text":"ce qu'il dit"}]}]`

const slackDay2 = `[
 {"type":"message","user":"U1","ts":"1707390000.0","thread_ts":"1707300000.000100","text":"Réponse du lendemain."},
 {"type":"message","user":"U2","ts":"1707390001.0","text":"Autre chose <x"},
 {"type":"message","user":"U2","ts":"1707390002.0","thread_ts":"1600000000.0","text":"Fil dont le début manque."}]`

func TestSlackExport(t *testing.T) {
	members := []string{
		"users.json", slackUsers,
		"channels.json", `[{"id":"C1","name":"projet","members":["U1","U2"]},{"id":"C2","name":"général"}]`,
		"dms.json", `[{"id":"D1","members":["U1","U2"]}]`,
		"projet/2024-02-08.json", slackDay2,
		"projet/2024-02-07.json", slackDay1,
		"D1/2024-02-07.json", `[{"type":"message","user":"U2","ts":"1.0","text":"Entre nous."}]`,
		"projet/canvas.json", `{}`,
		"projet/2024-02-09.json", `{"not":"a list"}`,
		"projet/2024-02-10.json", `[]`,
	}
	want := []string{
		"Zoé Martin, Paulo 2024-02-07 · 2024-02-07 · D1/2024-02-07.json",
		"[paragraph] Paulo: Entre nous.",
		"error: projet/2024-02-09.json: damaged Slack export: not what Slack writes there",
		"#projet 2024-02-07 · 2024-02-07 · projet/2024-02-07.json",
		"[paragraph] Zoé Martin: Bonjour Paulo, voir le plan & #général.",
		"[list item] Paulo: Noté.",
		"[list item] Zoé Martin: Réponse du lendemain.",
		"[paragraph] Ana Ruiz: @here c'est <prêt> a@example.org",
		"[paragraph] Zoé Martin: Lancer:",
		"[code]   make all",
		"[paragraph] puis attendre⏎budget.xlsx",
		"[paragraph] Zoé Martin: Un lien⏎ce qu'il dit",
		"#projet 2024-02-08 · 2024-02-08 · projet/2024-02-08.json",
		"[paragraph] Paulo: Autre chose <x",
		"[list item] Paulo: Fil dont le début manque.",
	}
	for _, root := range []string{"", "Export du 10 février/"} {
		rooted := append([]string(nil), members...)
		for i := 0; i < len(rooted); i += 2 {
			rooted[i] = root + rooted[i]
		}
		var got []string
		for doc, err := range formats.All(read.Options{}).Read(t.Context(), read.Bytes("export.zip", []byte(packed(t, rooted...)))) {
			if err != nil {
				got = append(got, strings.ReplaceAll("error: "+err.Error(), root, ""))
				continue
			}
			readtest.Check(t, doc)
			if doc.Format != "Slack export" {
				t.Errorf("format %q", doc.Format)
			}
			got = append(got, doc.Title+" · "+doc.Date+" · "+strings.TrimPrefix(doc.Member, root))
			for _, b := range doc.Blocks {
				got = append(got, "["+b.Kind.String()+"] "+strings.ReplaceAll(doc.Text[b.Start:b.End], "\n", "⏎"))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("in %q: %s", root, diff)
		}
	}
}
