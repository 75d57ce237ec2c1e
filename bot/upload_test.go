package bot_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path"
	"strings"
	"sync"
	"testing"
	"time"

	"docent/bot"
	"docent/bot/slacktest"
)

// folder keeps what is added, by name.
type folder struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (f *folder) Add(_ context.Context, u bot.Upload) (bot.Added, error) {
	data, err := os.ReadFile(u.Path)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.files[u.Name] = data
	return bot.Added{Documents: 1, Passages: 1, Title: u.Name}, err
}

func (f *folder) file(name string) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.files[name]
}

// takingFiles has the bot take files from now on.
func (o *office) takingFiles() *folder {
	f := &folder{files: make(map[string][]byte)}
	o.options.Documents = f
	return f
}

// offered is the bot's offer to add a file that a member shares.
func (o *office) offered(name string, data []byte) (offer slacktest.Message) {
	o.t.Helper()
	dm := o.DM(o.member)
	shared := o.Share(dm, o.member, "add this", slacktest.File{Name: name, Data: data})
	o.wait("an offer", func(s *slacktest.State) bool {
		m := own(s, dm, shared.TS)
		if len(m) == 1 {
			offer = m[0]
		}
		return len(m) == 1
	})
	return offer
}

// accept clicks Add below an offer.
func (o *office) accept(offer slacktest.Message) {
	o.t.Helper()
	if err := o.Click(o.member, offer, "add_file", ""); err != nil {
		o.t.Fatal(err)
	}
}

// says waits for a message to hold a text.
func (o *office) says(m slacktest.Message, text string) {
	o.t.Helper()
	o.wait("a message to say "+text, func(s *slacktest.State) bool {
		now, _ := s.Message(m.Channel, m.TS)
		return strings.Contains(now.Text, text)
	})
}

// answers asks a question and waits for the answer.
func (o *office) answers(question string) {
	o.t.Helper()
	asked := o.mention(o.channel, o.member, question)
	o.wait("an answer to "+question, func(s *slacktest.State) bool { return len(own(s, o.channel, asked.TS)) == 1 })
}

// TestFileThatRefuses adds files whose content reads as a refusal of Slack's.
// They end nothing, nor does a click that is done again after a restart.
func TestFileThatRefuses(t *testing.T) {
	t.Parallel()
	o := newOffice(t, slacktest.Options{}, echo)
	kept := o.takingFiles()
	o.options.Grace = time.Millisecond
	stop := o.start()
	for i, code := range []string{"invalid_auth", "account_inactive", "missing_scope"} {
		name := fmt.Sprintf("x%d.json", i)
		data := []byte(`{"ok":false,"error":"` + code + `","detail":"example of our API documentation"}`)
		offer := o.offered(name, data)
		o.accept(offer)
		o.says(offer, "Added: ")
		if !bytes.Equal(kept.file(name), data) {
			t.Errorf("%s is kept as %q", name, kept.file(name))
		}
	}

	offer := o.offered("again.json", []byte(`{"ok":false,"error":"token_revoked"}`))
	o.Fault(slacktest.Fault{Method: "download", Hang: true})
	o.accept(offer)
	o.wait("the download", func(s *slacktest.State) bool { return s.CallCount("download") == 4 })
	stop()
	o.ClearFaults()
	o.start()
	o.says(offer, "Added: ")
	o.answers("is it still there?")
}

// TestLargeFiles keeps a file to the last byte, or not at all.
func TestLargeFiles(t *testing.T) {
	t.Parallel()
	o := newOffice(t, slacktest.Options{}, echo)
	kept := o.takingFiles()
	o.options.MaxUpload = 20 << 20
	o.start()
	for name, size := range map[string]int{"big.json": 19_400_000, "most.json": 20 << 20, "more.json": 20<<20 + 1} {
		record := []byte(`{"id":1234567,"text":"a record of many"},`)
		data := append(bytes.Repeat(record, size/len(record)+1)[:size-1], ']')
		data[0] = '['
		offer := o.offered(name, data)
		o.accept(offer)
		if size > 20<<20 {
			o.says(offer, "larger than 20 MiB")
			if kept.file(name) != nil {
				t.Errorf("%s is kept", name)
			}
			continue
		}
		o.says(offer, "Added: ")
		if got := kept.file(name); !bytes.Equal(got, data) {
			t.Errorf("%s is kept with %d of %d bytes", name, len(got), size)
		}
	}
}

// TestSlowFile takes longer over a file than a call may take. It is no answer
// of the Web API, whatever its type, and keeps coming.
func TestSlowFile(t *testing.T) {
	t.Parallel()
	o := newOffice(t, slacktest.Options{}, echo)
	kept := o.takingFiles()
	o.options.APIURL = slowFiles(t, o.URL(), 60*time.Millisecond)
	o.options.CallTime = 500 * time.Millisecond
	o.start()
	data := []byte(`["a file","that comes"]`)
	offer := o.offered("slow.json", data)
	o.accept(offer)
	o.says(offer, "Added: ")
	if got := kept.file("slow.json"); !bytes.Equal(got, data) {
		t.Errorf("it is kept as %q", got)
	}
	o.Look(func(s *slacktest.State) {
		if n := s.CallCount("download"); n != 1 {
			t.Errorf("it was fetched %d times", n)
		}
	})
}

// slowFiles stands before a workspace and hands out files a few bytes at a
// time. It returns the address of the Web API.
func slowFiles(t *testing.T, api string, pause time.Duration) string {
	t.Helper()
	origin, err := url.Parse(api)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewUnstartedServer(nil)
	proxy.Config.Handler = &httputil.ReverseProxy{
		Rewrite:       func(r *httputil.ProxyRequest) { r.SetURL(&url.URL{Scheme: origin.Scheme, Host: origin.Host}) },
		FlushInterval: -1,
		ModifyResponse: func(r *http.Response) error {
			if strings.HasPrefix(r.Request.URL.Path, "/files-pri/") {
				r.Body = &slowBody{ReadCloser: r.Body, pause: pause}
				return nil
			}
			if path.Base(r.Request.URL.Path) != "files.info" {
				return nil
			}
			data, err := io.ReadAll(r.Body)
			data = bytes.ReplaceAll(data, []byte(origin.Host), []byte(proxy.Listener.Addr().String()))
			r.Body = io.NopCloser(bytes.NewReader(data))
			r.Header.Del("Content-Length")
			return err
		},
	}
	proxy.Start()
	t.Cleanup(proxy.Close)
	return proxy.URL + origin.Path
}

type slowBody struct {
	io.ReadCloser
	pause time.Duration
}

func (b *slowBody) Read(p []byte) (int, error) {
	<-time.After(b.pause)
	return b.ReadCloser.Read(p[:min(2, len(p))])
}
