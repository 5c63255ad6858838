package fetch

import (
	"net/netip"
	"slices"
	"syscall"
)

// block is a range of addresses that are not of the public internet.
type block struct {
	netip.Prefix
	what string
}

// closed4 are the IPv4 blocks that IANA's registry of special-purpose addresses
// (RFC 6890 and its successors) does not call globally reachable, multicast, and
// what clouds use for metadata although it looks public.
func closed4() []block {
	return []block{
		{netip.MustParsePrefix("0.0.0.0/8"), "an address of this network"},
		{netip.MustParsePrefix("10.0.0.0/8"), "a private address"},
		{netip.MustParsePrefix("100.64.0.0/10"), "an address behind a carrier's NAT"},
		{netip.MustParsePrefix("127.0.0.0/8"), "a loopback address"},
		{netip.MustParsePrefix("168.63.129.16/32"), "a cloud's metadata address"}, // Azure's
		{netip.MustParsePrefix("169.254.0.0/16"), "a link-local or metadata address"},
		{netip.MustParsePrefix("172.16.0.0/12"), "a private address"},
		{netip.MustParsePrefix("192.0.0.0/24"), "an address of protocols"},
		{netip.MustParsePrefix("192.0.2.0/24"), "an address for documentation"},
		{netip.MustParsePrefix("192.88.99.0/24"), "an address of 6to4 relays"},
		{netip.MustParsePrefix("192.168.0.0/16"), "a private address"},
		{netip.MustParsePrefix("198.18.0.0/15"), "an address for benchmarks"},
		{netip.MustParsePrefix("198.51.100.0/24"), "an address for documentation"},
		{netip.MustParsePrefix("203.0.113.0/24"), "an address for documentation"},
		{netip.MustParsePrefix("224.0.0.0/4"), "a multicast address"},
		{netip.MustParsePrefix("240.0.0.0/4"), "a reserved or broadcast address"},
	}
}

// closed6 names IPv6 blocks, for their messages; whatever lies outside of
// 2000::/3, the only block that is given out (RFC 4291, 2.4), is closed anyway.
func closed6() []block {
	return []block{
		{netip.MustParsePrefix("::1/128"), "a loopback address"},
		{netip.MustParsePrefix("::ffff:0:0/96"), "an IPv4 address in IPv6 form"},
		{netip.MustParsePrefix("64:ff9b::/96"), "a NAT64 address"},
		{netip.MustParsePrefix("64:ff9b:1::/48"), "a NAT64 address"},
		{netip.MustParsePrefix("fc00::/7"), "a private address"}, // metadata fd00:ec2::254 among them
		{netip.MustParsePrefix("fe80::/10"), "a link-local address"},
		{netip.MustParsePrefix("ff00::/8"), "a multicast address"},
		{netip.MustParsePrefix("2001::/23"), "an address of protocols"}, // Teredo among them
		{netip.MustParsePrefix("2001:db8::/32"), "an address for documentation"},
		{netip.MustParsePrefix("2002::/16"), "an IPv4 address in 6to4 form"},
		{netip.MustParsePrefix("3fff::/20"), "an address for documentation"},
	}
}

// checkAddress tells whether an address is dialled: it is of the public internet
// or explicitly allowed.
func checkAddress(to netip.AddrPort, allowed []netip.AddrPort) error {
	if slices.Contains(allowed, to) {
		return nil
	}
	addr := to.Addr()
	blocks := closed6()
	if addr.Is4() {
		blocks = closed4()
	}
	for _, b := range blocks {
		if b.Contains(addr.WithZone("")) {
			return forbidden("%s is %s, and only addresses of the public internet are dialled", addr, b.what)
		}
	}
	public6 := netip.MustParsePrefix("2000::/3")
	if addr.Is6() && !public6.Contains(addr) {
		return forbidden("%s is no address of the public internet", addr)
	}
	return checkPort(to.Port())
}

// control is a net.Dialer's Control: it sees the address itself, after all
// resolving, just before the connection is made.
func (c *Client) control(network, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return forbidden("%s %q is no address", network, address)
	}
	return checkAddress(to, c.options.Allowed)
}
