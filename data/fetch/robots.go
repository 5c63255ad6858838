package fetch

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// rules are what a robots.txt says to one program, as RFC 9309 reads it.
type rules struct {
	lines []rule
	delay time.Duration // Crawl-delay, which is no part of the RFC; 0 if none
}

type rule struct {
	allow bool
	path  string // with "*" and, at its end, "$"
}

// parseRobots reads what a robots.txt says to the program of a name: the groups
// that name it, together, or else those of "*". Lines that make no sense are
// passed over; nothing in it is an error.
func parseRobots(text, name string) rules {
	var own, all rules
	var named, any, inRules, found bool
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r", "\n")
	for line := range strings.Lines(text) {
		key, value := robotsLine(line)
		if key == "user-agent" {
			if inRules { // a group ends where the next one's names begin
				named, any, inRules = false, false, false
			}
			named = named || isNamed(value, name)
			any = any || value == "*"
			found = found || named
			continue
		}
		inRules = inRules || key == "allow" || key == "disallow"
		if named {
			own.add(key, value)
		}
		if any {
			all.add(key, value)
		}
	}
	if found {
		return own
	}
	return all
}

// robotsLine parts a line into its key, in lower case, and its value.
func robotsLine(line string) (key, value string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, _ = strings.Cut(line, ":")
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
}

// isNamed tells whether a User-agent line means a program: its product token,
// whatever version stands behind.
func isNamed(value, name string) bool {
	token := strings.FieldsFunc(value, func(r rune) bool {
		return r != '-' && r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	return len(token) > 0 && strings.HasPrefix(value, token[0]) && strings.EqualFold(token[0], name)
}

func (r *rules) add(key, value string) {
	switch key {
	case "allow", "disallow":
		if value != "" {
			r.lines = append(r.lines, rule{key == "allow", normal(value)})
		}
	case "crawl-delay":
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
			r.delay = time.Duration(min(s, maxWait.Seconds()) * float64(time.Second))
		}
	}
}

// allows tells whether a page may be fetched: the longest rule that fits it
// decides, and of two as long the one that allows.
func (r rules) allows(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path = normal(path)
	allowed, longest := true, -1
	for _, rule := range r.lines {
		if n := len(rule.path); (n > longest || n == longest && rule.allow) && fits(rule.path, path) {
			allowed, longest = rule.allow, n
		}
	}
	return allowed
}

// fits tells whether a rule's path stands at the beginning of a page's. A "*" is
// any characters, a "$" at its end the end. Taking the first place where the next
// piece stands is always right, but for the last piece before a "$".
func fits(pattern, path string) bool {
	pattern, atEnd := strings.CutSuffix(pattern, "$")
	pieces := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(path, pieces[0])
	if !ok {
		return false
	}
	for i, piece := range pieces[1:] {
		if atEnd && i == len(pieces)-2 {
			return strings.HasSuffix(rest, piece)
		}
		_, rest, ok = strings.Cut(rest, piece)
		if !ok {
			return false
		}
	}
	return !atEnd || rest == ""
}

// normal makes paths comparable byte by byte: what needs no escape has none, all
// else has one in capitals.
func normal(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' && i+2 < len(path) {
			if v, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				if i += 2; unreserved(byte(v)) {
					b.WriteByte(byte(v))
				} else {
					escape(&b, byte(v))
				}
				continue
			}
		}
		if c <= ' ' || c >= 0x7f {
			escape(&b, c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func escape(b *strings.Builder, c byte) {
	const digits = "0123456789ABCDEF"
	b.Write([]byte{'%', digits[c>>4], digits[c&15]})
}

// unreserved: RFC 3986, 2.3.
func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
