// Command picture draws Discord messages as Discord's clients show them, for
// people who change what the bot says and want to see it:
//
//	npm ci --prefix bot/discord/message/picture
//	go run ./bot/discord/message/picture -out pictures sample-ushakov acts
//
// It takes messages of bot/discord/message/testdata/golden by name (all of them
// without names), reads their Markdown with internal/markdown, writes it in the
// web components of @skyra/discord-components-core, and lets a Chromium that is
// installed photograph it, dark and light, wide and narrow.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	golden  = "bot/discord/message/testdata/golden"
	modules = "bot/discord/message/picture/node_modules"
	// tallest is the height of the window, in pixels, of which what is empty is
	// cut off.
	tallest = 12000
	// patience is how long Chromium may take for one picture.
	patience = 60 * time.Second
)

// view is one way of looking at messages.
type view struct {
	name  string
	width int // pixels
	light bool
}

var views = []view{{"dark", 720, false}, {"light", 720, true}, {"dark-narrow", 400, false}, {"light-narrow", 400, true}}

func main() {
	out := flag.String("out", "pictures", "the folder for the pictures")
	browser := flag.String("browser", "chromium", "the Chromium to use")
	only := flag.String("view", "", "one of dark, light, dark-narrow, light-narrow; all without")
	flag.Parse()
	if err := run(*out, *browser, *only, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func run(out, browser, only string, names []string) error {
	page, err := pageOf(names)
	if err != nil {
		return err
	}
	if _, err := os.Stat(modules); err != nil {
		return fmt.Errorf("finding the web components: %w; run npm ci --prefix %s", err, filepath.Dir(modules))
	}
	at, stop, err := serve(page)
	if err != nil {
		return err
	}
	defer stop()
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, v := range views {
		if only != "" && only != v.name {
			continue
		}
		if err := photograph(browser, at, v, filepath.Join(out, v.name+".png")); err != nil {
			return err
		}
	}
	return nil
}

// pageOf reads messages by name, all where there are no names.
func pageOf(names []string) ([]*discordgo.Message, error) {
	if len(names) == 0 {
		names = []string{"*"}
	}
	var out []*discordgo.Message
	for _, n := range names {
		files, err := filepath.Glob(filepath.Join(golden, n+".json"))
		if err != nil || len(files) == 0 {
			return nil, fmt.Errorf("no message %q in %s; run from the repository's root: %v", n, golden, err)
		}
		for _, f := range files {
			raw, err := os.ReadFile(f)
			if err != nil {
				return nil, err
			}
			var m discordgo.Message
			if err := json.Unmarshal(raw, &m); err != nil {
				return nil, fmt.Errorf("reading %s: %w", f, err)
			}
			out = append(out, &m)
		}
	}
	return out, nil
}

// serve shows the page and the web components on this machine alone.
func serve(page []*discordgo.Message) (string, func(), error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/node_modules/", http.StripPrefix("/node_modules/", http.FileServer(http.Dir(modules))))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(document(page, r.FormValue("light") != "", r.FormValue("width"))))
	})
	s := &http.Server{Handler: mux, ReadHeaderTimeout: time.Second}
	go func() { _ = s.Serve(l) }()
	return "http://" + l.Addr().String(), func() { _ = s.Close() }, nil
}

func photograph(browser, at string, v view, file string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	address := fmt.Sprintf("%s/?width=%d", at, v.width)
	if v.light {
		address += "&light=1"
	}
	raw := file + ".raw.png"
	defer os.Remove(raw)
	cmd := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=10000",
		fmt.Sprintf("--window-size=%d,%d", max(v.width, 500), tallest), "--screenshot="+raw, address)
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("photographing with %s: %w: %s", browser, err, strings.TrimSpace(string(said)))
	}
	return crop(raw, file, v.width)
}

// crop keeps the page's width, and its height less the empty rows at the end.
func crop(from, to string, width int) error {
	raw, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("reading the picture: %w", err)
	}
	ground := img.At(1, img.Bounds().Max.Y-1)
	bottom := img.Bounds().Max.Y
	for ; bottom > 1; bottom-- {
		empty := true
		for x := 0; x < width && empty; x++ {
			empty = img.At(x, bottom-1) == ground
		}
		if !empty {
			break
		}
	}
	kept := image.NewRGBA(image.Rect(0, 0, width, min(bottom+12, img.Bounds().Max.Y)))
	draw.Draw(kept, kept.Bounds(), img, image.Point{}, draw.Src)
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestCompression}
	if err := e.Encode(&b, kept); err != nil {
		return err
	}
	return os.WriteFile(to, b.Bytes(), 0o644)
}
