// Commands with subcommands and attachments, as people use them and as they can't.

package discordtest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"onrecord/bot/discord/discordtest"
)

// shelf is a command with subcommands.
const shelf = `[{"name":"shelf","description":"d","options":[
	{"type":1,"name":"add","description":"d","options":[{"type":11,"name":"file","description":"d","required":true},{"type":3,"name":"note","description":"d","max_length":5,"min_length":2}]},
	{"type":1,"name":"find","description":"d","options":[{"type":3,"name":"title","description":"d","autocomplete":true}]}]}]`

// TestSubcommandsAndAttachments sends what people fill in, nested as Discord nests it,
// with what is attached, which is served to whoever has its address.
func TestSubcommandsAndAttachments(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	rest(t, d, "PUT", "/applications/"+d.AppID()+"/commands", shelf)
	s, _ := ready(t, d, 0)
	file := d.Upload("a day at sea?.txt", []byte("It was calm."))
	if file.Name != "a_day_at_sea_.txt" {
		t.Errorf("it is called %s", file.Name)
	}
	i := d.Ask(d.User, d.Channel, "shelf add", discordtest.Opt("file", file), discordtest.Opt("note", "calm"))
	type option struct {
		Name    string
		Type    int
		Value   any
		Focused bool
		Options []option
	}
	var event struct {
		Data struct {
			Name     string
			Options  []option
			Resolved struct {
				Attachments map[string]struct {
					Filename, URL string
					Size          int
				}
			}
		}
	}
	read := func() {
		t.Helper()
		if err := json.Unmarshal(s.next(0, "INTERACTION_CREATE").Data, &event); err != nil {
			t.Fatal(err)
		}
	}
	read()
	got := event.Data
	if got.Name != "shelf" || len(got.Options) != 1 || got.Options[0].Name != "add" || got.Options[0].Type != 1 || len(got.Options[0].Options) != 2 {
		t.Fatalf("sent is %+v", got)
	}
	if o := got.Options[0].Options[0]; o.Type != 11 || o.Value != file.ID {
		t.Errorf("attached is %+v", o)
	}
	a := got.Resolved.Attachments[file.ID]
	if a.Filename != file.Name || a.Size != 12 {
		t.Errorf("resolved is %+v", a)
	}
	for address, want := range map[string]int{a.URL: http.StatusOK, strings.Replace(a.URL, "hm=", "hm=0", 1): http.StatusNotFound, strings.Replace(a.URL, "a_day", "b_day", 1): http.StatusNotFound} {
		r, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(address)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if r.StatusCode != want || want == http.StatusOK && string(body) != "It was calm." {
			t.Errorf("%s: %d %s", address, r.StatusCode, body)
		}
	}
	respond(t, d, i, `{"type":5}`)
	typed := d.Autocomplete(d.User, d.Channel, "shelf find", "title", "se")
	event.Data.Options = nil
	read()
	if o := event.Data.Options; len(o) != 1 || o[0].Name != "find" || len(o[0].Options) != 1 || !o[0].Options[0].Focused || o[0].Options[0].Value != "se" {
		t.Errorf("typed is %+v", o)
	}
	respond(t, d, typed, choices(1, "sea"))
	if got := typed.Choices(patience); len(got) != 1 || got[0].Name != "sea" {
		t.Errorf("offered are %v", got)
	}
}

// TestUnusable fails a test that uses commands as nobody can.
func TestUnusable(t *testing.T) {
	t.Parallel()
	for want, use := range map[string]func(*discordtest.Discord){
		"can only be used with one of its subcommands": func(d *discordtest.Discord) { d.Ask(d.User, d.Channel, "shelf") },
		"has no subcommand":                            func(d *discordtest.Discord) { d.Ask(d.User, d.Channel, "shelf burn") },
		`has no subcommand "more"`:                     func(d *discordtest.Discord) { d.Ask(d.User, d.Channel, "shelf find more") },
		"no such command":                              func(d *discordtest.Discord) { d.Ask(d.User, d.Channel, "attic") },
		`requires the option "file"`:                   func(d *discordtest.Discord) { d.Ask(d.User, d.Channel, "shelf add") },
		"is of type 11, not 3":                         func(d *discordtest.Discord) { d.Ask(d.User, d.Channel, "shelf add", discordtest.Opt("file", "7")) },
		"no text of such a length": func(d *discordtest.Discord) {
			d.Ask(d.User, d.Channel, "shelf add", discordtest.Opt("file", d.Upload("a.txt", nil)), discordtest.Opt("note", "stormy"))
		},
		`has no option "file"`: func(d *discordtest.Discord) {
			d.Ask(d.User, d.Channel, "shelf find", discordtest.Opt("file", d.Upload("a.txt", nil)))
		},
		"has no autocomplete": func(d *discordtest.Discord) { d.Autocomplete(d.User, d.Channel, "shelf add", "note", "x") },
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			r := &recorder{TB: t}
			d := discordtest.New(r, discordtest.Options{})
			rest(t, d, "PUT", "/applications/"+d.AppID()+"/commands", shelf)
			use(d)
			failures := r.end()
			if len(failures) == 0 || !strings.Contains(failures[0], want) {
				t.Errorf("it fails with %q", failures)
			}
		})
	}
}
