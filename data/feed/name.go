package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/idna"

	"onrecord/data/folder"
)

// Parts of a file's name. Whole paths stay far below the 255 bytes a name and 260
// characters a path that the narrowest systems allow.
const (
	pages    = "feeds"
	suffix   = ".html"
	maxSlug  = 60 // bytes
	maxHost  = 80 // bytes
	hashSize = 12 // hexadecimal digits of a SHA-256: 48 bits, one host's pages never meet
	dayForm  = "2006-01-02"
)

// hostFolder is the folder of a site's pages, below the archive.
func hostFolder(link *url.URL) string {
	host := strings.ToLower(link.Hostname())
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	host = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '-'
	}, host)
	host = strings.Trim(cut(host, maxHost), ".-")
	if host == "" || folder.Reserved(host) {
		host = "site-" + host
	}
	return path.Join(pages, host)
}

// fileName is the name of a page's file in its folder: the day on which it was
// published, if the feed gives one, a word or two of its address, and what no
// other address has.
func fileName(item Item, link *url.URL) string {
	name := hashOf(link) + suffix
	if slug := slugOf(item, link); slug != "" {
		name = slug + "-" + name
	}
	if !item.Published.IsZero() && item.Published.Year() > 0 && item.Published.Year() < 10000 {
		name = item.Published.Format(dayForm) + "-" + name
	}
	return name
}

// slugOf is the last part of an address in small letters, digits and hyphens, or
// of the title where that has none.
func slugOf(item Item, link *url.URL) string {
	last := path.Base(link.Path)
	if ext := path.Ext(last); len(ext) <= len(".xhtml") {
		last = strings.TrimSuffix(last, ext)
	}
	if slug := hyphened(last); strings.ContainsFunc(slug, isLetter) {
		return slug
	}
	return hyphened(item.Title)
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }

func hyphened(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !isLetter(r) && (r < '0' || r > '9') })
	return strings.Trim(cut(strings.Join(words, "-"), maxSlug), "-")
}

// hashOf tells one page's address from another's, whatever was added to it to
// count readers.
func hashOf(link *url.URL) string {
	u := *link
	u.Scheme, u.Host, u.Fragment = "", strings.ToLower(u.Host), ""
	var kept []string
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		if !strings.HasPrefix(pair, "utm_") {
			kept = append(kept, pair)
		}
	}
	u.RawQuery, u.ForceQuery = strings.Join(kept, "&"), false
	sum := sha256.Sum256([]byte(u.String()))
	return hex.EncodeToString(sum[:])[:hashSize]
}
