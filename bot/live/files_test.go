package live

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"onrecord/index"
)

// TestFiles knows an archive's files, those that hold articles and those that are
// none included, and finds them by what is typed.
func TestFiles(t *testing.T) {
	t.Parallel()
	l, dir := open(t)
	write(t, dir, "ropes.md", "---\ntitle: Ropes of Marnock\nsource: The Marnock Lantern\ndate: 2031-04-02\n---\n\n“The ropes are rotten,” said Corin Wexmoor.\n")
	write(t, dir, "wire.jsonl", `{"id":"a","title":"Tide","text":"“The tide is wrong,” said Oleg Fennimarsh."}`+"\n"+`{"id":"b","title":"Ebb","text":"It is low."}`+"\n"+`{}`+"\n")
	write(t, dir, "empty.txt", "")
	if _, err := l.Files(); !errors.Is(err, ErrNotReady) {
		t.Errorf("before there is an index: %v", err)
	}
	if _, err := l.Update(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	all, err := l.Files()
	if err != nil || len(all) != 3 {
		t.Fatalf("there are %+v, %v", all, err)
	}
	for n, want := range []index.File{{Path: "empty.txt", Refused: "the file is empty"},
		{Path: "ropes.md", Title: "Ropes of Marnock", Source: "The Marnock Lantern", Date: "2031-04-02", Articles: 1, Statements: 1}, {Path: "wire.jsonl", Articles: 2, Statements: 1}} {
		if all[n] != want {
			t.Errorf("there is %+v, want %+v", all[n], want)
		}
	}
	for typed, want := range map[string]string{"": "[empty.txt ropes.md]", "ro": "[ropes.md]", "marnock ROPES": "[ropes.md]", ".": "[empty.txt ropes.md]", "wire": "[wire.jsonl]", "tide": "[]"} {
		found, err := l.CompleteFile(typed, 2)
		var paths []string
		for _, f := range found {
			paths = append(paths, f.Path)
		}
		if got := fmt.Sprint(paths); err != nil || got != want {
			t.Errorf("%q finds %s, want %s: %v", typed, got, want, err)
		}
	}
}

// TestSettle waits for an update that runs, and tells how far that is meanwhile.
func TestSettle(t *testing.T) {
	t.Parallel()
	l, dir := open(t)
	if s, err := l.Status(t.Context()); err != nil || s.Ready || s.Updating != nil || !s.Updated.IsZero() {
		t.Errorf("before anything: %+v, %v", s, err)
	}
	write(t, dir, "one.txt", "Ropes\n\n“The ropes are rotten,” said Corin Wexmoor.\n")
	running, goOn, first := make(chan struct{}), make(chan struct{}), true
	ended := make(chan error, 1)
	go func() {
		_, err := l.Update(context.Background(), false, func(index.Progress) {
			if first {
				first = false
				close(running)
				<-goOn
			}
		})
		ended <- err
	}()
	<-running
	if s, err := l.Status(t.Context()); err != nil || s.Updating == nil {
		t.Errorf("while it runs: %+v, %v", s, err)
	}
	write(t, dir, "two.txt", "Ferries\n\n“Nobody rows,” said Nina Ambledown.\n")
	short, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := l.Settle(short, nil, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it does not wait: %v", err)
	}
	time.AfterFunc(10*time.Millisecond, func() { close(goOn) })
	report, err := l.Settle(t.Context(), nil, nil)
	if err != nil || report.Articles != 2 {
		t.Errorf("in the end: %+v, %v", report, err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if s, err := l.Status(t.Context()); err != nil || !s.Ready || s.Updating != nil || s.Updated.IsZero() || s.Size.Articles != 2 {
		t.Errorf("after it: %+v, %v", s, err)
	}
}
