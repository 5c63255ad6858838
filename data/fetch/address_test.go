package fetch_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"onrecord/data/fetch"
)

// TestCheckURL goes through URLs that are fetched and those that are not.
func TestCheckURL(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{ // to what it says, or the URL itself
		"http://lantern.example/a?b=c#d":                "http://lantern.example/a?b=c",
		" https://lantern.example:8443/ ":               "https://lantern.example:8443/",
		"HTTPS://Lantern.example":                       "https://Lantern.example",
		"http://93.184.215.14/":                         "http://93.184.215.14/",
		"http://[2606:2800:21f:cb07::1]/":               "http://[2606:2800:21f:cb07::1]/",
		"ftp://lantern.example/":                        "begins with http:// or https://",
		"javascript:alert(1)":                           "begins with http:// or https://",
		"lantern.example/a":                             "begins with http:// or https://",
		"//lantern.example/a":                           "begins with http:// or https://",
		"":                                              "begins with http:// or https://",
		"http:///a":                                     "has no host",
		"http://:80/":                                   "has no host",
		"http://nina:hush@lantern.example/":             "user name or password",
		"http://nina@lantern.example/":                  "user name or password",
		"http://@lantern.example/":                      "user name or password",
		"http://nina:hush@lantern.exa mple/":            "it is no URL",
		"http://lantern.example/\x00":                   "it is no URL",
		"http://lantern.example:22/":                    "port 22 is not one of the web",
		"http://lantern.example:0/":                     "is no port",
		"http://lantern.example:70000/":                 "is no port",
		"http://93.184.215.14:25/":                      "port 25 is not one of the web",
		"http://127.0.0.1/":                             "loopback",
		"http://127.8.9.1:8080/":                        "loopback",
		"http://0.0.0.0/":                               "this network",
		"http://10.1.2.3/":                              "private",
		"http://172.31.255.255/":                        "private",
		"http://192.168.0.1/":                           "private",
		"http://169.254.169.254/":                       "metadata",
		"http://168.63.129.16/":                         "metadata",
		"http://100.100.100.200/":                       "carrier",
		"http://224.0.0.1/":                             "multicast",
		"http://255.255.255.255/":                       "broadcast",
		"http://[::1]/":                                 "loopback",
		"http://[::]/":                                  "no address of the public internet",
		"http://[::ffff:127.0.0.1]/":                    "IPv4 address in IPv6 form",
		"http://[::ffff:93.184.215.14]/":                "IPv4 address in IPv6 form",
		"http://[::7f00:1]/":                            "no address of the public internet",
		"http://[64:ff9b::a9fe:a9fe]/":                  "NAT64",
		"http://[64:ff9b:1::1]/":                        "NAT64",
		"http://[fd00:ec2::254]/":                       "private",
		"http://[fe80::1]/":                             "link-local",
		"http://[fe80::1%25eth0]/":                      "link-local",
		"http://[ff02::1]/":                             "multicast",
		"http://[2002:7f00:1::]/":                       "6to4",
		"http://[2001::1]/":                             "protocols",
		"http://l.example/" + strings.Repeat("x", 9000): "at most 8000",
	} {
		u, err := fetch.CheckURL(raw)
		switch {
		case err == nil && u.String() != want:
			t.Errorf("%q was taken as %s", raw, u)
		case err != nil && (!errors.Is(err, fetch.ErrForbidden) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hush")):
			t.Errorf("%q: %v", raw, err)
		}
	}
}

// TestNoPassword never repeats a password, of whatever URL.
func TestNoPassword(t *testing.T) {
	t.Parallel()
	c, err := fetch.New(fetch.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range []string{"http://nina:hush@lantern.example/", "http://nina:hush@lantern.exa mple/", "ftp://nina:hush@[::/", "http://nina:hush@lantern.example:port/"} {
		if _, err := c.Get(t.Context(), fetch.Request{URL: raw}); err == nil || strings.Contains(err.Error(), "hush") {
			t.Errorf("it says: %v", err)
		}
	}
}

// nameServer answers every question about a name with its address here.
func nameServer(t *testing.T, names map[string]func() netip.Addr) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	t.Cleanup(func() { _ = conn.Close(); <-done })
	go func() {
		defer close(done)
		for buf := make([]byte, 1500); ; {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			_, _ = conn.WriteTo(nameAnswer(buf[:n], names), from)
		}
	}()
	var d net.Dialer
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return d.DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// nameAnswer is the answer to a question to a name server.
func nameAnswer(question []byte, names map[string]func() netip.Addr) []byte {
	var m dnsmessage.Message
	if m.Unpack(question) != nil || len(m.Questions) != 1 {
		return nil
	}
	m.Response, m.RCode, m.Additionals = true, dnsmessage.RCodeNameError, nil
	q := m.Questions[0]
	if address := names[strings.ToLower(q.Name.String())]; address != nil {
		m.RCode = dnsmessage.RCodeSuccess
		head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}
		addr := dnsmessage.ResourceBody(nil)
		switch a := address(); {
		case a.Is4() && q.Type == dnsmessage.TypeA:
			addr = &dnsmessage.AResource{A: a.As4()}
		case a.Is6() && q.Type == dnsmessage.TypeAAAA:
			addr = &dnsmessage.AAAAResource{AAAA: a.As16()}
		}
		if addr != nil {
			m.Answers = []dnsmessage.Resource{{Header: head, Body: addr}}
		}
	}
	out, _ := m.Pack()
	return out
}

// TestNames asks for names of which somebody else decides what they resolve to.
func TestNames(t *testing.T) {
	t.Parallel()
	fixed := func(s string) func() netip.Addr { return func() netip.Addr { return netip.MustParseAddr(s) } }
	resolver := nameServer(t, map[string]func() netip.Addr{
		"loop.wexmoor.example.":   fixed("127.0.0.1"),
		"home.wexmoor.example.":   fixed("192.168.1.1"),
		"meta.wexmoor.example.":   fixed("169.254.169.254"),
		"six.wexmoor.example.":    fixed("::1"),
		"local6.wexmoor.example.": fixed("fd00:ec2::254"),
		"nat.wexmoor.example.":    fixed("64:ff9b::7f00:1"),
		"mapped.wexmoor.example.": fixed("::ffff:127.0.0.1"),
	})
	s := newSite(t, map[string]http.HandlerFunc{"/": text("secret")})
	c, _ := s.client(t, fetch.Options{Resolver: resolver})
	for _, name := range []string{"loop", "home", "meta", "six", "local6", "nat", "mapped"} {
		for _, asked := range []bool{true, false} {
			_, err := c.Get(t.Context(), fetch.Request{URL: "http://" + name + ".wexmoor.example/", Asked: asked})
			if !errors.Is(err, fetch.ErrForbidden) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	_, err := c.Get(t.Context(), fetch.Request{URL: "http://none.wexmoor.example/", Asked: true})
	if err == nil || fetch.Lasting(err) || !strings.Contains(err.Error(), "no such host") {
		t.Errorf("a name that is not there: %v", err)
	}
	if s.paths() != "" {
		t.Errorf("it was asked for %s", s.paths())
	}
}

// TestDialled asks for a name that somebody has pointed at this machine: what is
// checked is the address that is dialled, each time, with its port.
func TestDialled(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]http.HandlerFunc{"/": text("secret")})
	other := newSite(t, map[string]http.HandlerFunc{"/": text("secret")})
	var asked atomic.Int32
	resolver := nameServer(t, map[string]func() netip.Addr{"turn.wexmoor.example.": func() netip.Addr {
		asked.Add(1)
		return netip.MustParseAddr("127.0.0.1")
	}})
	c, _ := s.client(t, fetch.Options{Resolver: resolver})
	_, port, _ := net.SplitHostPort(other.Listener.Addr().String())
	for range 3 {
		if _, err := c.Get(t.Context(), fetch.Request{URL: "http://turn.wexmoor.example:" + port + "/", Asked: true}); !errors.Is(err, fetch.ErrForbidden) {
			t.Errorf("it says: %v", err)
		}
	}
	if asked.Load() == 0 || other.paths() != "" {
		t.Errorf("looked up %d times, asked for %q", asked.Load(), other.paths())
	}
	_, port, _ = net.SplitHostPort(s.Listener.Addr().String())
	if _, err := c.Get(t.Context(), fetch.Request{URL: "http://turn.wexmoor.example:" + port + "/", Asked: true}); err != nil {
		t.Errorf("an address that is allowed: %v", err)
	}
}

// TestNoProxy dials the host itself, whatever the environment says.
func TestNoProxy(t *testing.T) {
	proxy := newSite(t, nil)
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, proxy.URL)
	}
	resolver := nameServer(t, map[string]func() netip.Addr{"home.wexmoor.example.": func() netip.Addr { return netip.MustParseAddr("10.0.0.1") }})
	c, _ := proxy.client(t, fetch.Options{Resolver: resolver})
	if _, err := c.Get(t.Context(), fetch.Request{URL: "http://home.wexmoor.example/"}); !errors.Is(err, fetch.ErrForbidden) {
		t.Errorf("it says: %v", err)
	}
	if proxy.paths() != "" {
		t.Errorf("the proxy was asked for %s", proxy.paths())
	}
}

// FuzzCheckURL: what is taken stays taken as it is written out, and never has a
// password or another scheme.
func FuzzCheckURL(f *testing.F) {
	for _, seed := range []string{"http://lantern.example/a?b#c", "http://127.1/", "https://[::1]:443/", "http://a:b@c/", "http://%6c/", "http://ä.example/ö", "http://[fe80::1%25a]/"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := fetch.CheckURL(raw)
		if err != nil {
			return
		}
		if u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Fragment != "" {
			t.Fatalf("%q was taken as %s", raw, u)
		}
		again, err := fetch.CheckURL(u.String())
		if err == nil && again.Host != u.Host {
			t.Fatalf("%q has host %q, then %q", raw, u.Host, again.Host)
		}
		if addr, err := netip.ParseAddr(u.Hostname()); err == nil && (!addr.IsGlobalUnicast() || addr.IsPrivate()) {
			t.Fatalf("%q was taken", raw)
		}
	})
}
