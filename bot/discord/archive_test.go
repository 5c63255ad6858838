package discord

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/bot/discord/discordtest"
	"onrecord/bot/live"
	"onrecord/data"
	"onrecord/data/feed"
	"onrecord/data/quote"
)

// ferry is an article that no archive of the tests has.
const ferry = "---\ntitle: Ferry stops for the winter\nauthor: Ada Quillhand\nsource: The Marnock Lantern\ndate: 2031-11-02\n---\n\n" +
	"“The ferry rests until the ice is gone,” said Hesper Ondaal, the ferry’s captain.\n\nOndaal said that nobody would be left behind.\n"

// adminStage is a bot whose admin is its Discord's User.
func adminStage(t *testing.T) *stage {
	t.Helper()
	return start(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) { o.Settings.AdminUsers = []string{d.User.ID} })
}

// has waits until an answer's message has some words, and returns its text.
func has(i *discordtest.Interaction, words string) string {
	return i.Until(patient, func(m discordtest.Message) bool { return strings.Contains(m.Text(), words) }).Text()
}

// files are the paths of an archive's files, hidden ones included.
func (s *stage) files(t *testing.T) (all []string) {
	t.Helper()
	err := filepath.WalkDir(s.folder, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			below, _ := filepath.Rel(s.folder, name)
			all = append(all, filepath.ToSlash(below))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// same tells of an archive that is not as it was.
func (s *stage) same(t *testing.T, before []string) {
	t.Helper()
	if after := s.files(t); strings.Join(after, "\n") != strings.Join(before, "\n") {
		t.Errorf("the archive holds %v, and before %v", after, before)
	}
}

// TestArchiveAdd adds an article that is attached: it is said what was understood,
// and questions find it. Sent again, it is known.
func TestArchiveAdd(t *testing.T) {
	t.Parallel()
	s := adminStage(t)
	add := s.Ask(s.User, s.Channel, "archive add", discordtest.Opt("file", s.Upload("Ferry & ice.md", []byte(ferry))))
	text := has(add, "Questions find it now")
	wants(t, text, "Added to the archive", "Ferry stops for the winter", "Ada Quillhand", "The Marnock Lantern", "2031-11-02", "Statements in it: 2",
		"Hesper Ondaal", "the ferry’s captain", "“The ferry rests until the ice is gone,”", "Articles now: 4", `added\/Ferry\_-\_ice.md`)
	if !add.Final(patient).Ephemeral() {
		t.Error("the others see it")
	}
	raw, err := os.ReadFile(filepath.Join(s.folder, "added", "Ferry_-_ice.md"))
	if err != nil || string(raw) != ferry {
		t.Errorf("stored is %q, %v", raw, err)
	}
	ask := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Ondaal say?"))
	wants(t, ask.Final(patient).Text(), "until the ice is gone")
	wants(t, s.log.String(), `msg="audit: archive add"`, "user="+s.User.ID, `msg="audit: added"`)

	before := s.files(t)
	again := s.Ask(s.User, s.Channel, "archive add", discordtest.Opt("file", s.Upload("other name.md", []byte(ferry))))
	wants(t, has(again, "Questions find it now"), "has this already", `added\/Ferry\_-\_ice.md`)
	s.same(t, before)
	// Another article of a name that is taken lies beside the first.
	third := s.Ask(s.User, s.Channel, "archive add", discordtest.Opt("file", s.Upload("Ferry & ice.md", []byte(strings.ReplaceAll(ferry, "winter", "night")))))
	wants(t, has(third, "Questions find it now"), "Ferry stops for the night", `ice-2.md`)
}

// TestArchiveAddMany adds a file that holds articles, with what of it is none.
func TestArchiveAddMany(t *testing.T) {
	t.Parallel()
	s := adminStage(t)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{"a/ferry.md": ferry, "b/empty.txt": " ", "../../outside.txt": "Out\n\nIt is out.\n"} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	add := s.Ask(s.User, s.Channel, "archive add", discordtest.Opt("file", s.Upload("news.zip", b.Bytes())))
	wants(t, has(add, "Questions find it now"), "Articles in it: 1", "why: 2**", "empty.txt", "leads out of the archive", "Ferry stops for the winter", "Hesper Ondaal")
}

// TestArchiveAddRefused refuses what is no article, each with a sentence, and leaves
// the archive as it was.
func TestArchiveAddRefused(t *testing.T) {
	t.Parallel()
	s := adminStage(t)
	before := s.files(t)
	large := s.Upload("large.txt", bytes.Repeat([]byte("The tide is wrong.\n"), 1<<20))
	lying := s.Upload("lying.txt", large.Content())
	lying.Size = 100
	gone := s.Upload("gone.txt", []byte(ferry))
	gone.URL = strings.Replace(gone.URL, "hm=", "hm=0", 1)
	elsewhere := s.Upload("elsewhere.txt", []byte(ferry))
	elsewhere.URL = "http://169.254.169.254/latest/meta-data/"
	for _, test := range []struct {
		file *discordtest.Attachment
		want string
	}{
		{s.Upload("ferry.docx", []byte(ferry)), "not a format that is read here"},
		{s.Upload("ferry", []byte(ferry)), "not a format that is read here"},
		{s.Upload("empty.txt", []byte(" \n")), "the file is empty"},
		{s.Upload("binary.txt", []byte("a\x00b")), "binary"},
		{s.Upload("list.html", []byte("<html><body><nav><a href=/a>A</a><a href=/b>B</a></nav></body></html>")), "no article's text"},
		{s.Upload("title.md", []byte("---\ntitle: Ferry\n---\n")), "no article's text"},
		{s.Upload("broken.zip", []byte("PK no zip at all")), "damaged"},
		{large, "larger than 16 MB"},
		{lying, "larger than 16 MB"},
		{gone, "404"},
		{elsewhere, "link-local or metadata address"},
	} {
		text := has(s.Ask(s.User, s.Channel, "archive add", discordtest.Opt("file", test.file)), "as it was")
		if !strings.Contains(strings.ToLower(text), strings.ToLower(test.want)) || !strings.Contains(text, "Not added") {
			t.Errorf("%s: %s", test.file.Name, text)
		}
	}
	wants(t, s.Ask(s.User, s.Channel, "archive add").Final(patient).Text(), "one thing")
	both := s.Ask(s.User, s.Channel, "archive add", discordtest.Opt("file", s.Upload("a.md", []byte(ferry))), discordtest.Opt("url", "https://lantern.example/"))
	wants(t, both.Final(patient).Text(), "one thing")
	s.same(t, before)
}

// TestArchiveAddPage adds a web page: stored where feeds keep theirs, known under
// each of its addresses, and none that is not of the public web.
func TestArchiveAddPage(t *testing.T) {
	t.Parallel()
	site := lantern(t)
	s := prepare(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) { o.Settings.AdminUsers = []string{d.User.ID} })
	s.bot.intake = openIntake(t, s.folder, site.Listener.Addr().String())
	s.run(t)
	s.WaitReady(patient)
	add := func(address string) *discordtest.Interaction {
		return s.Ask(s.User, s.Channel, "archive add", discordtest.Opt("url", address))
	}
	wants(t, has(add(site.URL+"/ferry"), "Questions find it now"), "Added to the archive", "Ferry to rest", "Marnock Lantern", "Hesper Ondaal", "“The ferry will rest in winter,”", "feeds")
	ask := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Ondaal say?"))
	wants(t, ask.Final(patient).Text(), "will rest in winter", site.URL+"/ferry")
	before := s.files(t)
	for _, address := range []string{site.URL + "/ferry", " " + site.URL + "/ferry?utm_source=x#top", site.URL + "/ferry?shared=by-a-friend"} {
		wants(t, has(add(address), "Questions find it now"), "has this already", "Ferry to rest")
	}
	for address, want := range map[string]string{site.URL + "/gone": "404", site.URL + "/list": "no article's text", site.URL + "/picture": "attached",
		"http://127.0.0.1:1/": "loopback address", "http://169.254.169.254/latest/meta-data/": "metadata", "file:///etc/passwd": "http", "the ferry": "http",
		"https://ada:canary@lantern.example/": "password", site.URL + "/inward": "loopback address", "http://[::1]/": "loopback", "http://10.0.0.1/": "private"} {
		text := has(add(address), "as it was")
		wants(t, strings.ToLower(text), want, "not added")
	}
	s.same(t, before)
	if strings.Contains(s.log.String(), "canary") {
		t.Error("the log holds a password")
	}
}

// lantern is a site with a page, on a real socket.
func lantern(t *testing.T) *httptest.Server {
	t.Helper()
	page := func(body string) string {
		return "<!doctype html><html><head><title>Ferry to rest | Marnock Lantern</title><meta property=og:site_name content=\"Marnock Lantern\">%s</head><body>" + body + "</body></html>"
	}
	story := page("<article><h1>Ferry to rest</h1><p>The ferry over the Zwolke, which has gone since the flood, is to rest until the ice is gone, its captain said.</p>" +
		"<p>“The ferry will rest in winter,” said Hesper Ondaal, who has been its captain since it was built, and looks after it for the town.</p>" +
		"<p>Until then it goes twice an hour, and the town pays for those who have to cross the river on their way to work.</p></article>")
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/ferry":
			fmt.Fprintf(w, story, "<link rel=canonical href=/ferry>")
		case "/list":
			fmt.Fprintf(w, page("<nav><a href=/a>A</a> <a href=/b>B</a></nav>"), "")
		case "/picture":
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write([]byte("\x89PNG"))
		case "/inward":
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(site.Close)
	return site
}

// TestArchiveAdmins lets nobody else at the archive: not the admin of another server
// that has the bot too, not by buttons, not by what completes.
func TestArchiveAdmins(t *testing.T) {
	t.Parallel()
	var foreign *discordtest.User
	var elsewhere *discordtest.Channel
	s := start(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) {
		foreign = d.AddUser("foreign")
		other := d.AddGuild("elsewhere")
		elsewhere = other.AddChannel("general")
		other.AddMember(foreign, discordtest.PermissionAdministrator|discordtest.PermissionManageServer)
		other.AddMember(d.User, 0)
		o.Settings.AdminUsers = []string{d.User.ID}
		o.Settings.AdminGuilds = []string{d.Guild.ID}
	})
	before := s.files(t)
	for _, i := range []*discordtest.Interaction{
		s.Ask(foreign, elsewhere, "archive add", discordtest.Opt("file", s.Upload("ferry.md", []byte(ferry)))),
		s.Ask(foreign, elsewhere, "archive add", discordtest.Opt("url", "https://lantern.example/ferry")),
		s.Ask(foreign, elsewhere, "archive remove", discordtest.Opt("article", "tolls.md")),
		s.Ask(foreign, elsewhere, "archive status"), s.Ask(foreign, s.DM(foreign), "archive status"),
	} {
		wants(t, i.Final(patient).Text(), "Only admins")
	}
	if choices := s.Autocomplete(foreign, elsewhere, "archive remove", "article", "").Choices(patient); len(choices) != 0 {
		t.Errorf("the archive's files are offered: %v", choices)
	}
	if help := s.Ask(foreign, elsewhere, "help").Final(patient).Text(); strings.Contains(help, "/reindex") {
		t.Errorf("the help says\n%s", help)
	}
	wants(t, s.Ask(s.User, s.Channel, "help").Final(patient).Text(), "/archive add", "/reindex")
	wants(t, s.log.String(), `msg="audit: archive add refused" user=`+foreign.ID, `msg="audit: archive remove refused"`, `msg="audit: archive status refused"`)
	// Somebody who makes up the press of a button that others have.
	asked := s.Ask(s.User, elsewhere, "archive remove", discordtest.Opt("article", "tolls.md")).Final(patient)
	s.Expect(discordtest.RuleToken)
	s.Raw("INTERACTION_CREATE", `{"id":"1","application_id":"1","type":3,"token":"forged-token-1","version":1,"channel_id":"`+elsewhere.ID+`","guild_id":"`+elsewhere.Guild.ID+
		`","data":{"custom_id":"`+asked.Button("Remove")+`","component_type":2},"member":{"user":{"id":"`+foreign.ID+`","username":"foreign"},"roles":[],"permissions":"40"},"message":`+asked.JSON+`}`)
	s.WaitViolation(discordtest.RuleToken, patient)
	wants(t, s.log.String(), `msg="audit: archive removal refused" user=`+foreign.ID)
	s.same(t, before)
}

// TestArchiveRemove removes an article, once that is confirmed, and puts it back.
func TestArchiveRemove(t *testing.T) {
	t.Parallel()
	s := adminStage(t)
	before := s.files(t)
	for typed, want := range map[string]string{"tol": "tolls.md", "rise marnock": "tolls.md", "NIGHT": "night.txt", "": "lights.txt"} {
		choices := s.Autocomplete(s.User, s.Channel, "archive remove", "article", typed).Choices(patient)
		if len(choices) == 0 || choices[0].Value != want {
			t.Errorf("%q is completed with %v", typed, choices)
		}
	}
	ask := func() string {
		return s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say about the toll?")).Final(patient).Text()
	}
	remove := func() discordtest.Message {
		m := s.Ask(s.User, s.Channel, "archive remove", discordtest.Opt("article", "tolls.md")).Final(patient)
		wants(t, m.Text(), "Remove this", "Tolls rise at Marnock", "The Marnock Lantern", "Statements in it: 3", "tolls.md")
		return m
	}
	m := remove()
	wants(t, s.Button(s.User, m, m.Button("Keep it")).Final(patient).Text(), "Nothing was removed")
	s.same(t, before)
	wants(t, ask(), "three coins")

	m = remove()
	removed := s.Button(s.User, m, m.Button("Remove")).Until(patient, func(m discordtest.Message) bool { return strings.Contains(m.Text(), "No answer shows it") })
	wants(t, removed.Text(), "Removed from the archive", ".removed", "Articles now: 2")
	wants(t, ask(), "on record") // nothing on record of him
	if strings.Contains(ask(), "three coins") {
		t.Error("what was removed answers")
	}
	kept, err := filepath.Glob(filepath.Join(s.folder, ".removed", "*", "tolls.md"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept are %v, %v", kept, err)
	}
	wants(t, s.log.String(), `msg="audit: removed" user=`+s.User.ID+" article=tolls.md")

	back := s.Button(s.User, removed, removed.Button("Put it back"))
	wants(t, has(back, "Questions find it now"), "Back in the archive", "tolls.md", "Articles now: 3")
	s.same(t, before)
	wants(t, ask(), "three coins")
}

// TestArchiveRemoveWhatIsNot refuses what is no file of the archive, and what would
// lead out of it.
func TestArchiveRemoveWhatIsNot(t *testing.T) {
	t.Parallel()
	s := adminStage(t)
	outside := filepath.Join(t.TempDir(), "outside.txt")
	if err := os.WriteFile(outside, []byte("Outside\n\nIt is out.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.write(t, "wire.jsonl", `{"id":"a","title":"Tide","text":"“The tide is wrong,” said Oleg Fennimarsh."}`+"\n")
	if err := os.Symlink(filepath.Dir(outside), filepath.Join(s.folder, "linked")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	has(s.Ask(s.User, s.Channel, "reindex"), "up to date")
	before := s.files(t)
	for chosen, want := range map[string]string{"../outside.txt": "no such file", "/etc/passwd": "no such file", ".removed": "no such file", "nothing": "no such file",
		outside: "no such file", "wire.jsonl#a": "inside of a file", "#aaaaaaaaaaaaaaaa": "no such file"} {
		wants(t, s.Ask(s.User, s.Channel, "archive remove", discordtest.Opt("article", chosen)).Final(patient).Text(), want)
	}
	m := s.Ask(s.User, s.Channel, "archive remove", discordtest.Opt("article", "linked/outside.txt")).Final(patient)
	wants(t, has(s.Button(s.User, m, m.Button("Remove")), "could not be changed"), "behind a link")
	if _, err := os.Stat(outside); err != nil {
		t.Error(err)
	}
	s.same(t, before)
	// A title that is typed as it is will do.
	wants(t, s.Ask(s.User, s.Channel, "archive remove", discordtest.Opt("article", "tolls rise at marnock")).Final(patient).Text(), "tolls.md")
	// What the index has not read yet.
	s.write(t, "new.txt", "New\n\nIt is new.\n")
	m = s.Ask(s.User, s.Channel, "archive remove", discordtest.Opt("article", "new.txt")).Final(patient)
	wants(t, m.Text(), "not read it yet")
	has(s.Button(s.User, m, m.Button("Remove")), "No answer shows it")
	// What is no article is not for removing.
	s.write(t, "people.yaml", "- name: Corin Wexmoor\n")
	wants(t, s.Ask(s.User, s.Channel, "archive remove", discordtest.Opt("article", "people.yaml")).Final(patient).Text(), "no such file")
	// What went away since it was asked for.
	m = s.Ask(s.User, s.Channel, "archive remove", discordtest.Opt("article", "night.txt")).Final(patient)
	if err := os.Remove(filepath.Join(s.folder, "night.txt")); err != nil {
		t.Fatal(err)
	}
	has(s.Button(s.User, m, m.Button("Remove")), "no such file")
}

// TestArchiveStatus tells how the archive is.
func TestArchiveStatus(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) {
		o.Settings.AdminUsers = []string{d.User.ID}
		o.Feeds = func() []feed.State {
			return []feed.State{{Feed: "https://lantern.example/rss", Stored: 12, Waiting: 2, Failures: 3, Fault: "the host answered 503", Next: time.Unix(1932962400, 0)}}
		}
	})
	s.write(t, "broken.txt", "")
	has(s.Ask(s.User, s.Channel, "reindex"), "broken.txt")
	text := s.Ask(s.User, s.Channel, "archive status").Final(patient).Text()
	wants(t, text, "Articles: 3", "Index: ", "Last brought up to date: <t:", "why: 1**", "broken.txt: the file is empty", "lantern.example", "pages stored: 12", "waiting: 2", "503", "<t:1932962400:R>")
	for n := range 400 {
		s.write(t, fmt.Sprintf("log-%d.txt", n), fmt.Sprintf("Log %d\n\n“Day %d was calm on the water of the harbour,” said Oleg Fennimarsh.\n", n, n))
	}
	run := s.Ask(s.User, s.Channel, "reindex")
	has(run, "Reading what has changed")
	wants(t, s.Ask(s.User, s.Channel, "archive status").Final(patient).Text(), "being brought up to date")
	has(run, "added: 400")
}

// TestArchiveAddWhileReindexing waits for the update that runs, which may have looked
// before the article was there.
func TestArchiveAddWhileReindexing(t *testing.T) {
	t.Parallel()
	s := adminStage(t)
	for n := range 400 {
		s.write(t, fmt.Sprintf("log-%d.txt", n), fmt.Sprintf("Log %d\n\n“Day %d was calm on the water of the harbour,” said Oleg Fennimarsh.\n", n, n))
	}
	run := s.Ask(s.User, s.Channel, "reindex", discordtest.Opt("full", true))
	has(run, "Building")
	add := s.Ask(s.User, s.Channel, "archive add", discordtest.Opt("file", s.Upload("ferry.md", []byte(ferry))))
	has(add, "being brought up to date")
	wants(t, has(add, "Questions find it now"), "Articles now: 404")
	has(run, "Articles now")
}

// TestArchiveAddOutlivesItsToken goes on in an ordinary message.
func TestArchiveAddOutlivesItsToken(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) {
		o.Settings.AdminUsers = []string{d.User.ID}
		o.Timing.TokenLife = time.Nanosecond
	})
	s.Ask(s.User, s.Channel, "archive add", discordtest.Opt("file", s.Upload("ferry.md", []byte(ferry))))
	sent := s.WaitSent(s.Channel, 1, patient)[0]
	for range 2000 {
		if strings.Contains(s.Message(sent.ID).Text(), "Questions find it now") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("it shows %s", s.Message(sent.ID).Text())
}

// TestArchiveAddEndsWithTheBot says what is done and what is not when the bot is told
// to stop before the index knows of it: the article stays.
func TestArchiveAddEndsWithTheBot(t *testing.T) {
	t.Parallel()
	s, release := heldStage(t)
	add := s.Ask(s.User, s.Channel, "archive add", discordtest.Opt("file", s.Upload("ferry.md", []byte(ferry))))
	has(add, "being brought up to date")
	context.AfterFunc(s.bot.ctx, func() { close(release) })
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	wants(t, add.Final(patient).Text(), "Added to the archive", "Hesper Ondaal", "the next start sees to it")
	if _, err := os.Stat(filepath.Join(s.folder, "added", "ferry.md")); err != nil {
		t.Error(err)
	}
}

// heldStage runs a bot for an admin over an archive with ten new files that can't be
// read before release is closed.
func heldStage(t *testing.T) (s *stage, release chan struct{}) {
	t.Helper()
	s = prepare(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) { o.Settings.AdminUsers = []string{d.User.ID} })
	release = make(chan struct{})
	s.bot.archive = openHeld(t, s, "log-", release)
	for n := range 10 {
		s.write(t, fmt.Sprintf("log-%d.txt", n), fmt.Sprintf("Log %d\n\n“Day %d was calm on the water of the harbour,” said Oleg Fennimarsh.\n", n, n))
	}
	s.run(t)
	s.WaitReady(patient)
	return s, release
}

// held is a folder with files that can't be opened before they are released.
type held struct {
	fs.FS
	prefix  string // of their names
	release <-chan struct{}
}

func (h held) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, h.prefix) {
		<-h.release
	}
	return h.FS.Open(name)
}

// openHeld opens the stage's archive with files that are held.
func openHeld(t *testing.T, s *stage, prefix string, release <-chan struct{}) *live.Archive {
	t.Helper()
	archive, err := data.OpenArchive(s.folder)
	if err != nil {
		t.Fatal(err)
	}
	archive.FS = held{archive.FS, prefix, release}
	ex, err := quote.New()
	if err != nil {
		t.Fatal(err)
	}
	l, err := live.Open(archive, s.index, ex, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

// TestArchiveOfTheProgram says what to do where there is no folder.
func TestArchiveOfTheProgram(t *testing.T) {
	t.Parallel()
	s := prepare(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) { o.Settings.AdminUsers = []string{d.User.ID} })
	s.bot.intake = openIntake(t, "", s.Address())
	s.run(t)
	s.WaitReady(patient)
	add := s.Ask(s.User, s.Channel, "archive add", discordtest.Opt("file", s.Upload("ferry.md", []byte(ferry))))
	wants(t, has(add, "sample archive"), `ARCHIVE\_DIR`)
	page := s.Ask(s.User, s.Channel, "archive add", discordtest.Opt("url", "https://lantern.example/ferry"))
	wants(t, has(page, "sample archive"), `ARCHIVE\_DIR`)
	m := s.Ask(s.User, s.Channel, "archive remove", discordtest.Opt("article", "tolls.md")).Final(patient)
	wants(t, m.Text(), `ARCHIVE\_DIR`)
}

// TestArchiveMalformed goes on after commands that Discord would not send.
func TestArchiveMalformed(t *testing.T) {
	t.Parallel()
	s := adminStage(t)
	for _, data := range []string{`{"id":"1","name":"archive","type":1}`, `{"id":"1","name":"archive","type":1,"options":[null]}`,
		`{"id":"1","name":"archive","type":1,"options":[{"name":"burn","type":1}]}`,
		`{"id":"1","name":"archive","type":1,"options":[{"name":"add","type":1,"options":[{"name":"file","type":11,"value":"7"}]}]}`,
		`{"id":"1","name":"archive","type":1,"options":[{"name":"add","type":1,"options":[{"name":"url","type":3,"value":7},null]}]}`} {
		s.Expect(discordtest.RuleToken)
		s.Raw("INTERACTION_CREATE", `{"id":"`+fmt.Sprint(len(data))+`","application_id":"1","type":2,"token":"forged-`+fmt.Sprint(len(data))+`","version":1,"channel_id":"`+s.Channel.ID+`","data":`+data+`,"user":{"id":"`+s.User.ID+`","username":"x"}}`)
		s.WaitViolation(discordtest.RuleToken, patient)
	}
	wants(t, s.Ask(s.User, s.Channel, "help").Final(patient).Text(), "/ask")
	if strings.Contains(s.log.String(), "panicked") {
		t.Errorf("the log says\n%s", s.log)
	}
}
