package feed_test

import (
	"net/http"
	"testing"
)

// TestStates tells how a feed is, as it goes well and badly, and after a start too.
func TestStates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.set("/feed", list("/bridge", "/ferry", "/gone"))
	w.set("/bridge", story("x"))
	w.set("/ferry", answer(http.StatusBadGateway))
	r := w.reader(t)
	if all := r.States(); len(all) != 1 || all[0].Feed != w.URL+"/feed" || all[0].Stored+all[0].Waiting+all[0].Failures > 0 || !all[0].Next.IsZero() {
		t.Errorf("before anything: %+v", all)
	}
	w.poll(t, r)
	if got := r.States()[0]; got.Stored != 1 || got.Waiting != 1 || got.Refused != 1 || got.Fault != "" || !got.Next.After(w.Now()) {
		t.Errorf("after a poll: %+v", got)
	}
	w.set("/feed", answer(http.StatusInternalServerError))
	w.poll(t, r)
	if got := w.reader(t).States()[0]; got.Failures != 1 || got.Fault != "the host answered 500 Internal Server Error" || got.Stored != 1 {
		t.Errorf("after one that failed: %+v", got)
	}
	w.set("/feed", list("/bridge"))
	w.poll(t, r)
	if got := r.States()[0]; got.Failures != 0 || got.Fault != "" {
		t.Errorf("well again: %+v", got)
	}
}
