package folder_test

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/data/folder"
)

// moveIn names, in the environment of a child of the tests, the folder whose file it
// sets aside and puts back until it is killed.
const moveIn = "ONRECORD_TEST_MOVE_IN"

// tide is the file, and what it holds.
const (
	tide = "sub/tide.txt"
	text = "The tide is wrong.\n"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(moveIn); dir != "" {
		fmt.Fprintln(os.Stderr, moveForever(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// moveForever tells of each move when it is done.
func moveForever(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	for {
		kept, err := folder.SetAside(root, tide, time.Now())
		if err == nil {
			_, err = folder.PutBack(root, kept)
		}
		if err != nil {
			return err
		}
		fmt.Println("moved")
	}
}

// world is a folder with one file.
func world(t *testing.T) (*os.Root, string) {
	t.Helper()
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	if err := folder.Put(root, tide, []byte(text)); err != nil {
		t.Fatal(err)
	}
	return root, dir
}

// files are all files of a folder, by their paths.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		raw, err := os.ReadFile(name)
		below, _ := filepath.Rel(dir, name)
		all[filepath.ToSlash(below)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestPutNeverOver leaves a file that is there as it is, and nothing unfinished.
func TestPutNeverOver(t *testing.T) {
	t.Parallel()
	root, dir := world(t)
	if err := folder.Put(root, tide, []byte("other")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("it says %v", err)
	}
	for _, name := range []string{"../tide.txt", "/tide.txt", "sub/../../tide.txt"} {
		if err := folder.Put(root, name, []byte("x")); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if got := files(t, dir); len(got) != 1 || got[tide] != text {
		t.Errorf("there are %v", got)
	}
}

// TestAside takes a file out twice in a second, and puts it back.
func TestAside(t *testing.T) {
	t.Parallel()
	root, dir := world(t)
	now := time.Date(2031, 4, 2, 8, 0, 0, 0, time.UTC)
	first, err := folder.SetAside(root, tide, now)
	if err != nil || first != ".removed/20310402-080000/sub/tide.txt" {
		t.Fatalf("set aside as %q, %v", first, err)
	}
	if err := folder.Put(root, tide, []byte("other")); err != nil {
		t.Fatal(err)
	}
	if _, err := folder.PutBack(root, first); !errors.Is(err, fs.ErrExist) {
		t.Errorf("put back over another file: %v", err)
	}
	second, err := folder.SetAside(root, tide, now)
	if err != nil || second != ".removed/20310402-080000-2/sub/tide.txt" {
		t.Fatalf("set aside as %q, %v", second, err)
	}
	if name, err := folder.PutBack(root, first); err != nil || name != tide {
		t.Errorf("put back as %q, %v", name, err)
	}
	if got := files(t, dir); len(got) != 2 || got[tide] != text || got[second] != "other" {
		t.Errorf("there are %v", got)
	}
}

// TestAsideInside moves nothing that is no file of the folder.
func TestAsideInside(t *testing.T) {
	t.Parallel()
	root, dir := world(t)
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "out.txt"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "linked")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	for _, name := range []string{"", ".", "..", "../x", "/etc/hostname", "sub", "sub/../sub/tide.txt", "none.txt", "linked/out.txt", ".removed", ".removed/20310402-080000/x"} {
		if kept, err := folder.SetAside(root, name, time.Now()); err == nil {
			t.Errorf("%q was set aside as %s", name, kept)
		}
		if back, err := folder.PutBack(root, name); err == nil {
			t.Errorf("%q was put back as %s", name, back)
		}
	}
	for _, kept := range []string{".removed/../sub/tide.txt", ".removed/x", ".removed/x/../../sub/tide.txt", ".removed/x/none.txt"} {
		if back, err := folder.PutBack(root, kept); err == nil {
			t.Errorf("%q was put back as %s", kept, back)
		}
	}
	if got := files(t, dir); got[tide] != text || len(files(t, outside)) != 1 {
		t.Errorf("there are %v", got)
	}
}

// TestKilled kills a process that moves a file to and fro: whenever that is, the
// file is there, whole.
func TestKilled(t *testing.T) {
	t.Parallel()
	_, dir := world(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for n := range 10 {
		child := exec.CommandContext(t.Context(), self)
		child.Env = append(os.Environ(), moveIn+"="+dir)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		moved := bufio.NewScanner(out)
		for range 3*n + 1 {
			if !moved.Scan() {
				t.Fatal("it moved nothing")
			}
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait() // it was killed
		there := files(t, dir)
		if len(there) == 0 {
			t.Fatal("the file is lost")
		}
		for name, got := range there {
			if got != text {
				t.Errorf("%s holds %q", name, got)
			}
		}
		if _, there := there[tide]; !there { // it was killed when the file was aside
			for kept := range files(t, dir) {
				if folder.Kept(kept) && strings.HasSuffix(kept, tide) {
					root, _ := os.OpenRoot(dir)
					if _, err := folder.PutBack(root, kept); err != nil {
						t.Error(err)
					}
					root.Close()
					break
				}
			}
		}
	}
}
