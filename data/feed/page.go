package feed

import (
	"bytes"
	"html"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	markup "golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"onrecord/data/fetch"
)

// PageTypes are the media types of pages.
func PageTypes() []string { return []string{"text/html", "application/xhtml+xml"} }

// Content is the page as it is stored: in UTF-8, for its header, which may be all
// that names its character set, is not stored with it; and with the address that
// it had, as its canonical link, unless it names one itself. All else stays byte
// for byte.
func Content(p *fetch.Page) []byte {
	text := decode(p.Body, p.ContentType)
	link, at := canonical(text)
	base, err := url.Parse(p.URL)
	if err != nil {
		return text
	}
	if own, err := url.Parse(link); err == nil && link != "" {
		switch own = base.ResolveReference(own); {
		case own.Scheme != "http" && own.Scheme != "https":
		case own.String() == link:
			return text
		default:
			base = own
		}
	}
	tag := `<link rel="canonical" href="` + html.EscapeString(base.String()) + `">`
	return slices.Insert(text, at, []byte(tag)...)
}

// sniffed is how much of a page is looked at for its character set, as browsers
// do it.
const sniffed = 1024

// decode makes UTF-8 of a page. What is valid UTF-8 is taken for it, whatever it
// says of itself.
func decode(raw []byte, contentType string) []byte {
	escapes := bytes.IndexByte(raw, 0x1b) >= 0 // ISO-2022-JP is ASCII with those
	if utf8.Valid(raw) && !escapes {
		return bytes.Clone(bytes.TrimPrefix(raw, []byte("\ufeff")))
	}
	enc, _, _ := charset.DetermineEncoding(raw[:min(len(raw), sniffed)], contentType)
	text, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		text = raw
	}
	return bytes.TrimPrefix(bytes.ToValidUTF8(text, []byte("\ufffd")), []byte("\ufeff"))
}

// canonical finds the canonical link in a page's head, and the byte at which one
// may be put in: at the head's beginning, or where a head would begin.
func canonical(text []byte) (link string, at int) {
	z := markup.NewTokenizer(bytes.NewReader(text))
	for offset := 0; ; {
		kind := z.Next()
		offset += len(z.Raw())
		switch kind {
		case markup.ErrorToken:
			return "", at
		case markup.DoctypeToken:
			at = offset
		case markup.EndTagToken:
			if name, _ := z.TagName(); string(name) == "head" {
				return "", at
			}
		case markup.StartTagToken, markup.SelfClosingTagToken:
			switch token := z.Token(); token.Data {
			case "html", "head":
				at = offset
			case "body":
				return "", at
			case "link":
				if link := canonicalOf(token); link != "" {
					return link, at
				}
			}
		}
	}
}

// canonicalOf is the address in a canonical link; "" in any other link.
func canonicalOf(t markup.Token) string {
	var rel, href string
	for _, a := range t.Attr {
		switch a.Key {
		case "rel":
			rel = strings.ToLower(a.Val)
		case "href":
			href = strings.TrimSpace(a.Val)
		}
	}
	if !slices.Contains(strings.Fields(rel), "canonical") {
		return ""
	}
	return href
}
