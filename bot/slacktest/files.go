package slacktest

import (
	"bytes"
	"cmp"
	"mime"
	"net/http"
	"path"
	"strings"
)

// File is a file that somebody shares.
type File struct {
	ID   string
	Name string
	Data []byte

	mimetype, user, channel string
}

// storeFile gives a file its ID and what follows from its name.
func (w *Workspace) storeFile(f *File, user, channel string) {
	f.ID, f.user, f.channel = w.nextID("F"), user, channel
	f.mimetype = cmp.Or(mime.TypeByExtension(path.Ext(f.Name)), "application/octet-stream")
	kept := *f
	w.files[f.ID] = &kept
}

func (w *Workspace) wireFile(f *File) object {
	link := w.server.URL + "/files-pri/" + TeamID + "-" + f.ID + "/"
	return object{
		"id": f.ID, "name": f.Name, "title": f.Name, "mimetype": f.mimetype,
		"filetype": strings.TrimPrefix(path.Ext(f.Name), "."), "user": f.user, "user_team": TeamID,
		"size": len(f.Data), "mode": "hosted", "is_external": false, "is_public": true,
		"channels": []string{f.channel}, "file_access": "visible",
		"url_private": link + f.Name, "url_private_download": link + "download/" + f.Name,
	}
}

func (w *Workspace) fileInfo(c Call) (object, error) {
	f := w.files[c.Args["file"]]
	if f == nil {
		return nil, refuse("file_not_found")
	}
	return object{"file": w.wireFile(f)}, nil
}

// serveFile gives a file's data to those who bring the bot token.
func (w *Workspace) serveFile(out http.ResponseWriter, r *http.Request, rest string) {
	id, _, _ := strings.Cut(strings.TrimPrefix(rest, TeamID+"-"), "/")
	w.mu.Lock()
	f := w.files[id]
	allowed := r.Header.Get("Authorization") == "Bearer "+w.BotToken() && w.broken == "" && w.granted("files:read")
	w.mu.Unlock()
	w.serveCall(out, r, "download", map[string]string{"file": id}, func(Call) {
		switch {
		case f == nil:
			http.NotFound(out, r)
		case !allowed: // Slack sends to its sign-in page, which is HTML
			writeRaw(out, http.StatusOK, "text/html; charset=utf-8", "<!DOCTYPE html><html><body>Sign in to Slack</body></html>")
		default:
			out.Header().Set("Content-Type", f.mimetype)
			http.ServeContent(out, r, "", w.now(), bytes.NewReader(f.Data))
		}
	})
}
