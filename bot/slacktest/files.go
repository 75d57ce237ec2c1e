package slacktest

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// File is an uploaded file.
type File struct {
	ID       string
	Name     string
	Title    string
	User     string
	Mimetype string
	Data     []byte
	Channels []string
	// External is the address of a file that Slack only links to.
	External string
	// Hidden is a file of a foreign workspace, of which events name the ID only
	// ("check_file_info").
	Hidden bool

	ready bool // after completeUploadExternal
}

const uploadBytes = 64 << 20 // more than any test has

// UploadFile has a person share a file in a channel, without words. The app
// hears of a message with subtype file_share and of file_shared.
func (w *Workspace) UploadFile(user, channel, name string, data []byte) Message {
	return w.Share(channel, user, "", File{Name: name, Data: data})
}

// Share has a person say something with files.
func (w *Workspace) Share(channel, user, text string, files ...File) Message {
	return w.ShareIn(channel, user, text, In{}, files...)
}

// ShareIn is Share in a thread, or as In says.
func (w *Workspace) ShareIn(channel, user, text string, in In, files ...File) Message {
	w.mu.Lock()
	for i := range files {
		f := &files[i]
		f.User, f.Channels = user, append(f.Channels, channel)
		w.keep(f)
	}
	w.mu.Unlock()
	m := w.post(channel, user, text, files, []In{in})
	w.change(func() {
		for _, f := range files {
			w.fileShared(f.ID, channel, user)
		}
	})
	return m
}

func (w *Workspace) fileShared(id, channel, user string) {
	w.emit("file_shared", channel, object{
		"type": "file_shared", "channel_id": channel, "file_id": id, "user_id": user, "file": object{"id": id},
		"event_ts": w.nextTS(),
	})
}

// keep gives a file its ID and what follows from its name.
func (w *Workspace) keep(f *File) {
	f.ID = w.nextID("F")
	f.Title = orDefault(f.Title, f.Name)
	f.Mimetype = orDefault(f.Mimetype, orDefault(mime.TypeByExtension(path.Ext(f.Name)), "application/octet-stream"))
	f.ready = true
	kept := *f
	w.files[f.ID] = &kept
}

// DeleteFile removes a file and tells the app.
func (w *Workspace) DeleteFile(id string) {
	w.change(func() {
		delete(w.files, id)
		w.emit("file_deleted", "", object{"type": "file_deleted", "file_id": id, "event_ts": w.nextTS()})
	})
}

// ChangeFile replaces a file's data and tells the app.
func (w *Workspace) ChangeFile(id string, data []byte) {
	w.change(func() {
		w.files[id].Data = data
		w.emit("file_change", "", object{"type": "file_change", "file_id": id, "file": object{"id": id}, "event_ts": w.nextTS()})
	})
}

func (w *Workspace) wireFiles(files []File) []object {
	var all []object
	for _, f := range files {
		if f.Hidden {
			all = append(all, object{"id": f.ID, "file_access": "check_file_info"})
			continue
		}
		all = append(all, w.wireFile(&f))
	}
	return all
}

func (w *Workspace) wireFile(f *File) object {
	link := w.server.URL + "/files-pri/" + TeamID + "-" + f.ID + "/"
	o := object{
		"id": f.ID, "created": 1700000000, "timestamp": 1700000000, "name": f.Name, "title": f.Title,
		"mimetype": f.Mimetype, "filetype": strings.TrimPrefix(path.Ext(f.Name), "."), "user": f.User,
		"user_team": TeamID, "size": len(f.Data), "mode": "hosted", "is_external": f.External != "",
		"is_public": true, "channels": f.Channels, "file_access": "visible",
		"url_private": link + f.Name, "url_private_download": link + "download/" + f.Name,
		"permalink": "https://" + domain + ".slack.com/files/" + f.User + "/" + f.ID,
	}
	if f.External != "" {
		o["mode"], o["external_url"], o["url_private"] = "external", f.External, f.External
		delete(o, "url_private_download")
	}
	return o
}

func (w *Workspace) fileInfo(c Call) (object, error) {
	f := w.files[c.Args["file"]]
	if f == nil || !f.ready {
		return nil, refuse("file_not_found")
	}
	return object{"file": w.wireFile(f)}, nil
}

// serveFile gives a file's data to those who bring the bot token.
func (w *Workspace) serveFile(out http.ResponseWriter, r *http.Request, rest string) {
	id, _, _ := strings.Cut(strings.TrimPrefix(rest, TeamID+"-"), "/")
	w.mu.Lock()
	f := w.files[id]
	allowed := r.Header.Get("Authorization") == "Bearer "+w.options.BotToken && w.broken == "" && w.granted("files:read")
	c := Call{Method: "download", N: 0, Args: map[string]string{"file": id}, At: w.now()}
	w.calls.counts[c.Method]++
	broken := w.faultFor(c)
	w.mu.Unlock()
	switch {
	case broken != nil && !broken.plain():
		w.misbehave(out, r, c, broken)
	case f == nil:
		http.NotFound(out, r)
	case !allowed: // Slack sends to its sign-in page, which is HTML
		writeRaw(out, http.StatusOK, "text/html; charset=utf-8", "<!DOCTYPE html><html><body>Sign in to Slack</body></html>")
	default:
		out.Header().Set("Content-Type", f.Mimetype)
		http.ServeContent(out, r, "", w.now(), bytes.NewReader(f.Data))
	}
}

func (w *Workspace) uploadURL(c Call) (object, error) {
	size, err := strconv.Atoi(c.Args["length"])
	if err != nil || size <= 0 || c.Args["filename"] == "" {
		return nil, refuse("invalid_arguments")
	}
	f := &File{Name: c.Args["filename"], User: botUID}
	w.keep(f)
	w.files[f.ID].ready = false
	return object{"upload_url": w.server.URL + "/upload/" + f.ID, "file_id": f.ID}, nil
}

func (w *Workspace) serveUpload(out http.ResponseWriter, r *http.Request, id string) {
	data, err := uploaded(r)
	w.mu.Lock()
	f := w.files[id]
	if f != nil && err == nil {
		f.Data = data
	}
	w.mu.Unlock()
	if f == nil || err != nil {
		http.Error(out, "no such upload", http.StatusNotFound)
		return
	}
	writeRaw(out, http.StatusOK, "application/json", `{"ok":true}`)
}

// uploaded is the file of a form, or the whole body.
func uploaded(r *http.Request) ([]byte, error) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return io.ReadAll(io.LimitReader(r.Body, uploadBytes))
	}
	file, _, err := r.FormFile("file")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, uploadBytes))
}

func (w *Workspace) completeUpload(c Call) (object, error) {
	var wanted []struct{ ID, Title string }
	if err := json.Unmarshal([]byte(c.Args["files"]), &wanted); err != nil || len(wanted) == 0 {
		return nil, refuse("invalid_arguments")
	}
	var done []File
	var answer []object
	for _, one := range wanted {
		f := w.files[one.ID]
		if f == nil || len(f.Data) == 0 {
			return nil, refuse("file_not_found")
		}
		f.Title, f.ready = orDefault(one.Title, f.Name), true
		done = append(done, *f)
		answer = append(answer, object{"id": f.ID, "title": f.Title})
	}
	if channel := c.Args["channel_id"]; channel != "" {
		if err := w.shareOwn(channel, c, done); err != nil {
			return nil, err
		}
	}
	return object{"files": answer}, nil
}

// shareOwn posts files of the bot.
func (w *Workspace) shareOwn(channel string, c Call, files []File) error {
	to, err := w.target(Call{Args: map[string]string{"channel": channel}})
	if err != nil {
		return err
	}
	thread, err := threadOf(to, c.Args["thread_ts"])
	if err != nil {
		return err
	}
	w.say(to, &Message{
		User: botUID, BotID: botID, Subtype: "file_share", Text: c.Args["initial_comment"], ThreadTS: thread, Files: files,
	}, false)
	return nil
}
