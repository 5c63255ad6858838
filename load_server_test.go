package main

// The program serving in a process of its own, and its figures.

import (
	"bufio"
	"flag"
	"io"
	"net/http"
	"net/http/pprof"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

var loadProfile = flag.String("load.pprof", "", "where the program of BenchmarkLoad shows its profiles, such as 127.0.0.1:6060; nowhere if empty")

// profileAt in the environment is where the test binary, when it is the program,
// shows its profiles.
const profileAt = "ONRECORD_TEST_PPROF"

// serveProfiles shows the profiles of this process where it was told to.
func serveProfiles() {
	if at := os.Getenv(profileAt); at != "" {
		mux := http.NewServeMux()
		mux.HandleFunc("/debug/pprof/", pprof.Index)
		mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
		go func() { _ = http.ListenAndServe(at, mux) }()
	}
}

// server is a program that serves.
type server struct {
	cmd     *exec.Cmd
	log     chan string // what it has logged; sent when it ends
	address string      // of its HTTP side
}

// listening finds the address of the HTTP side in the log.
var listening = regexp.MustCompile(`msg=listening address=(\S+)`)

// warning finds what the log has on what went wrong, without its particulars.
var warning = regexp.MustCompile(`level=(?:WARN|ERROR) msg=(?:"(?:\\.|[^"\\])*"|\S+)`)

// startServer runs the program on two cores, with more settings, until stop.
func startServer(b *testing.B, settings ...string) *server {
	b.Helper()
	s := &server{cmd: program(b, "serve"), log: make(chan string, 1)}
	s.cmd.Env = append(append(s.cmd.Env, "GOMAXPROCS=2", "HTTP_ADDR=127.0.0.1:0", profileAt+"="+*loadProfile), settings...)
	stderr, err := s.cmd.StderrPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		b.Fatalf("starting the program: %v", err)
	}
	found := make(chan string, 1)
	go s.read(stderr, found)
	select {
	case s.address = <-found:
	case <-time.After(loadPatience):
		b.Fatal("the program does not listen")
	}
	return s
}

func (s *server) read(stderr io.Reader, found chan<- string) {
	var log strings.Builder
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		log.WriteString(lines.Text() + "\n")
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			found <- m[1]
		}
	}
	s.log <- log.String()
}

// stop ends the program as an operator does, and shows what it warned of.
func (s *server) stop(b *testing.B) {
	b.Helper()
	_ = s.cmd.Process.Signal(syscall.SIGTERM) // it may have ended already
	log := <-s.log
	if err := s.cmd.Wait(); err != nil {
		b.Errorf("the program ended with %v", err)
	}
	warned := map[string]int{} // how often, by message
	for line := range strings.Lines(log) {
		if m := warning.FindString(line); m != "" {
			warned[m]++
		}
	}
	for m, times := range warned {
		b.Logf("%d times %s", times, m)
	}
}

// figures are what the program says of itself.
type figures struct {
	resident          float64 // bytes
	goroutines        float64
	cpu               float64 // seconds of a core
	limited, failures float64
	found, questions  float64
}

func (s *server) figures(b *testing.B) (f figures) {
	b.Helper()
	r, err := http.Get("http://" + s.address + "/metrics")
	if err != nil {
		b.Errorf("reading the program's figures: %v", err)
		return f
	}
	defer r.Body.Close()
	for lines := bufio.NewScanner(r.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		n, _ := strconv.ParseFloat(value, 64) // comments are no numbers
		name, labels, _ := strings.Cut(name, "{")
		switch name {
		case "process_resident_memory_bytes":
			f.resident = n
		case "process_cpu_seconds_total":
			f.cpu = n
		case "go_goroutines":
			f.goroutines = n
		case "onrecord_limited_total":
			f.limited = n
		case "onrecord_failures_total":
			f.failures = n
		case "onrecord_questions_total":
			f.questions += n
			if strings.Contains(labels, `outcome="found"`) {
				f.found += n
			}
		}
	}
	return f
}

// reportMemory compares the program's memory at the end with what it was once it
// had warmed.
func (s *server) reportMemory(b *testing.B, settled, end figures) {
	b.Helper()
	measured(b, settled.resident/1e6, "settled-MB")
	measured(b, end.resident/1e6, "end-MB")
	measured(b, end.resident/settled.resident, "×memory")
	measured(b, end.goroutines, "goroutines")
	measured(b, end.found/end.questions, "found")
}

// ownCPU is what this process, the Discord and those who ask, has taken, in
// seconds of a core.
func ownCPU(b *testing.B) float64 {
	b.Helper()
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	all, err := registry.Gather()
	if err != nil {
		b.Fatal(err)
	}
	for _, m := range all {
		if m.GetName() == "process_cpu_seconds_total" {
			return m.GetMetric()[0].GetCounter().GetValue()
		}
	}
	return 0
}
