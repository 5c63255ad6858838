package fetch

import (
	"compress/gzip"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// answer reads what came back: the page, or where it is instead.
func (c *Client) answer(u *url.URL, resp *http.Response, j job) (page *Page, next string, err error) {
	switch code := resp.StatusCode; {
	case code == http.StatusOK:
		page, err = c.page(u, resp, j)
		return page, "", err
	case code == http.StatusNotModified && (j.ETag != "" || j.LastModified != ""):
		return &Page{URL: u.String(), NotModified: true, ETag: j.ETag, LastModified: j.LastModified}, "", nil
	case code == http.StatusMovedPermanently, code == http.StatusFound, code == http.StatusSeeOther,
		code == http.StatusTemporaryRedirect, code == http.StatusPermanentRedirect:
		to, err := u.Parse(resp.Header.Get("Location"))
		if err != nil || resp.Header.Get("Location") == "" {
			return nil, "", fmt.Errorf("the host answered %d without a place to go to", code)
		}
		return nil, to.String(), nil
	default:
		return nil, "", &StatusError{Code: code, Until: c.retryAfter(resp)}
	}
}

// page reads the body of an answer.
func (c *Client) page(u *url.URL, resp *http.Response, j job) (*Page, error) {
	contentType := resp.Header.Get("Content-Type")
	if contentType != "" {
		if err := checkType(contentType, j.Types); err != nil {
			return nil, err
		}
	}
	body, err := readBody(resp, j)
	if err != nil {
		return nil, err
	}
	if contentType == "" {
		contentType = http.DetectContentType(body)
		if err := checkType(contentType, j.Types); err != nil {
			return nil, err
		}
	}
	return &Page{URL: u.String(), ContentType: contentType, Body: body,
		ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified")}, nil
}

// checkType holds a media type against those that were asked for.
func checkType(contentType string, types []string) error {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil { // a bad parameter does not spoil the type before it
		media, _, _ = strings.Cut(contentType, ";")
		media = strings.ToLower(strings.TrimSpace(media))
	}
	if len(types) == 0 || slices.Contains(types, media) {
		return nil
	}
	return fmt.Errorf("%w: it is %q, and taken are %s", ErrType, media, strings.Join(types, ", "))
}

// readBody reads and unpacks a body; neither form may be longer than the bound.
func readBody(resp *http.Response, j job) ([]byte, error) {
	if resp.ContentLength > j.max && !j.cut {
		return nil, fmt.Errorf("%w: %d bytes, and at most %d are taken", ErrTooLarge, resp.ContentLength, j.max)
	}
	var body io.Reader = &bounded{r: resp.Body, left: j.max, max: j.max, cut: j.cut}
	switch coding := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); coding {
	case "", "identity":
	case "gzip", "x-gzip":
		unpacked, err := gzip.NewReader(body)
		if err != nil {
			return nil, fmt.Errorf("unpacking it: %w", err)
		}
		body = &bounded{r: unpacked, left: j.max, max: j.max, cut: j.cut}
	default:
		return nil, fmt.Errorf("it is packed as %q, and only gzip was asked for", coding)
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		return nil, fmt.Errorf("reading it: %w", err)
	}
	return raw, nil
}

// bounded reads no more than it may.
type bounded struct {
	r    io.Reader
	left int64
	max  int64
	cut  bool // what is longer ends there; else it is an error
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 || b.cut && b.left == 0 {
		if b.cut {
			return 0, io.EOF
		}
		return 0, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, b.max)
	}
	room := b.left
	if !b.cut {
		room++ // one more tells what is too long from what fits
	}
	n, err := b.r.Read(p[:min(int64(len(p)), room)])
	b.left -= int64(n)
	if b.left < 0 {
		return 0, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, b.max)
	}
	return n, err
}

// leaveAlone obeys a host that has had enough.
func (c *Client) leaveAlone(h *host, resp *http.Response) {
	if until := c.retryAfter(resp); !until.IsZero() {
		c.turns.leaveAlone(h, until)
	}
}

// retryAfter is until when an answer asks to be left alone; zero if it does not.
func (c *Client) retryAfter(resp *http.Response) time.Time {
	if resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode != http.StatusServiceUnavailable {
		return time.Time{}
	}
	now := c.options.Now()
	until := now.Add(defaultLeave)
	said := strings.TrimSpace(resp.Header.Get("Retry-After"))
	if seconds, err := strconv.ParseUint(said, 10, 31); err == nil {
		until = now.Add(time.Duration(seconds) * time.Second)
	} else if date, err := http.ParseTime(said); err == nil && date.After(now) {
		until = date
	}
	if latest := now.Add(maxLeave); until.After(latest) {
		return latest
	}
	return until
}
