package main

// A benchmark of the bot under load:
//
//	go test . -run - -bench Load -benchtime 1x
//
// The program serves in a process of its own, on two cores, against a Discord on
// loopback that takes 50 ms for every call. It reads an archive of 100,000
// passages that load_archive_test.go writes, or the articles of -load.articles;
// a folder given with -load.kept keeps the index for the next run. The limits of
// the bot are its defaults.

import (
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"onrecord/bot/discord/discordtest"
)

var (
	loadArticles = flag.String("load.articles", "", "folder of the articles that BenchmarkLoad asks about; written for it if empty")
	loadKept     = flag.String("load.kept", "", "where BenchmarkLoad keeps its articles and their index; a temporary folder if empty")
	loadRate     = flag.Int("load.rate", 100, "questions a second of BenchmarkLoad")
	loadFor      = flag.Duration("load.for", time.Minute, "how long BenchmarkLoad asks")
)

const (
	loadPassages = 100_000
	loadUsers    = 1000
	// loadChannels is so many that none passes the bot's default of 60 questions a
	// minute and channel.
	loadChannels = 250
	loadLatency  = 50 * time.Millisecond
	// loadSettled is when memory is first looked at, to be compared with the end.
	loadSettled = 20 * time.Second
	// loadPatience is how long after the last question an answer is waited for.
	loadPatience = 30 * time.Second
)

// measured reports a figure, and shows it where the benchmark has failed too.
func measured(b *testing.B, value float64, unit string) {
	b.Helper()
	b.ReportMetric(value, unit)
	if b.Failed() {
		b.Logf("%10.4g %s", value, unit)
	}
}

// BenchmarkLoad measures how long people wait for the first reaction to /ask and
// for the finished answer, and what the program takes for it. It fails where an
// answer is lost, refused or against Discord's rules, of which the three seconds
// to the first reaction are one.
func BenchmarkLoad(b *testing.B) {
	dir := *loadKept
	if dir == "" {
		dir = b.TempDir()
	}
	articles := *loadArticles
	if articles == "" {
		articles = filepath.Join(dir, "articles")
		writeLoadArticles(b, articles)
	}
	index := filepath.Join(dir, "index")
	if out, err := program(b, "index", "--archive", articles, "--index", index).CombinedOutput(); err != nil {
		b.Fatalf("index: %v\n%s", err, out)
	}
	total := int(loadFor.Seconds() * float64(*loadRate))
	questions := loadQuestions(b, articles, total)
	for b.Loop() {
		d := discordtest.New(b, discordtest.Options{})
		s := startServer(b, "ARCHIVE_DIR="+articles, "INDEX_DIR="+index, "DISCORD_TOKEN="+d.Token(), "DISCORD_API_URL="+d.URL())
		d.WaitReady(loadPatience)
		crowd := newCrowd(d)
		d.Fault(func(f *discordtest.Faults) { f.Latency = loadLatency })
		before, ours := s.figures(b), ownCPU(b)
		settled := make(chan figures, 1)
		time.AfterFunc(loadSettled, func() { settled <- s.figures(b) })
		asked, late := crowd.ask(questions)
		wait(b, asked)
		after := s.figures(b)
		if after.limited > 0 || after.failures > 0 {
			b.Errorf("%v questions were refused as too many, %v failed", after.limited, after.failures)
		}
		report(b, asked)
		seconds := loadFor.Seconds()
		measured(b, late.Seconds()*1000, "late-ms")
		measured(b, (ownCPU(b)-ours)/seconds, "discord-cores")
		measured(b, (after.cpu-before.cpu)/seconds, "bot-cores")
		if *loadFor > loadSettled {
			s.reportMemory(b, <-settled, after)
		}
		s.stop(b)
	}
	b.ReportMetric(0, "ns/op")
}

// crowd are those who ask.
type crowd struct {
	d        *discordtest.Discord
	users    []*discordtest.User
	channels []*discordtest.Channel
}

func newCrowd(d *discordtest.Discord) *crowd {
	c := &crowd{d: d}
	for n := range loadChannels {
		c.channels = append(c.channels, d.Guild.AddChannel(fmt.Sprintf("questions-%d", n)))
	}
	for n := range loadUsers {
		u := d.AddUser(fmt.Sprintf("reader-%d", n))
		d.Guild.AddMember(u, 0)
		c.users = append(c.users, u)
	}
	return c
}

// ask asks the questions at even times, whatever becomes of them, and tells by
// how much the crowd itself was late at worst.
func (c *crowd) ask(questions []string) (asked []*discordtest.Interaction, late time.Duration) {
	began := time.Now()
	for n, q := range questions {
		due := began.Add(time.Duration(n) * time.Second / time.Duration(*loadRate))
		time.Sleep(time.Until(due))
		late = max(late, time.Since(due))
		asked = append(asked, c.d.Ask(c.users[n%len(c.users)], c.channels[n%len(c.channels)], "ask", discordtest.Opt("question", q)))
	}
	return asked, late
}

// wait waits until all questions are answered.
func wait(b *testing.B, asked []*discordtest.Interaction) {
	b.Helper()
	lost := 0
	end := time.Now().Add(loadPatience)
	for _, i := range asked {
		for i.Took() == 0 && time.Now().Before(end) {
			time.Sleep(time.Millisecond)
		}
		if i.Took() == 0 {
			lost++
		}
	}
	if lost > 0 {
		b.Errorf("%d of %d questions were not answered within %v", lost, len(asked), loadPatience)
	}
	measured(b, float64(lost), "lost")
}

// report reports how long people waited.
func report(b *testing.B, asked []*discordtest.Interaction) {
	b.Helper()
	var first, full []time.Duration
	for _, i := range asked {
		if i.Took() > 0 {
			first = append(first, i.FirstResponse(0).After)
			full = append(full, i.Took())
		}
	}
	if len(full) == 0 {
		return
	}
	for name, all := range map[string][]time.Duration{"first": first, "answer": full} {
		slices.Sort(all)
		for label, share := range map[string]float64{"p50": .5, "p99": .99, "max": 1} {
			at := min(len(all)-1, int(share*float64(len(all))))
			measured(b, all[at].Seconds()*1000, name+"-"+label+"-ms")
		}
	}
}
