package live

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"onrecord/data"
	"onrecord/data/quote"
)

var (
	swapArticles = flag.Int("swap.articles", 2000, "how many articles, of 15 paragraphs each, BenchmarkSwap asks about")
	swapRate     = flag.Int("swap.rate", 100, "questions a second of BenchmarkSwap")
	swapCount    = flag.Int("swap.count", 30, "how many swaps BenchmarkSwap makes")
	swapFull     = flag.Bool("swap.full", false, "BenchmarkSwap builds the index anew each time, instead of taking an article in")
)

// around is how long before and after a swap a question counts as asked around it:
// the whole of a small update, and as much again after it.
const around = 250 * time.Millisecond

// swapWriter writes articles and questions of invented words, a few of them common
// and most of them rare.
type swapWriter struct{ *rand.Rand }

var (
	syllables = strings.Fields("ba ke li mo nu par ses tor vel win zam dri fos gul hep jan")
	surnames  = strings.Fields("wick worth combe low ham stone mere field gate")
	given     = strings.Fields("Ada Corin Daveth Elowen Hesper Ines Nina Osric Tamsin Wenna")
)

func (w swapWriter) rank(n int) int { return min(w.IntN(n), w.IntN(n), w.IntN(n)) }

func (w swapWriter) noun() string {
	n := w.rank(4000)
	return syllables[n%16] + syllables[n/16%16] + syllables[n/256%16]
}

func (w swapWriter) person() string {
	n := w.rank(1000)
	s := syllables[n%16] + surnames[n/16%len(surnames)]
	return given[n%len(given)] + " " + strings.ToUpper(s[:1]) + s[1:]
}

func (w swapWriter) clause() string {
	return fmt.Sprintf("the %s and the %s of the %s were sold for a %s", w.noun(), w.noun(), w.noun(), w.noun())
}

func (w swapWriter) article(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: Notice %d\nsource: The Lantern\ndate: 2031-%02d-%02d\n---\n", n, 1+n%12, 1+n%28)
	for range 15 {
		fmt.Fprintf(&b, "\n“%s,” said %s. %s.\n", w.clause(), w.person(), w.clause())
	}
	return b.String()
}

func (w swapWriter) question() string {
	switch w.IntN(4) {
	case 0:
		return fmt.Sprintf("what did %s say?", w.person())
	case 1:
		return fmt.Sprintf("what did %s say about the %s?", w.person(), w.noun())
	case 2:
		return fmt.Sprintf("who talked about the %s?", w.noun())
	}
	return fmt.Sprintf("what happened to the %s and the %s?", w.noun(), w.noun())
}

// BenchmarkSwap asks at a steady rate while one new article after another is taken
// into the index. It gives the p99 of the questions around the swaps beside that of
// those in between, so that whatever else the machine does is in both; none may
// fail.
func BenchmarkSwap(b *testing.B) {
	dir := b.TempDir()
	w := swapWriter{rand.New(rand.NewPCG(9, 10))}
	for n := range *swapArticles {
		write(b, dir, fmt.Sprintf("%05d.md", n), w.article(n))
	}
	l := openFolder(b, dir)
	if _, err := l.Update(b.Context(), false, nil); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		a := startAsking(b.Context(), b, l, *swapRate)
		time.Sleep(time.Second) // to warm up
		first := len(a.asked())
		var swaps []swap
		for n := range *swapCount {
			time.Sleep(8 * around)
			write(b, dir, fmt.Sprintf("new-%d.md", n), w.article(n))
			began := time.Now()
			r, err := l.Update(b.Context(), *swapFull, nil)
			if err != nil || r.Added == 0 {
				b.Fatalf("swap %d: %+v, %v", n, r, err)
			}
			swaps = append(swaps, swap{began, time.Now()})
		}
		near, steady := nearSwaps(a.stop()[first:], swaps)
		b.ReportMetric(quantile(steady, .5), "steady-p50-ms")
		b.ReportMetric(quantile(steady, .99), "steady-p99-ms")
		b.ReportMetric(quantile(near, .5), "around-p50-ms")
		b.ReportMetric(quantile(near, .99), "around-p99-ms")
		b.ReportMetric(quantile(near, .99)/quantile(steady, .99), "p99-ratio")
		b.ReportMetric(float64(len(near)), "around")
		b.ReportMetric(float64(len(steady)), "steady")
		b.ReportMetric(0, "ns/op")
	}
}

// asking asks questions at a steady rate, whether those before are answered or not.
type asking struct {
	cancel context.CancelFunc
	all    sync.WaitGroup
	mu     sync.Mutex
	took   []took
}

// took is when a question was asked and how long its answer took.
type took struct {
	at time.Time
	d  time.Duration
}

func startAsking(ctx context.Context, b *testing.B, l *Archive, rate int) *asking {
	ctx, cancel := context.WithCancel(ctx)
	a := &asking{cancel: cancel}
	w := swapWriter{rand.New(rand.NewPCG(11, 12))}
	a.all.Go(func() {
		tick := time.NewTicker(time.Second / time.Duration(rate))
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				question := w.question()
				a.all.Go(func() { a.ask(b, l, question) })
			}
		}
	})
	return a
}

func (a *asking) ask(b *testing.B, l *Archive, question string) {
	began := time.Now()
	if _, err := l.Answer(context.Background(), question, 5); err != nil {
		b.Errorf("%q: %v", question, err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.took = append(a.took, took{began, time.Since(began)})
}

func (a *asking) asked() []took {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.took)
}

func (a *asking) stop() []took {
	a.cancel()
	a.all.Wait()
	return a.took
}

// swap is when an update began, and when the new state had taken over.
type swap struct{ began, done time.Time }

// nearSwaps are the questions that were being answered around one of the swaps, and
// those that were while no update ran. What a rebuild does for minutes before its
// swap is in neither.
func nearSwaps(all []took, swaps []swap) (near, steady []took) {
	for _, t := range all {
		during := func(from, to time.Time) bool { return t.at.Before(to) && t.at.Add(t.d).After(from) }
		switch {
		case slices.ContainsFunc(swaps, func(s swap) bool { return during(s.done.Add(-around), s.done.Add(around)) }):
			near = append(near, t)
		case !slices.ContainsFunc(swaps, func(s swap) bool { return during(s.began, s.done) }):
			steady = append(steady, t)
		}
	}
	return near, steady
}

// quantile is how many milliseconds the given part of them took at most.
func quantile(all []took, part float64) float64 {
	if len(all) == 0 {
		return 0
	}
	d := make([]time.Duration, 0, len(all))
	for _, t := range all {
		d = append(d, t.d)
	}
	slices.Sort(d)
	return d[int(part*float64(len(d)-1))].Seconds() * 1000
}

// openFolder makes the archive of a folder live.
func openFolder(t testing.TB, dir string) *Archive {
	t.Helper()
	archive, err := data.OpenArchive(dir)
	if err != nil {
		t.Fatal(err)
	}
	ex, err := quote.New()
	if err != nil {
		t.Fatal(err)
	}
	l, err := Open(archive, filepath.Join(t.TempDir(), "index"), ex, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}
