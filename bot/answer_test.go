package bot_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"docent/bot/slacktest"
	"docent/rag"
)

// TestStreaming shows claims as they are made, and in the end the answer in
// their place.
func TestStreaming(t *testing.T) {
	t.Parallel()
	second := make(chan struct{})
	o := newOffice(t, slacktest.Options{}, func(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
		a := said(req, "The first *claim* stands <!here>.", "The second claim came later.")
		a.Mode, a.ModelName = rag.Written, "model-x"
		if err := emit(a.Claims[0], a.Citations[:1]); err != nil {
			return a, err
		}
		<-second
		return a, emit(a.Claims[1], a.Citations[1:])
	})
	o.options.StreamEvery = 20 * time.Millisecond
	o.start()
	asked := o.mention(o.channel, o.member, "what stands?")
	o.wait("the first claim", func(s *slacktest.State) bool {
		m := own(s, o.channel, asked.TS)
		return len(m) == 1 && m[0].Stream == slacktest.Streaming && strings.Contains(m[0].Markdown, "claim")
	})
	if s := o.Session(o.channel, asked.TS); s.Status != "processing" {
		t.Errorf("the session is %q while the answer is made", s.Status)
	}
	preview := o.Render(o.Thread(o.channel, asked.TS)[1])
	if len(preview.Pings) > 0 || len(preview.Problems) > 0 || !strings.Contains(preview.Text, "*claim*") {
		t.Errorf("the preview pings %v, has the problems %v and reads %q", preview.Pings, preview.Problems, preview.Text)
	}
	close(second)
	o.wait("the answer", func(s *slacktest.State) bool {
		m := own(s, o.channel, asked.TS)
		return len(m) == 1 && strings.Contains(texts(m), "came later") && s.Session(o.channel, asked.TS).Status == "active"
	})
	r := o.Render(o.Thread(o.channel, asked.TS)[1])
	for _, want := range []string{"The first *claim* stands <!here>. [1]", "[2]", "Written by AI (model-x)", "[Show passage [2]]", "[Helpful]"} {
		if !strings.Contains(r.Text, want) {
			t.Errorf("the answer lacks %q: %s", want, r.Text)
		}
	}
	if len(r.Pings) > 0 {
		t.Errorf("it pings %v", r.Pings)
	}
}

// TestStop keeps the claims that were there when the button was pressed.
func TestStop(t *testing.T) {
	t.Parallel()
	o := newOffice(t, slacktest.Options{}, func(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
		a := said(req, "One thing is known.")
		if err := emit(a.Claims[0], a.Citations); err != nil {
			return a, err
		}
		<-ctx.Done()
		return rag.Answer{}, ctx.Err()
	})
	o.options.StreamEvery = 20 * time.Millisecond
	o.start()
	asked := o.mention(o.channel, o.member, "what is known?")
	o.wait("a stream", func(s *slacktest.State) bool { return len(own(s, o.channel, asked.TS)) == 1 })
	o.Stop(o.member, o.channel, asked.TS)
	o.wait("the end", func(s *slacktest.State) bool {
		m := own(s, o.channel, asked.TS)
		return len(m) == 1 && strings.Contains(texts(m), "Stopped.") && strings.Contains(texts(m), "One thing is known.")
	})

	// A question that is deleted meanwhile leaves nothing.
	deleted := o.mention(o.channel, o.member, "what else?")
	o.wait("a stream", func(s *slacktest.State) bool { return len(own(s, o.channel, deleted.TS)) == 1 })
	o.Delete(o.channel, deleted.TS)
	o.wait("nothing", func(s *slacktest.State) bool { return len(own(s, o.channel, deleted.TS)) == 0 })
}

// TestStreamTrouble answers all the same where Slack streams nothing.
func TestStreamTrouble(t *testing.T) {
	t.Parallel()
	for _, fault := range []slacktest.Fault{
		{Method: "chat.startStream", Error: "channel_type_not_supported"}, {Method: "chat.startStream", Status: 500, After: true},
		{Method: "chat.appendStream", Error: "message_not_in_streaming_state"}, {Method: "chat.stopStream", Status: 500, Times: 2},
	} {
		o := newOffice(t, slacktest.Options{}, func(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
			a := said(req, "The first claim.", "The second claim.")
			if err := emit(a.Claims[0], a.Citations[:1]); err != nil {
				return a, err
			}
			<-time.After(60 * time.Millisecond) // what a stream is for
			return a, emit(a.Claims[1], a.Citations[1:])
		})
		o.options.StreamEvery = 10 * time.Millisecond
		o.Fault(fault)
		stop := o.start()
		asked := o.mention(o.channel, o.member, "what?")
		o.wait("the answer", func(s *slacktest.State) bool {
			return strings.Contains(texts(own(s, o.channel, asked.TS)), "Quoted word for word")
		})
		stop()
		o.Look(func(s *slacktest.State) {
			if m := own(s, o.channel, asked.TS); len(m) != 1 {
				t.Errorf("%+v: there are %d messages: %s", fault, len(m), texts(m))
			}
		})
	}
}

// TestStreamAgain answers a question again of which there is a message: after a
// kill that left a stream, noted or not, and after an edit.
func TestStreamAgain(t *testing.T) {
	t.Parallel()
	for name, forget := range map[string]string{"noted": "SELECT 1", "not noted": "DELETE FROM posts"} {
		t.Run(name, func(t *testing.T) { streamAgain(t, forget) })
	}
}

func streamAgain(t *testing.T, forget string) {
	t.Parallel()
	claims := make(chan string)
	o := newOffice(t, slacktest.Options{AckDeadline: 300 * time.Millisecond}, func(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
		a := said(req, "One claim of it.", "Another claim of it.")
		if err := emit(a.Claims[0], a.Citations[:1]); err != nil {
			return a, err
		}
		select {
		case another := <-claims:
			a.Claims[1].Text = another
			return a, emit(a.Claims[1], a.Citations[1:])
		case <-ctx.Done():
			return a, ctx.Err()
		}
	})
	o.options.StreamEvery, o.options.Grace = time.Millisecond, time.Millisecond
	o.Fault(slacktest.Fault{Method: "chat.stopStream", Error: "cannot_stop", Times: 1})
	stop := o.start()
	asked := o.mention(o.channel, o.member, "what is claimed?")
	o.wait("a stream", func(s *slacktest.State) bool { return len(own(s, o.channel, asked.TS)) > 0 })
	stop()
	state := o.state()
	defer state.Close()
	if _, err := state.ExecContext(t.Context(), forget); err != nil {
		t.Fatal(err)
	}
	o.start()
	says := func(text string) {
		t.Helper()
		claims <- text
		o.wait(text, func(s *slacktest.State) bool { return strings.Contains(texts(own(s, o.channel, asked.TS)), text) })
		o.idle()
		o.Look(func(s *slacktest.State) {
			if m := own(s, o.channel, asked.TS); len(m) != 1 {
				t.Errorf("there are %d messages: %s", len(m), texts(m))
			}
		})
	}
	says("It is known now.")
	o.Edit(o.channel, asked.TS, "<@"+o.BotUserID()+"> what else is claimed?")
	says("It is known anew.")
}

// TestAnswerSizes posts answers of every size and kind of letters, as many as
// DOCENT_ANSWERS says (18 without). Slack must refuse none of them, and every
// citation and the feedback must be there.
func TestAnswerSizes(t *testing.T) {
	t.Parallel()
	answers := 18
	if n, err := strconv.Atoi(os.Getenv("DOCENT_ANSWERS")); err == nil {
		answers = n
	}
	r := rand.New(rand.NewPCG(1, 2))
	made := make(map[string]rag.Answer)
	for i := range answers {
		a := randomAnswer(r, []int{0, 1, 300, 3000, 12_000, 50_000}[i%6])
		made[fmt.Sprintf("answer %d", i)] = a
	}
	// How soon an event is acknowledged is for other tests.
	o := newOffice(t, slacktest.Options{AckDeadline: time.Minute}, func(_ context.Context, req rag.SearchRequest, _ func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
		return made[req.Question], nil
	})
	o.start()
	asked := make(map[string]slacktest.Message)
	for question := range made {
		asked[question] = o.mention(o.channel, o.member, question)
	}
	o.idle()
	for question, a := range made {
		messages := o.Thread(o.channel, asked[question].TS)[1:]
		var all strings.Builder
		for _, m := range messages {
			seen := o.Render(m)
			all.WriteString(seen.Text)
			if len(seen.Pings) > 0 || len(seen.Foreign("https://docs.example.com/")) > 0 {
				t.Errorf("%s pings %v and leads to %v", question, seen.Pings, seen.Foreign("https://docs.example.com/"))
			}
		}
		for _, c := range a.Citations {
			if !strings.Contains(all.String(), fmt.Sprintf("[%d] Handbook", c.N)) {
				t.Errorf("%s lost citation %d of %d", question, c.N, len(a.Citations))
			}
		}
		if len(messages) == 0 || !strings.Contains(o.Render(messages[len(messages)-1]).Text, "[Helpful]") {
			t.Errorf("%s has %d messages and no feedback in the last", question, len(messages))
		}
	}
	for _, c := range o.Calls("chat.postMessage") {
		if c.Error != "" {
			t.Errorf("a post was refused: %s", c.Error)
		}
	}
}

var alphabets = []string{
	"abcdefghij klmnop qrst uvwxyz. ", "é è ê «» œ ’ ", "<!channel> <@U0MEMBER> <https://evil.example|x> & *b* _i_ `c` ~s~ [a](https://evil.example) https://evil.example @here ",
	"שלום עולם ", "👩‍👩‍👧‍👦 🇫🇷 🏳️‍🌈 ", "漢字かな ", "\u202e\u200b\u2066\u00ad\ufeff", "```\n> # - 1. | a | b |\n", "\x00\x07\x1b[31m", "|:---|\n\n\n",
}

func randomText(r *rand.Rand, length int) string {
	var b strings.Builder
	for b.Len() < length {
		letters := alphabets[r.IntN(len(alphabets))]
		b.WriteString(strings.Repeat(letters, 1+r.IntN(5)))
		if r.IntN(20) == 0 {
			b.WriteString(strings.Repeat("x", r.IntN(5000)))
		}
	}
	return b.String()
}

func randomAnswer(r *rand.Rand, length int) rag.Answer {
	a := rag.Answer{Language: []string{"en"}[0], Status: rag.Answered, Mode: rag.Extractive}
	for length > 0 {
		n := 1 + r.IntN(min(length, 6000))
		length -= n
		text := randomText(r, n)
		k := len(a.Citations) + 1
		a.Claims = append(a.Claims, rag.Claim{Text: text, Citations: []int{k}})
		a.Citations = append(a.Citations, rag.Citation{N: k, Document: "doc", URI: []string{"https://docs.example.com/a", "file.md", "javascript:alert(1)"}[r.IntN(3)],
			Title: "Handbook " + randomText(r, r.IntN(400)), Heading: []string{randomText(r, r.IntN(300))}, Quote: text, Date: "2025"})
		if len(a.Citations) > 70 {
			break
		}
	}
	if r.IntN(2) == 0 {
		a.Status, a.Notice = rag.Partial, randomText(r, r.IntN(3000))
	}
	if length == 0 && len(a.Claims) == 0 {
		a.Status = rag.NotFound
	}
	return a
}
