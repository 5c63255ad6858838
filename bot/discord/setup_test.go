package discord

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"onrecord/bot/discord/discordtest"
	"onrecord/bot/discord/gateway"
	"onrecord/bot/live"
	"onrecord/data"
	"onrecord/data/fetch"
	"onrecord/data/intake"
	"onrecord/data/quote"
)

// atOnce is how many tests run at a time, whatever the cores: they mostly wait, as
// discordgo does for a second whenever it closes a connection.
const atOnce = "4"

func TestMain(m *testing.M) {
	if err := flag.Set("test.parallel", atOnce); err != nil { // an option of the command line wins
		panic(err)
	}
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/blevesearch/bleve/v2/index/scorch.(*Scorch).analysisWorker"),
		goleak.IgnoreAnyFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"),
		goleak.IgnoreAnyFunction("github.com/golang/glog.(*fileSink).flushDaemon"))
}

// patient is how long a test waits for what should come in an instant.
const patient = 20 * time.Second

// articles are the archive of the tests. Everybody in them is invented.
var articles = map[string]string{
	"tolls.md": "---\ntitle: Tolls rise at Marnock\nsource: The Marnock Lantern\ndate: 2031-04-02\nurl: https://lantern.example/tolls\n---\n\n" +
		"“The toll is three coins,” said Corin Wexmoor, the bridge warden.\n\n" +
		"The bridge was opened on Monday.\n\n" +
		"Wexmoor said that the ropes were rotten.\n\n" +
		"Nina Ambledown said that the toll was too high.\n",
	"night.txt": "Boats at night\n\n“Nobody rows to Pellworth at night,” said Nina Ambledown, the harbour master.\n",
}

// lights are many statements of one speaker, for several pages.
func lights() string {
	var b strings.Builder
	b.WriteString("Lights of Pellworth\n\n")
	for n := range 20 {
		fmt.Fprintf(&b, "“Lamp number %d on the north pier of the old harbour burns until the last of the ferries is home,” said Tilda Marrable.\n\n", n+1)
	}
	return b.String()
}

// stage is a bot over an archive, connected to a Discord.
type stage struct {
	*discordtest.Discord
	bot     *Bot
	folder  string // of the articles
	index   string // its folder
	log     *logs
	stop    func() error // ends the bot, and is what Run returned
	archive *live.Archive
}

// logs collects what is logged.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// start runs a bot until the test ends. change may adjust its options.
func start(t *testing.T, o discordtest.Options, change func(*Options, *discordtest.Discord)) *stage {
	t.Helper()
	s := prepare(t, o, change)
	s.run(t)
	s.WaitReady(patient)
	return s
}

func prepare(t *testing.T, o discordtest.Options, change func(*Options, *discordtest.Discord)) *stage {
	t.Helper()
	s := &stage{Discord: discordtest.New(t, o), folder: t.TempDir(), index: filepath.Join(t.TempDir(), "index"), log: &logs{}}
	for name, text := range articles {
		s.write(t, name, text)
	}
	s.write(t, "lights.txt", lights())
	secrets := gateway.NewSecrets(gateway.Token(s.Token()))
	log := slog.New(secrets.Handler(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	s.archive = openArchive(t, s.folder, s.index, log)
	door := openIntake(t, s.folder, s.Address())
	opt := Options{
		Settings: Settings{Settings: gateway.Settings{Token: gateway.Token(s.Token()), APIURL: s.URL()},
			AdminUsers: []string{}, ReportsFile: filepath.Join(t.TempDir(), "reports.jsonl")},
		Archive: s.archive, Intake: door, Log: log, Secrets: secrets,
		Timing:  Timing{Progress: 20 * time.Millisecond},
		Gateway: gateway.Options{Seed: 1, HandshakeTimeout: 3 * time.Second, IdentifySpacing: time.Millisecond, BackoffBase: 5 * time.Millisecond, BackoffCap: 100 * time.Millisecond},
	}
	if change != nil {
		change(&opt, s.Discord)
	}
	bot, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	s.bot = bot
	return s
}

func openArchive(t *testing.T, folder, index string, log *slog.Logger) *live.Archive {
	t.Helper()
	archive, err := data.OpenArchive(folder)
	if err != nil {
		t.Fatal(err)
	}
	ex, err := quote.New()
	if err != nil {
		t.Fatal(err)
	}
	l, err := live.Open(archive, index, ex, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	if _, err := l.Update(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	return l
}

// openIntake is an intake of a folder that may ask these hosts, which are not of the
// public internet.
func openIntake(t *testing.T, folder string, hosts ...string) *intake.Intake {
	t.Helper()
	archive, err := data.OpenArchive(folder)
	if err != nil {
		t.Fatal(err)
	}
	o := fetch.Options{Delay: time.Millisecond}
	for _, h := range hosts {
		o.Allowed = append(o.Allowed, netip.MustParseAddrPort(h))
	}
	client, err := fetch.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return intake.New(archive, client)
}

// run starts the bot; it ends with the test, and nothing secret was logged.
func (s *stage) run(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.bot.Run(ctx) }()
	s.stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Errorf("the bot ended with %v", err)
		}
		if strings.Contains(s.log.String(), s.Token()) {
			t.Error("the log holds the token")
		}
	})
}

func (s *stage) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(s.folder, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// wants holds a text against what must be in it.
func wants(t *testing.T, text string, all ...string) {
	t.Helper()
	for _, w := range all {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not in\n%s", w, text)
		}
	}
}

// waitIdle waits until no handler is at work.
func (s *stage) waitIdle(t *testing.T) {
	t.Helper()
	for range 2000 {
		if s.bot.gateway.State().InFlight == 0 {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("a handler never ended")
}
