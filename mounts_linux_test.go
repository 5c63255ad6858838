package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// inMounts in the environment tells a test that it is in a mount namespace of its
// own, where it may mount what it likes and nobody else sees it.
const inMounts = "ONRECORD_TEST_MOUNTS"

// withMounts runs the test that calls it once more, in a process with a mount
// namespace of its own. It is true there; in the first process, where it is false,
// there is nothing more to do.
func withMounts(t *testing.T) bool {
	t.Helper()
	if os.Getenv(inMounts) != "" {
		return true
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^"+regexp.QuoteMeta(t.Name())+"$", "-test.v")
	cmd.Env = append(os.Environ(), inMounts+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		t.Fatalf("in a namespace of its own:\n%s", out)
	case err != nil:
		t.Skipf("this needs a mount namespace, as root or by user namespaces: %v", err)
	case bytes.Contains(out, []byte("--- SKIP")):
		t.Skipf("in a namespace of its own:\n%s", out)
	}
	t.Logf("in a namespace of its own:\n%s", out)
	return false
}

// mount mounts a small file system in memory, until the test ends.
func mount(t *testing.T, dir, options string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	_ = syscall.Mount("", "/", "", syscall.MS_PRIVATE|syscall.MS_REC, "") // root's namespaces share their mounts else
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("no tmpfs can be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }) // it may be gone already
}

func remount(t *testing.T, dir string, flags uintptr, options string) {
	t.Helper()
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|flags, options); err != nil {
		t.Fatalf("remounting %s: %v", dir, err)
	}
}

// onrecord runs the program to its end.
func onrecord(t *testing.T, args ...string) (stdout, stderr string, ok bool) {
	t.Helper()
	cmd := program(t, args...)
	var out, err bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &err
	ok = cmd.Run() == nil
	return out.String(), err.String(), ok
}

func wantIn(t *testing.T, text string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not in:\n%s", w, text)
		}
	}
}

// TestFullDisk fills a small disk up while an index on it is updated: the old
// state goes on answering, the error says what to do, and with more room the next
// run goes on.
func TestFullDisk(t *testing.T) {
	if !withMounts(t) {
		return
	}
	dir := t.TempDir()
	archive, disk := filepath.Join(dir, "archive"), filepath.Join(dir, "disk")
	if err := os.Mkdir(archive, 0o755); err != nil {
		t.Fatal(err)
	}
	mount(t, disk, "size=1m")
	ix := filepath.Join(disk, "ix")
	writeArchive(t, archive, 20, "first")
	finish(t, archive, ix)
	wantEdition(t, ix, 20, "first")

	const articles = 500
	writeArchive(t, archive, articles, "second")
	for _, args := range [][]string{{"index"}, {"index", "--full"}, {"index", "--check"}} {
		_, stderr, ok := onrecord(t, append(args, "--archive", archive, "--index", ix)...)
		if ok {
			t.Fatalf("%q fits on the disk", args)
		}
		wantIn(t, stderr, "the disk is full", ix, "make room there, or name another folder")
		wantEdition(t, ix, 20, "first")
	}
	stdout, stderr, ok := onrecord(t, "ask", "--archive", archive, "--index", ix, "what did Wexmoor say?")
	if !ok {
		t.Errorf("nothing was answered from the old state: %s", stderr)
	}
	wantIn(t, stdout, "first notice")
	wantIn(t, stderr, "The index was not brought up to date", "the disk is full", "The answer is from its last complete state")

	// Not one byte is left now, so that not even the progress can be told.
	fill(t, disk)
	if _, _, ok := onrecord(t, "index", "--archive", archive, "--index", ix); ok {
		t.Error("the index was updated on a disk without any room")
	}
	wantEdition(t, ix, 20, "first")

	if err := os.Remove(filepath.Join(disk, "filler")); err != nil {
		t.Fatal(err)
	}
	remount(t, disk, 0, "size=64m")
	finish(t, archive, ix)
	wantEdition(t, ix, articles, "second")
}

// fill takes all room that is left.
func fill(t *testing.T, disk string) {
	t.Helper()
	f, err := os.Create(filepath.Join(disk, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for chunk := make([]byte, 1<<16); len(chunk) > 0; {
		if _, err := f.Write(chunk); err != nil {
			chunk = chunk[:len(chunk)/2]
		}
	}
}

// TestReadOnlyFolders answers from an index and an archive that nobody may write
// to, and says what was not done.
func TestReadOnlyFolders(t *testing.T) {
	if !withMounts(t) {
		return
	}
	dir := t.TempDir()
	archive, disk := filepath.Join(dir, "archive"), filepath.Join(dir, "disk")
	mount(t, archive, "size=8m")
	mount(t, disk, "size=8m")
	ix := filepath.Join(disk, "ix")
	writeArchive(t, archive, 20, "first")

	// The archive read-only, the index not: all is as ever.
	remount(t, archive, syscall.MS_RDONLY, "size=8m")
	finish(t, archive, ix)
	wantEdition(t, ix, 20, "first")
	remount(t, archive, 0, "size=8m")

	// The index read-only, and nothing to update: that needs no writing.
	remount(t, disk, syscall.MS_RDONLY, "size=8m")
	stdout, stderr, ok := onrecord(t, "ask", "--archive", archive, "--index", ix, "what did Wexmoor say?")
	if !ok || stderr != "" {
		t.Errorf("asked while nothing had changed: %s", stderr)
	}
	wantIn(t, stdout, "first notice")

	writeArchive(t, archive, 20, "second")
	stdout, stderr, ok = onrecord(t, "ask", "--archive", archive, "--index", ix, "what did Wexmoor say?")
	if !ok {
		t.Errorf("nothing was answered from the state that there is: %s", stderr)
	}
	wantIn(t, stdout, "first notice")
	wantIn(t, stderr, "The index was not brought up to date: the index folder "+ix+" is to be updated, but it can't be written to")
	_, stderr, ok = onrecord(t, "index", "--archive", archive, "--index", ix)
	if ok {
		t.Error("a read-only index was updated")
	}
	wantIn(t, stderr, "it can't be written to: let this user write there, or name another folder with --index or INDEX_DIR")
	wantEdition(t, ix, 20, "first")

	// An index that is not there yet can't be made either.
	_, stderr, ok = onrecord(t, "ask", "--archive", archive, "--index", filepath.Join(disk, "new"), "what did Wexmoor say?")
	if ok {
		t.Error("asked without an index, and where none can be made")
	}
	wantIn(t, stderr, "it can't be written to", "name another folder")

	remount(t, disk, 0, "size=8m")
	finish(t, archive, ix)
	wantEdition(t, ix, 20, "second")
}

// TestUnmountedArchive takes the disk of an archive away, and of a folder in it:
// what was known is kept and said to be, and all is as before when it is back.
func TestUnmountedArchive(t *testing.T) {
	if !withMounts(t) {
		return
	}
	for name, at := range map[string]string{"the archive": ".", "a folder in it": "wire/disk"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			archive, ix := filepath.Join(dir, "archive"), filepath.Join(dir, "ix")
			disk := filepath.Join(archive, at)
			mount(t, disk, "size=8m")
			const articles = 5 // few: that the device is another one tells
			writeArchive(t, disk, articles, "first")
			write(t, filepath.Join(disk, "corrections.yaml"), "")
			finish(t, archive, ix)
			wantEdition(t, ix, articles, "first")

			if err := syscall.Unmount(disk, 0); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				stdout, stderr, ok := onrecord(t, "ask", "--archive", archive, "--index", ix, "what did Wexmoor say?")
				if !ok {
					t.Errorf("asked while the disk was away: %s", stderr)
				}
				wantIn(t, stdout, "first notice")
				wantIn(t, stderr, "0 files are there where 5 were", "as if its disk were not mounted", "what was known of it is kept", "onrecord index --removed")
			}
			if at == "." {
				_, stderr, ok := onrecord(t, "index", "--archive", archive, "--index", ix, "--full")
				if ok {
					t.Error("the index was built anew from nothing")
				}
				wantIn(t, stderr, "the archive looks as if its disk were not mounted")
			}
			wantEdition(t, ix, articles, "first")

			mount(t, disk, "size=8m")
			writeArchive(t, disk, articles, "second")
			finish(t, archive, ix)
			wantEdition(t, ix, articles, "second")

			// Away again, and this time it is meant.
			if err := syscall.Unmount(disk, 0); err != nil {
				t.Fatal(err)
			}
			stdout, stderr, ok := onrecord(t, "index", "--archive", archive, "--index", ix, "--removed")
			if !ok || !strings.Contains(stdout, fmt.Sprintf("%d removed", articles)) {
				t.Errorf("removed on purpose: %s%s", stdout, stderr)
			}
		})
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
