package converse_test

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/converse"
	"docent/rag/lang"
)

// shelf is a library of a few documents; it answers no question itself.
type shelf struct {
	documents []rag.Document
	// asked are the requests that came through; refused has all refused, and nearest
	// come near.
	asked   []rag.SearchRequest
	refused bool
	nearest []rag.Citation
}

func (s *shelf) Document(_ context.Context, id rag.DocumentID, a rag.Audience) (rag.Document, error) {
	for _, d := range s.documents {
		if d.ID == id && a.Sees(d.Space) {
			return d, nil
		}
	}
	return rag.Document{}, rag.ErrNotFound
}

func (s *shelf) Documents(_ context.Context, a rag.Audience) iter.Seq2[rag.DocumentInfo, error] {
	return func(yield func(rag.DocumentInfo, error) bool) {
		for _, d := range s.documents {
			if a.Sees(d.Space) && !yield(d.DocumentInfo, nil) {
				return
			}
		}
	}
}

func (s *shelf) Passages(_ context.Context, a rag.Audience, ids ...rag.PassageID) ([]rag.Located, error) {
	var found []rag.Located
	for _, p := range s.passages(a) {
		for _, id := range ids {
			if p.ID == id {
				found = append(found, p)
			}
		}
	}
	return found, nil
}

// passages are the paragraphs of the documents.
func (s *shelf) passages(a rag.Audience) []rag.Located {
	var all []rag.Located
	for _, d := range s.documents {
		if !a.Sees(d.Space) {
			continue
		}
		at := 0
		for n, text := range strings.SplitAfter(d.Text, "\n\n") {
			span := lang.TrimSpan(d.Text, lang.Span{Start: at, End: at + len(text)})
			at += len(text)
			all = append(all, rag.Located{Document: d.DocumentInfo, Passage: rag.Passage{
				ID: rag.PassageID{Document: d.ID, N: n + 1}, Start: span.Start, End: span.End, Text: d.Text[span.Start:span.End],
			}})
		}
	}
	return all
}

// Search finds all there is.
func (s *shelf) Search(_ context.Context, req rag.SearchRequest) (rag.Result, error) {
	var r rag.Result
	for _, p := range s.passages(req.Audience) {
		r.Hits = append(r.Hits, rag.Hit{Located: p})
	}
	return r, nil
}

// Answer quotes the first sentence of the first document.
func (s *shelf) Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error) {
	return s.Tell(ctx, req, func(rag.Claim, []rag.Citation) error { return nil })
}

func (s *shelf) Tell(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
	s.asked = append(s.asked, req)
	found, err := s.Search(ctx, req)
	answer := rag.Answer{Language: req.Language, Status: rag.NotFound, Mode: rag.Extractive, Notice: "Refused.", Evidence: found.Hits, Nearest: s.nearest}
	if s.refused || err != nil {
		return answer, err
	}
	p := found.Hits[0]
	span := lang.Sentences(p.Text)[0]
	answer.Status, answer.Notice = rag.Answered, ""
	answer.Claims = []rag.Claim{{Text: p.Text[span.Start:span.End], Citations: []int{1}}}
	answer.Citations = []rag.Citation{{N: 1, Document: p.Document.ID, Start: p.Start + span.Start, End: p.Start + span.End, Quote: p.Text[span.Start:span.End]}}
	return answer, emit(answer.Claims[0], answer.Citations)
}

func document(id, title, date, space, text string) rag.Document {
	info := rag.DocumentInfo{ID: rag.DocumentID(id), URI: "docs/" + id + ".md", Title: title, Language: "en", Date: date, Space: space}
	info.Passages = strings.Count(text, "\n\n") + 1
	return rag.Document{DocumentInfo: info, Text: text}
}

func newShelf() *shelf {
	return &shelf{documents: []rag.Document{
		document("boats", "Hiring a boat", "2024-05-02", "all", "A boat is hired at the blue hut. The hut opens at nine in the morning.\n\n"+
			"A boat costs eight pounds an hour. Every boat carries four people. The deposit for a boat is twenty pounds."),
		document("bees", "Keeping bees", "2025-01-10", "all", "Bees are looked after by Ida Moss.\n\nThe hives stand behind the mill."),
		document("pay", "Salaries of the wardens", "2025-03-01", "board", "The wardens are paid by the hour."),
	}}
}

func says(t *testing.T, s *shelf, message string, history ...rag.Exchange) rag.Answer {
	t.Helper()
	a := converse.Answerer{Inner: s, Searcher: s, Library: s}
	got, err := a.Answer(t.Context(), rag.SearchRequest{Question: message, Audience: rag.Members("all"), History: history})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func titles(a rag.Answer) []string {
	var list []string
	for _, d := range a.Listed {
		list = append(list, d.Title)
	}
	return list
}

// The library's own list answers what is asked of the library, as far as the asker
// sees it.
func TestTheLibraryItself(t *testing.T) {
	for _, c := range []struct {
		message string
		intent  rag.Intent
		status  rag.Status
		listed  []string
		says    string
	}{
		{"Which documents do you have?", rag.ListDocuments, rag.Answered, []string{"Hiring a boat", "Keeping bees"}, "2 documents"},
		{"Combien de documents connais-tu ?", rag.CountDocuments, rag.Answered, nil, "2 documents"},
		{"What's the latest document?", rag.NewestDocuments, rag.Answered, []string{"Keeping bees", "Hiring a boat"}, "by date"},
		{"Which is the oldest document?", rag.OldestDocuments, rag.Answered, []string{"Hiring a boat", "Keeping bees"}, "oldest"},
		{"How up to date are your documents?", rag.Freshness, rag.Answered, []string{"Keeping bees"}, "2025-01-10"},
		{"Do you have anything about hives?", rag.DocumentsAbout, rag.Answered, []string{"Keeping bees"}, "hives"},
		{"Is there a document on salaries?", rag.DocumentsAbout, rag.NotFound, nil, "None of the 2 documents"},
		{"Quels documents sont en français ?", rag.ListDocuments, rag.Answered, nil, "pas encore"},
		{"When was the document on hiring a boat written?", rag.DocumentDate, rag.Answered, []string{"Hiring a boat"}, "2024-05-02"},
		{"Where can I find the document Keeping bees?", rag.DocumentPlace, rag.Answered, []string{"Keeping bees"}, "Here it is"},
	} {
		s := newShelf()
		got := says(t, s, c.message)
		if d := cmp.Diff(c.listed, titles(got)); d != "" || got.Intent != c.intent || got.Status != c.status || !strings.Contains(got.Notice, c.says) {
			t.Errorf("%q: %s, %s, %q\n%s", c.message, got.Intent, got.Status, got.Notice, d)
		}
		if len(s.asked) > 0 || len(got.Citations) > 0 {
			t.Errorf("%q was looked up", c.message)
		}
	}
}

// A document that is not known by that name is asked about like anything else.
func TestDocumentsThatAreNone(t *testing.T) {
	for _, message := range []string{"Where is the boat?", "Who wrote to the council?", "Summarise the budget", "When was the mill built?"} {
		s := newShelf()
		if got := says(t, s, message); got.Intent != rag.AskIntent || len(s.asked) != 1 {
			t.Errorf("%q: %s, asked %d times", message, got.Intent, len(s.asked))
		}
	}
}

// A summary is sentences of the document in their order, and says that it is a
// selection.
func TestSummary(t *testing.T) {
	got := says(t, newShelf(), "Please summarise the document Hiring a boat")
	if got.Intent != rag.Summary || len(got.Claims) < 3 || !strings.Contains(got.Notice, "selection") {
		t.Fatalf("%s, %+v", got.Intent, got)
	}
	text := newShelf().documents[0].Text
	last := 0
	for _, c := range got.Citations {
		if text[c.Start:c.End] != c.Quote || c.Start < last {
			t.Errorf("%q at %d", c.Quote, c.Start)
		}
		last = c.End
	}
}

// What leans on the conversation is said as it was understood, or not followed.
func TestLeaningOnTheConversation(t *testing.T) {
	before := rag.Exchange{Question: "Hi! Where is a boat hired in Ware? Thanks", Answer: "At the blue hut."}
	for _, c := range []struct {
		message, asked, notice string
		intent                 rag.Intent
	}{
		{"And in Hertford?", "Where is a boat hired in Hertford?", "Understood as: “Where is a boat hired in Hertford?”", rag.AskIntent},
		{"are you sure?", "Where is a boat hired in Ware?", "own words", rag.Doubt},
		{"say that in French", "Where is a boat hired in Ware?", "dans la langue du document", rag.InLanguage},
		{"tell me more", "Where is a boat hired in Ware?", "around the last answer", rag.MoreDetails},
		{"Who looks after the bees?", "Who looks after the bees?", "", rag.AskIntent},
	} {
		s := newShelf()
		got := says(t, s, c.message, before)
		if got.Intent != c.intent || len(s.asked) != 1 || s.asked[0].Question != c.asked || !strings.Contains(got.Notice, c.notice) {
			t.Errorf("%q: %s, %q, asked %+v", c.message, got.Intent, got.Notice, s.asked)
		}
	}
	if got := says(t, newShelf(), "tell me more", before); len(got.Claims) < 2 || strings.Contains(got.Text(), "hired at the blue hut") {
		t.Errorf("more is %s", got.Text())
	}
	for _, message := range []string{"why?", "tell me more", "say that in French", "What day is it?"} {
		if got := says(t, newShelf(), message); got.Intent != rag.Unclear || len(got.Claims) > 0 {
			t.Errorf("%q alone: %s, %s", message, got.Intent, got.Text())
		}
	}
}

// A refusal that nothing comes near is a line, and so is a statement that has nothing
// of the documents.
func TestOffTopic(t *testing.T) {
	for _, c := range []struct {
		message string
		near    bool
		want    rag.Intent
		asked   int
	}{
		{"Who won the cup final?", false, rag.OffTopic, 1},
		{"Do bees sleep?", true, rag.AskIntent, 1},
		{"My cat is ill", false, rag.OffTopic, 0},
		{"boat deposit", true, rag.AskIntent, 1},
		{"boat insurance", true, rag.AskIntent, 1},
		{"stock market news", false, rag.OffTopic, 1},
		{"Le hangar est fermé jusqu'à quand déjà, merci", true, rag.AskIntent, 1},
		{"Sorry, wrong window", false, rag.Apology, 0},
		{"Boat insurance please, thank you and goodbye", true, rag.AskIntent, 1},
		{"Rédige un poème sur les bateaux", false, rag.SmallTalk, 0},
		{"Compose a ballad about a hive of gold", false, rag.SmallTalk, 0},
		{"What a morning, roll on nine!", false, rag.SmallTalk, 0},
		{"Quelle galère, vivement dimanche", false, rag.SmallTalk, 0},
		{"Do you like music?", false, rag.SmallTalk, 0},
		{"Thanks, you are my hero of the month", false, rag.Thanks, 0},
	} {
		s := newShelf()
		if s.refused = true; c.near {
			s.nearest = []rag.Citation{{N: 1}}
		}
		got := says(t, s, c.message)
		if got.Intent != c.want || len(s.asked) != c.asked || (c.want == rag.AskIntent) != (len(got.Evidence) > 0) || len(got.Citations) > 0 {
			t.Errorf("%q: %s, asked %d times, %d hits", c.message, got.Intent, len(s.asked), len(got.Evidence))
		}
	}
}

// Several questions are looked up each, and named in their own words.
func TestSeveralQuestions(t *testing.T) {
	s := newShelf()
	says(t, s, "Hello! What does a boat cost? And who looks after it? Thanks")
	want := []rag.Part{
		{Asked: "What does a boat cost?", Question: "What does a boat cost?", Language: "en"},
		{Asked: "And who looks after it?", Question: "Who looks after a boat?", Language: "en"},
	}
	if d := cmp.Diff(want, s.asked[0].Parts); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// writer is a language model that says what it has been asked, or fails.
type writer struct {
	asked []rag.SearchRequest
	did   rag.Did
}

func (w *writer) Write(_ context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
	w.asked = append(w.asked, req)
	if w.did == rag.DidFail {
		return rag.Answer{Did: w.did, Failure: errors.New("down"), Mode: rag.Extractive}, nil
	}
	a := rag.Answer{Did: rag.DidAnswer, Mode: rag.Written, Status: rag.Answered, Claims: []rag.Claim{{Text: "So it is."}}}
	return a, a.Tell(emit)
}

// A model is given the message as it stands, with what is asked bare, and all but
// courtesies and what the list of documents says.
func TestAModelIsGivenTheMessage(t *testing.T) {
	hired := rag.Exchange{Question: "Where is a boat hired?", Answer: "At the hut."}
	for message, c := range map[string]struct {
		history []rag.Exchange
		given   bool
		part    string
	}{
		"Hello, what does a boat cost, as a table please?": {nil, true, ""},
		"ok, and who looks after it? thanks!":              {[]rag.Exchange{hired}, true, "Who looks after a boat?"},
		"are you sure?":                                    {[]rag.Exchange{hired}, true, ""},
		"en français s'il te plaît":                        {[]rag.Exchange{hired}, true, ""},
		"Summarise the document Hiring a boat":             {nil, true, ""},
		"which documents are about boats?":                 {nil, true, ""},
		"draft a mail to the crew from this document":      {nil, true, ""},
		"rédige une affiche d'après le règlement":          {nil, true, ""},
		"do I just ask a question?":                        {nil, false, ""},
		"vous servez à quoi ?":                             {nil, false, ""},
		"how many documents are there?":                    {nil, false, ""},
		"draft a mail to my mother":                        {nil, false, ""},
		"how are you today?":                               {nil, false, ""},
		"thanks a lot!":                                    {[]rag.Exchange{hired}, false, ""},
		"what can you do?":                                 {nil, false, ""},
	} {
		s, w := newShelf(), new(writer)
		a := converse.Answerer{Inner: s, Writer: w, Searcher: s, Library: s}
		got, err := a.Answer(t.Context(), rag.SearchRequest{Question: message, Audience: rag.Operator(), History: c.history})
		if err != nil || (len(w.asked) > 0) != c.given || len(s.asked) > 0 {
			t.Errorf("%q: %v, the model was asked %+v: %s", message, err, w.asked, got.Text())
			continue
		}
		if c.given && (w.asked[0].Question != message || len(w.asked[0].History) != len(c.history)) {
			t.Errorf("%q: asked %+v", message, w.asked[0])
		}
		if c.part != "" && (len(w.asked[0].Parts) != 1 || w.asked[0].Parts[0].Question != c.part) {
			t.Errorf("%q: looked up %+v", message, w.asked[0].Parts)
		}
	}
}

// Without its model a message is answered by what answers without one.
func TestAModelThatFails(t *testing.T) {
	for _, message := range []string{"What does a boat cost?", "Summarise the document Hiring a boat"} {
		s := newShelf()
		a := converse.Answerer{Inner: s, Writer: &writer{did: rag.DidFail}, Searcher: s, Library: s}
		got, err := a.Answer(t.Context(), rag.SearchRequest{Question: message, Audience: rag.Operator()})
		if err != nil || len(got.Claims) == 0 || got.Failure == nil || got.Did != rag.DidFail || !strings.Contains(got.Notice, "without the language model") {
			t.Errorf("%q: %v, %+v", message, err, got)
		}
	}
}

// Claims are told as they come, whoever makes them.
func TestTell(t *testing.T) {
	for _, message := range []string{"What does a boat cost?", "Summarise the document Hiring a boat"} {
		s := newShelf()
		a := converse.Answerer{Inner: s, Searcher: s, Library: s}
		var told []rag.Claim
		got, err := a.Tell(t.Context(), rag.SearchRequest{Question: message, Audience: rag.Operator()}, func(c rag.Claim, _ []rag.Citation) error {
			told = append(told, c)
			return nil
		})
		if d := cmp.Diff(got.Claims, told); d != "" || err != nil || len(told) == 0 {
			t.Errorf("%q: %v %s", message, err, d)
		}
	}
	if _, err := (converse.Answerer{}).Answer(t.Context(), rag.SearchRequest{Question: "hello"}); !errors.Is(err, rag.ErrNoAudience) {
		t.Errorf("nobody is answered: %v", err)
	}
}

// What the library does not know of a document, its own text may say.
func TestADocumentTellsOfItself(t *testing.T) {
	s := &shelf{documents: []rag.Document{
		document("orchard", "Guide of the orchard", "", "all", "This guide was written by Ida Moss in March 2019.\n\nApples are picked by hand."),
		document("pruning", "Notes on pruning", "", "all", "Prune in winter."),
	}}
	for message, want := range map[string]rag.Intent{
		"Who wrote the guide of the orchard?": rag.DocumentAuthor, "When was the guide of the orchard written?": rag.DocumentDate,
	} {
		if got := says(t, s, message); got.Intent != want || got.Status != rag.Answered || len(got.Citations) != 1 {
			t.Errorf("%q: %s, %s, %s", message, got.Intent, got.Status, got.Text())
		}
	}
	if got := says(t, s, "Who wrote the notes on pruning?"); got.Status != rag.NotFound || len(got.Citations) > 0 || len(got.Listed) != 1 {
		t.Errorf("pruning: %s, %s", got.Status, got.Text())
	}
	before := rag.Exchange{Question: "How are apples picked?", Answer: "By hand."}
	if got := says(t, s, "summarise it", before); got.Intent != rag.Summary || len(got.Claims) == 0 || got.Citations[0].Document != "orchard" {
		t.Errorf("what was quoted last: %s, %s", got.Intent, got.Text())
	}
}
