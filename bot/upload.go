package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"docent/bot/render"
	"docent/bot/store"
)

// addRequest is how people ask for a file to be added.
var addRequest = regexp.MustCompile(`(?i)(^|\W)(add (this|it|these)|ajoute[rz]?[ -](ce|cet|cette|ces|le|la|les|ça|ceci))(\W|$)`)

// asksToAdd reports whether a text asks for its files to be added.
func asksToAdd(s string) bool { return addRequest.MatchString(s) }

// uploadSpace is the space that files shared in a channel are added to, "" for
// none. What is shared in a direct message stays with that person.
func (b *Bot) uploadSpace(channel, user string, direct bool) string {
	switch {
	case b.opts.Documents == nil:
		return ""
	case direct:
		return DirectSpace(user)
	}
	return b.opts.Access.AddTo[channel]
}

// addFromMessage is offer from a shortcut on a message with files.
func (b *Bot) addFromMessage(ctx context.Context, c click) error {
	var files []sharedFile
	for _, f := range c.Message.Files {
		files = append(files, sharedFile{ID: f.ID, Name: f.Name})
	}
	p := c.conversation
	p.private = strings.HasPrefix(p.channel, "D")
	thread := cmp.Or(c.Message.ThreadTimestamp, c.Message.Timestamp)
	q := question{Question: store.Question{ID: store.QuestionID(p.channel, c.TriggerID), Channel: p.channel, TS: "add " + c.TriggerID, Thread: thread,
		Asker: c.asker.user, Delivery: kindInteractive + c.TriggerID, Text: c.Message.Text}, surface: "shortcut", conversation: p, asker: c.asker}
	return b.offer(ctx, q, files)
}

// offer asks whoever shared files whether to add them.
func (b *Bot) offer(ctx context.Context, q question, files []sharedFile) error {
	ours, again, err := b.store.Claim(ctx, q.Question, b.opts.Clock.Now())
	if err != nil || !ours {
		return err
	}
	q.mayBeAnswered = again
	_, user, ok, err := b.admitOrDeny(ctx, q)
	if err != nil || !ok {
		return err
	}
	cat := render.CatalogueFor(render.LanguageOf(user.Locale))
	messages := []render.Message{render.Notice(cat.AddingDisabled)}
	if b.uploadSpace(q.Channel, q.asker.user, q.conversation.private) != "" && len(files) > 0 {
		messages = nil
		for _, f := range files {
			messages = append(messages, render.Offer(cat, f.ID, f.Name, q.asker.user))
		}
	}
	if err := b.publish(ctx, q, "", messages); err != nil {
		return err
	}
	return b.store.SetAnswer(ctx, q.ID, q.Language, "")
}

// addFile adds the offered file, or not, as was clicked. The message of the
// offer is replaced by the result.
func (b *Bot) addFile(ctx context.Context, c click) error {
	id, owner := render.ParseOffer(c.action.Value)
	p := &c.conversation
	p.private = strings.HasPrefix(p.channel, "D")
	_, _, cat, ok := b.admitClick(ctx, c)
	space := b.uploadSpace(p.channel, c.asker.user, p.private)
	switch {
	case !ok:
		return nil
	case c.asker.user != owner && !slices.Contains(b.opts.Access.Admins, c.asker.user):
		b.tell(ctx, c, cat.NotSharer)
		return nil
	case space == "":
		return b.replaceOffer(ctx, c, cat.AddingDisabled)
	case c.action.ActionID == render.ActionKeepOut:
		return b.replaceOffer(ctx, c, cat.NotAdded)
	}
	said, err := b.ingestFile(ctx, c, id, space, cat)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		b.log.Error("a file was not added", "file", id, "error", err)
		said = fmt.Sprintf(cat.Failed, id)
	}
	return b.replaceOffer(ctx, c, said)
}

// replaceOffer puts a line in the place of what was clicked.
func (b *Bot) replaceOffer(ctx context.Context, c click, line string) error {
	return b.replaceMessage(ctx, c.conversation.channel, c.Container.MessageTs, msgOptions(render.Notice(line)))
}

// ingestFile downloads and adds the file, and returns what to say about it.
func (b *Bot) ingestFile(ctx context.Context, c click, id, space string, cat render.Catalogue) (string, error) {
	var f *slack.File
	err := b.retry.do(ctx, func(ctx context.Context) (err error) {
		f, _, _, err = b.api.GetFileInfoContext(ctx, id, 0, 0)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("ask for a file: %w", err)
	}
	name := render.Truncate(render.OneLine(f.Name), 120)
	shared := slices.Contains(slices.Concat(f.Channels, f.Groups, f.IMs), c.conversation.channel)
	switch {
	case f.IsExternal, f.FileAccess == "check_file_info", f.URLPrivateDownload == "", !shared:
		return fmt.Sprintf(cat.NotInSlack, name), nil
	case int64(f.Size) > b.opts.MaxUpload:
		return fmt.Sprintf(cat.TooLarge, name, b.opts.MaxUpload>>20), nil
	}
	if err := b.replaceOffer(ctx, c, fmt.Sprintf(cat.Adding, name)); err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "docent-slack-")
	if err != nil {
		return "", fmt.Errorf("make room for a file: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // it is of no use to anybody
	path := filepath.Join(dir, "file")
	switch err := b.download(ctx, f.URLPrivateDownload, path); {
	case errors.Is(err, errTooLarge):
		return fmt.Sprintf(cat.TooLarge, name, b.opts.MaxUpload>>20), nil
	case err != nil:
		return "", fmt.Errorf("fetch a file: %w", err)
	}
	added, err := b.opts.Documents.Add(ctx, Upload{Name: f.Name, Space: space, Path: path})
	switch {
	case err != nil:
		return "", err
	case added.Problem != "" || added.Documents == 0:
		return fmt.Sprintf(cat.AddFailed, name, render.Truncate(render.OneLine(added.Problem), 300)), nil
	}
	return fmt.Sprintf(cat.Added, render.Truncate(render.OneLine(added.Title), 150), added.Passages), nil
}

var errTooLarge = errors.New("the file is larger than it may be")

// download writes a file of Slack's to a path. What Slack says of its size is
// not relied on.
func (b *Bot) download(ctx context.Context, url, path string) error {
	return b.retry.do(ctx, func(ctx context.Context) error {
		out, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		w := &limitedWriter{file: out, left: b.opts.MaxUpload}
		err = b.api.GetFileContext(ctx, url, w)
		if w.left < 0 {
			err = errTooLarge
		}
		return errors.Join(err, out.Close())
	})
}

type limitedWriter struct {
	file *os.File
	left int64
}

func (w *limitedWriter) Write(p []byte) (int, error) {
	if w.left -= int64(len(p)); w.left < 0 {
		return 0, errTooLarge
	}
	return w.file.Write(p)
}
