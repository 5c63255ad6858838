package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the stories print into their golden files")

// TestMain makes the program itself a command of the stories, run in a process
// of its own.
func TestMain(m *testing.M) {
	if os.Getenv(beMain) != "" {
		serveProfiles()
		main()
		return
	}
	testscript.Main(m, map[string]func(){
		"onrecord": main,
		"holdlock": holdLock,
	})
}

// TestStories runs every testdata/*.txtar: articles in, answers out, through
// the real program.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, "cache"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status":   status,
			"bytes":    writeBytes,
			"damage":   damage,
			"flipbyte": flipByte,
			"killed":   leaveProgress,
			"sametime": sameTime,
			"many":     many,
			"few":      few,
			"empty":    empty,
			"later":    later,
			"waitfor":  waitFor,
		},
	})
}

// status N COMMAND ARGS runs a command and wants its exit status to be N.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command args...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("%s exited with %d, not %s", args[1], got, args[0])
	}
}

// writeBytes FILE CONTENT [TIMES] writes a Go string literal's bytes, so often.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: bytes file content [times]")
	}
	content, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	times := 1
	if len(args) > 2 {
		times, err = strconv.Atoi(args[2])
		ts.Check(err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(content, times)), 0o644))
}

// damage GLOB overwrites bytes in the middle of every file that matches.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	names, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(names) == 0 {
		ts.Fatalf("nothing matches %s", args[0])
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		ts.Check(err)
		for i := len(b) / 4; i < len(b)*3/4; i++ {
			b[i] ^= 0x5a
		}
		ts.Check(os.WriteFile(name, b, 0o644))
	}
}

// flipbyte GLOB changes a bit in the middle of every file that matches.
func flipByte(ts *testscript.TestScript, neg bool, args []string) {
	names, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(names) == 0 {
		ts.Fatalf("nothing matches %s", args[0])
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		ts.Check(err)
		b[len(b)/2] ^= 1
		ts.Check(os.WriteFile(name, b, 0o644))
	}
}

// killed INDEX DONE TOTAL leaves what a killed run leaves behind.
func leaveProgress(ts *testscript.TestScript, neg bool, args []string) {
	left := fmt.Sprintf(`{"pid":4713,"done":%s,"total":%s,"generation":"g000099"}`, args[1], args[2])
	ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), "progress.json"), []byte(left), 0o644))
}

// sametime FILE FILE... gives all files the first one's time of change, now.
func sameTime(ts *testscript.TestScript, neg bool, args []string) {
	now := time.Now().Truncate(time.Minute).Add(time.Minute)
	for _, name := range args {
		ts.Check(os.Chtimes(ts.MkAbs(name), now, now))
	}
}

// many DIR N writes N articles, few DIR N removes them.
func many(ts *testscript.TestScript, neg bool, args []string) {
	eachOfMany(ts, args, func(name string, n int) error {
		return os.WriteFile(name, fmt.Appendf(nil, "Boats\n\n“Boat %d is late,” said Nina Ambledown.\n", n), 0o644)
	})
}

func few(ts *testscript.TestScript, neg bool, args []string) {
	eachOfMany(ts, args, func(name string, _ int) error { return os.Remove(name) })
}

// empty FOLDER wants nothing to be in a folder.
func empty(ts *testscript.TestScript, neg bool, args []string) {
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(entries) > 0 {
		ts.Fatalf("%s holds %d files and folders, such as %s", args[0], len(entries), entries[0].Name())
	}
}

func eachOfMany(ts *testscript.TestScript, args []string, do func(name string, n int) error) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	for i := range n {
		ts.Check(do(filepath.Join(ts.MkAbs(args[0]), fmt.Sprintf("boat%03d.txt", i)), i))
	}
}

// later FILE sets a file's time of change a minute on.
func later(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		at := time.Now().Add(time.Minute)
		ts.Check(os.Chtimes(ts.MkAbs(name), at, at))
	}
}

// waitFor FILE waits until a file is there.
func waitFor(ts *testscript.TestScript, neg bool, args []string) {
	for range 500 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	ts.Fatalf("%s never came", args[0])
}

// holdLock is a process that holds an index's lock, as one that updates it
// does, until its standard input ends or a minute has gone.
func holdLock() {
	l := flock.New(filepath.Join(os.Args[1], "lock"))
	if ok, err := l.TryLock(); !ok || err != nil {
		fmt.Fprintln(os.Stderr, "holdlock: can't lock:", err)
		os.Exit(1)
	}
	if len(os.Args) > 2 {
		_ = os.WriteFile(filepath.Join(os.Args[1], "progress.json"), []byte(os.Args[2]), 0o644)
	}
	_ = os.WriteFile(filepath.Join(os.Args[1], "held"), nil, 0o644)
	time.Sleep(time.Minute)
}
