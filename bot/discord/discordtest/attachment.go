// Files that people attach to commands, and where the bot gets them.

package discordtest

import (
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
)

// Attachment is a file that somebody attaches: see Opt. It is served below URL, on
// the port of everything else.
type Attachment struct {
	ID, Name string
	URL      string
	Size     int // as Discord says it; a test may set another one

	content []byte
}

// Upload attaches a file. Like Discord it writes underscores for what a name may not
// have.
func (d *Discord) Upload(name string, content []byte) *Attachment {
	d.mu.Lock()
	defer d.mu.Unlock()
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune("/\\:*?\"<>| ", r) {
			return '_'
		}
		return r
	}, name)
	a := &Attachment{ID: d.newID(), Name: name, Size: len(content), content: content}
	a.URL = "http://" + d.address + "/attachments/" + d.Channel.ID + "/" + a.ID + "/" + url.PathEscape(name) + "?ex=1&is=2&hm=" + a.ID
	d.attachments[a.ID] = a
	return a
}

// Address is where everything is served, host and port.
func (d *Discord) Address() string { return d.address }

// Content is what was uploaded.
func (a *Attachment) Content() []byte { return a.content }

func (a *Attachment) object() object {
	o := object{"id": a.ID, "filename": a.Name, "size": a.Size, "url": a.URL, "proxy_url": a.URL, "ephemeral": true}
	if kind := mime.TypeByExtension(path.Ext(a.Name)); kind != "" {
		o["content_type"] = kind
	}
	return o
}

// serveAttachment hands an attachment over, to whoever has its address.
func (d *Discord) serveAttachment(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	a := d.attachments[r.PathValue("id")]
	d.mu.Unlock()
	if a == nil || a.Name != r.PathValue("name") || r.URL.Query().Get("hm") != a.ID {
		http.Error(w, "This content is no longer available.", http.StatusNotFound)
		return
	}
	if kind := mime.TypeByExtension(path.Ext(a.Name)); kind != "" {
		w.Header().Set("Content-Type", kind)
	} else {
		w.Header().Set("Content-Type", "application/octet-stream")
	}
	_, _ = w.Write(a.content) // a client that went away is no news
}
