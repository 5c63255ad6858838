package gateway

import (
	"bytes"
	"flag"
	"log/slog"
	"os"
	"sync"
	"testing"

	"go.uber.org/goleak"
)

// This file holds what all tests share: a log that can be read, the check that
// no goroutine is left behind, and the canaries.

const (
	canaryToken       = "CANARY.bot-token.Zx81_q"
	canaryInteraction = "CANARYaW50ZXJhY3Rpb24interactiontoken"
	canaryRandom      = "CANARY_opaque-interaction_0815"
)

// libraryLog is where discordgo logs in all tests.
var libraryLog = &logBuffer{}

func TestMain(m *testing.M) {
	LogLibrary(slog.New(slog.NewTextHandler(libraryLog, nil)), NewSecrets(canaryToken))
	flag.Parse()
	if err := flag.Set("test.parallel", "64"); err != nil { // nearly all of a test is waiting: discordgo sleeps a second to close
		panic(err)
	}
	code := m.Run()
	if code == 0 && bytes.Contains(libraryLog.bytes(), []byte("CANARY")) {
		println("discordgo logged a secret:", string(libraryLog.bytes()))
		code = 1
	}
	if code == 0 {
		if err := goleak.Find(); err != nil {
			println(err.Error())
			code = 1
		}
	}
	os.Exit(code)
}

// logBuffer is a log's destination that may be read while it is written.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *logBuffer) bytes() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return bytes.Clone(b.buf.Bytes())
}

func (b *logBuffer) String() string { return string(b.bytes()) }
