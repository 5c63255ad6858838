package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// Defaults of Options.
const (
	// DefaultMaxBytes is how large an answer may be, as sent and as unpacked: what
	// the archive takes for one article.
	DefaultMaxBytes = 16 << 20
	// DefaultTimeout is how long one request may take, from dialling to its last
	// byte, waiting for its turn not counted.
	DefaultTimeout = 30 * time.Second
	// DefaultDelay is the pause between two requests to one host. Crawlers that
	// are well thought of wait one to ten seconds.
	DefaultDelay = 2 * time.Second
	// maxRedirects is how many are followed: what RFC 9309 asks for a robots.txt;
	// browsers follow 20.
	maxRedirects = 5
	// maxHeader bounds the header of an answer, in bytes.
	maxHeader = 256 << 10
	// maxRobots is how many sites' wishes are remembered.
	maxRobots = 256
)

// Name is how the program calls itself to hosts, and what a robots.txt calls it.
const Name = "onrecord"

// Options are what a Client keeps to. The zero value is fit for use.
type Options struct {
	Contact  string        // in the user agent: a mail address or URL at which a site can reach the operator
	MaxBytes int64         // 0: DefaultMaxBytes
	Timeout  time.Duration // 0: DefaultTimeout
	Delay    time.Duration // 0: DefaultDelay

	// Allowed are addresses that are dialled although they are not of the public
	// internet. They are for tests, and no setting may ever fill them.
	Allowed []netip.AddrPort

	// What tests replace; nil: the real ones.
	Resolver *net.Resolver
	Now      func() time.Time
	Sleep    func(context.Context, time.Duration) error
}

// Client gets pages. It is safe for concurrent use.
type Client struct {
	options Options
	http    *http.Client
	turns   *turns
	robots  *lru.Cache[string, wish]
}

// New makes a client.
func New(o Options) (*Client, error) {
	if err := CheckContact(o.Contact); err != nil {
		return nil, err
	}
	o = o.filled()
	robots, err := lru.New[string, wish](maxRobots)
	if err != nil {
		return nil, fmt.Errorf("making the memory of robots.txt files: %w", err)
	}
	c := &Client{options: o, robots: robots,
		turns: &turns{now: o.Now, sleep: o.Sleep, hosts: map[string]*host{}}}
	dialer := &net.Dialer{Timeout: o.Timeout, Resolver: o.Resolver, Control: c.control}
	c.http = &http.Client{
		Transport: &http.Transport{
			Proxy:                  nil, // not even the environment's: see the package comment
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			DisableCompression:     true, // unpacked here, within bounds
			MaxResponseHeaderBytes: maxHeader,
			MaxIdleConns:           16,
			IdleConnTimeout:        time.Minute,
			TLSHandshakeTimeout:    o.Timeout,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

func (o Options) filled() Options {
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Delay == 0 {
		o.Delay = DefaultDelay
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	return o
}

// sleep waits; it fails where ctx ends first.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// maxContact is how long a contact may be, in bytes.
const maxContact = 200

// CheckContact tells whether a contact can stand in a user agent: one word that
// is a mail address or a URL, or nothing.
func CheckContact(contact string) error {
	bad := func(r rune) bool { return r <= ' ' || r > '~' || r == '(' || r == ')' || r == '\\' }
	if contact == "" {
		return nil
	}
	if len(contact) > maxContact || strings.ContainsFunc(contact, bad) || !strings.ContainsAny(contact, "@/") {
		return fmt.Errorf("the contact %q should be a mail address or a URL", contact)
	}
	return nil
}

// Close lets go of connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Request says what to get.
type Request struct {
	URL string
	// Types are the media types to take, "text/html" say; all if empty.
	Types []string
	// MaxBytes bounds the answer further than Options do; 0: no further.
	MaxBytes int64
	// ETag and LastModified are those of a Page got before: where nothing has
	// changed since, the answer is a Page that is NotModified.
	ETag, LastModified string
	// Asked: somebody asked for this very page, as with a browser, so that
	// robots.txt, which is for programs that go by themselves, is not looked at.
	Asked bool
}

// Page is what was got.
type Page struct {
	URL                string // where it was at last, after redirects
	ContentType        string // as the host says it, its character set included, or as its first bytes look
	Body               []byte // unpacked
	ETag, LastModified string
	NotModified        bool // there is no body: it is as it was
}

// job is a request with its bounds.
type job struct {
	Request
	max int64 // bytes
	cut bool  // a longer answer is cut there, not refused
}

// Get gets a page. See the package comment for what is refused, and the kinds of
// errors for why.
func (c *Client) Get(ctx context.Context, r Request) (*Page, error) {
	most := c.options.MaxBytes
	if r.MaxBytes > 0 {
		most = min(most, r.MaxBytes)
	}
	return c.get(ctx, job{Request: r, max: most})
}

// errRedirects: the page is never reached.
var errRedirects = fmt.Errorf("it led on more than %d times", maxRedirects)

func (c *Client) get(ctx context.Context, j job) (*Page, error) {
	at := j.URL
	for range maxRedirects + 1 {
		page, next, err := c.step(ctx, at, j)
		switch {
		case err != nil && at != j.URL:
			return nil, fmt.Errorf("getting %s, which led to %s: %w", Shown(j.URL), Shown(at), err)
		case err != nil:
			return nil, fmt.Errorf("getting %s: %w", Shown(j.URL), err)
		case page != nil:
			return page, nil
		}
		at = next
	}
	return nil, fmt.Errorf("getting %s: %w", Shown(j.URL), errRedirects)
}

// step makes one request: either there is the page, or where to go next.
func (c *Client) step(ctx context.Context, at string, j job) (page *Page, next string, err error) {
	u, err := checkURL(at, c.options.Allowed)
	if err != nil {
		return nil, "", err
	}
	pause := c.options.Delay
	if !j.Asked {
		wanted, err := c.wishes(ctx, u)
		if err != nil {
			return nil, "", err
		}
		if !wanted.allows(u) {
			return nil, "", ErrRobots
		}
		pause = max(pause, wanted.delay)
	}
	h, err := c.turns.take(ctx, strings.ToLower(u.Hostname()))
	if err != nil {
		return nil, "", err
	}
	defer c.turns.release(h, pause)
	return c.exchange(ctx, u, j, h)
}

// exchange sends the request and reads the answer.
func (c *Client) exchange(ctx context.Context, u *url.URL, j job, h *host) (*Page, string, error) {
	limited, cancel := context.WithTimeout(ctx, c.options.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(limited, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, "", err
	}
	c.setHeader(req.Header, j)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, "", c.plain(ctx, err)
	}
	defer resp.Body.Close()
	c.leaveAlone(h, resp)
	page, next, err := c.answer(u, resp, j)
	if err != nil {
		return nil, "", c.plain(ctx, err)
	}
	return page, next, nil
}

func (c *Client) setHeader(h http.Header, j job) {
	agent := Name + "/1 (news archive)"
	if c.options.Contact != "" {
		agent = Name + "/1 (news archive; " + c.options.Contact + ")"
	}
	h.Set("User-Agent", agent)
	h.Set("Accept-Encoding", "gzip")
	accept := "*/*"
	if len(j.Types) > 0 {
		accept = strings.Join(j.Types, ", ") + ", */*;q=0.1"
	}
	h.Set("Accept", accept)
	if j.ETag != "" {
		h.Set("If-None-Match", j.ETag)
	}
	if j.LastModified != "" {
		h.Set("If-Modified-Since", j.LastModified)
	}
}

// plain takes from an error what the library put around it, which holds the URL
// once more, and says what ended where the time did.
func (c *Client) plain(ctx context.Context, err error) error {
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("it took longer than %s: %w", c.options.Timeout, context.DeadlineExceeded)
	}
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	var op *net.OpError
	if errors.As(err, &op) && errors.Is(op.Err, ErrForbidden) {
		return op.Err
	}
	return err
}
