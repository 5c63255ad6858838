package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"onrecord/bot/discord/discordtest"
)

// serving is `onrecord serve` over the sample archive.
type serving struct {
	log    said
	status chan int
	stop   context.CancelFunc
}

// said is what the program wrote to standard error.
type said struct {
	mu sync.Mutex
	b  strings.Builder
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func serve(t *testing.T, d *discordtest.Discord, settings map[string]string) *serving {
	t.Helper()
	for name, value := range map[string]string{"DISCORD_TOKEN": d.Token(), "DISCORD_API_URL": d.URL(), "ARCHIVE_DIR": "",
		"INDEX_DIR": filepath.Join(t.TempDir(), "index"), "ADMIN_USER_IDS": d.User.ID} {
		t.Setenv(name, value)
	}
	for name, value := range settings {
		t.Setenv(name, value)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &serving{status: make(chan int, 1), stop: stop}
	go func() { s.status <- run(ctx, []string{"serve"}, streams{strings.NewReader(""), &s.log, &s.log}) }()
	t.Cleanup(stop)
	return s
}

// ended waits for the program's end and its exit status.
func (s *serving) ended(t *testing.T) int {
	t.Helper()
	select {
	case status := <-s.status:
		return status
	case <-time.After(time.Minute):
		t.Fatalf("it never ended:\n%s", &s.log)
		return 0
	}
}

// TestServe runs the whole program: it connects, reads the archive, answers, tells
// that it is ready, and ends in order.
func TestServe(t *testing.T) {
	d := discordtest.New(t, discordtest.Options{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	_ = l.Close()
	s := serve(t, d, map[string]string{"HTTP_ADDR": addr})
	const patient = 20 * time.Second
	d.WaitReady(patient)
	ready := func() bool {
		r, err := http.Get("http://" + addr + "/readyz")
		if err != nil {
			return false
		}
		defer r.Body.Close()
		return r.StatusCode == http.StatusOK
	}
	for n := 0; !ready(); n++ {
		if n == 400 {
			t.Fatalf("it is never ready:\n%s", &s.log)
		}
		time.Sleep(50 * time.Millisecond)
	}
	http.DefaultClient.CloseIdleConnections()
	text := d.Ask(d.User, d.Channel, "ask", discordtest.Opt("question", "what did Ushakov say?")).Final(patient).Text()
	if !strings.Contains(text, "“It gives us nothing,”") {
		t.Errorf("answered with\n%s", text)
	}
	s.stop()
	if status := s.ended(t); status != exitDone {
		t.Errorf("ended with %d:\n%s", status, &s.log)
	}
	if log := s.log.String(); !strings.Contains(log, "stopped") || strings.Contains(log, d.Token()) {
		t.Errorf("the log lacks the end or holds the token:\n%s", log)
	}
}

// TestServeRefused ends with what to do where Discord does not take the token.
func TestServeRefused(t *testing.T) {
	d := discordtest.New(t, discordtest.Options{})
	d.Fault(func(f *discordtest.Faults) { f.Unauthorized = true })
	s := serve(t, d, nil)
	if status := s.ended(t); status != exitFailed {
		t.Errorf("ended with %d:\n%s", status, &s.log)
	}
	if log := s.log.String(); !strings.Contains(log, "DISCORD_TOKEN") || strings.Contains(log, d.Token()) {
		t.Errorf("it says\n%s", log)
	}
}

// TestServeArchive lets an admin change the archive, and nobody else; what is
// attached comes from the public internet or not at all.
func TestServeArchive(t *testing.T) {
	d := discordtest.New(t, discordtest.Options{})
	site := lantern(t)
	_, port, _ := strings.Cut(site.Listener.Addr().String(), ":")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tide.txt"), []byte("The tide is wrong\n\n“It was high at noon,” said Oleg Fennimarsh.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s := serve(t, d, map[string]string{"ARCHIVE_DIR": dir, "FEEDS": "http://localhost:" + port + "/rss"})
	const patient = 20 * time.Second
	d.WaitReady(patient)
	logged(t, &s.log, `msg="the archive is read"`)
	logged(t, &s.log, `msg="a feed was not read"`)
	shows := func(i *discordtest.Interaction, words string) {
		t.Helper()
		i.Until(patient, func(m discordtest.Message) bool { return strings.Contains(m.Text(), words) })
	}
	shows(d.Ask(d.User, d.Channel, "archive add", discordtest.Opt("file", d.Upload("ebb.txt", []byte("Ebb\n\nIt is low.\n")))), "loopback address")
	shows(d.Ask(d.User, d.Channel, "archive add", discordtest.Opt("url", "http://localhost:"+port+"/bridge")), "loopback address")
	shows(d.Ask(d.User, d.Channel, "archive status"), "failures in a row: 1")
	m := d.Ask(d.User, d.Channel, "archive remove", discordtest.Opt("article", "tide.txt")).Final(patient)
	shows(d.Button(d.User, m, m.Button("Remove")), "Articles now: 0")
	other := d.AddUser("other")
	d.Guild.AddMember(other, discordtest.PermissionManageServer)
	shows(d.Ask(other, d.Channel, "archive status"), "Only admins")
	s.stop()
	if status := s.ended(t); status != exitDone {
		t.Errorf("ended with %d:\n%s", status, &s.log)
	}
}
