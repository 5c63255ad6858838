package fetch

import (
	"errors"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// Limits of URLs.
const (
	// maxURL is how long a URL may be, in bytes: what RFC 9110, 4.1, recommends
	// that all support.
	maxURL = 8000
	// shownURL is how much of a URL that is no good an error shows, in bytes.
	shownURL = 200
	// firstFreePort is the first port that is not reserved for services of the
	// system (RFC 6335); below it only those of http and https are dialled.
	firstFreePort = 1024
)

// CheckURL tells whether a URL is one that is fetched, without asking anybody:
// http or https, a host, no user name or password, no address that is not of the
// public internet. The result has no fragment.
func CheckURL(raw string) (*url.URL, error) { return checkURL(raw, nil) }

// CheckURL tells whether a URL is one that the client fetches.
func (c *Client) CheckURL(raw string) (*url.URL, error) { return checkURL(raw, c.options.Allowed) }

func checkURL(raw string, allowed []netip.AddrPort) (*url.URL, error) {
	raw = strings.TrimSpace(raw)
	if len(raw) > maxURL {
		return nil, forbidden("the URL is %d bytes long, and at most %d are taken", len(raw), maxURL)
	}
	u, err := url.Parse(raw)
	if err != nil {
		var parse *url.Error // holds the URL, with its password
		if errors.As(err, &parse) {
			err = parse.Err
		}
		return nil, forbidden("it is no URL: %v", err)
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, forbidden("a URL begins with http:// or https://")
	case u.User != nil:
		return nil, forbidden("URLs with a user name or password are not fetched")
	case u.Hostname() == "":
		return nil, forbidden("the URL has no host")
	}
	u.Fragment, u.RawFragment = "", ""
	return u, checkHost(u, allowed)
}

// checkHost refuses ports that serve other things than the web, and hosts that
// are written as an address that is not dialled anyway.
func checkHost(u *url.URL, allowed []netip.AddrPort) error {
	port, err := strconv.ParseUint(portOf(u), 10, 16)
	if err != nil || port == 0 {
		return forbidden("%q is no port", u.Port())
	}
	addr, err := netip.ParseAddr(u.Hostname())
	if err != nil { // a name: what it resolves to is checked when it is dialled
		return checkPort(uint16(port))
	}
	return checkAddress(netip.AddrPortFrom(addr, uint16(port)), allowed)
}

func checkPort(port uint16) error {
	if port < firstFreePort && port != 80 && port != 443 {
		return forbidden("port %d is not one of the web: 80, 443 and those from %d on are", port, firstFreePort)
	}
	return nil
}

// portOf is the port that a URL means.
func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

// Shown is a URL as errors show it: without a password, and not endless.
func Shown(raw string) string {
	if u, err := url.Parse(raw); err == nil {
		raw = u.Redacted()
	} else if at := strings.LastIndexByte(raw, '@'); at >= 0 {
		raw = "…" + raw[at:]
	}
	if len(raw) > shownURL {
		raw = strings.ToValidUTF8(raw[:shownURL], "") + "…"
	}
	return strconv.Quote(raw)
}
