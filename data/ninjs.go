package data

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"strings"

	"golang.org/x/net/html"
)

// ninjs, news items in JSON, .json: versions 1 to 3 of the standard, told by
// their fields.

// ErrNoNinjs refuses JSON of another kind.
const ErrNoNinjs = Refusal("it is JSON, but no news item (ninjs): it has no body_text, body_xhtml or bodies")

// ninjs are the fields that are read. Version 3 has lists where the earlier ones
// have single values.
type ninjs struct {
	URI       string      `json:"uri"`
	PubStatus string      `json:"pubstatus"`
	Headline  string      `json:"headline"`
	Headlines []ninjsText `json:"headlines"`
	Title     string      `json:"title"`
	Byline    string      `json:"byline"`
	Bylines   []ninjsText `json:"bylines"`
	BodyText  string      `json:"body_text"`
	BodyXHTML string      `json:"body_xhtml"`
	BodyHTML  string      `json:"body_html"`
	Bodies    []ninjsText `json:"bodies"`
	Language  string      `json:"language"`
	First     string      `json:"firstcreated"`
	Content   string      `json:"contentcreated"`
	Version   string      `json:"versioncreated"`
	Holder    string      `json:"copyrightholder"`
	Sources   []ninjsName `json:"infosources"`
	Source    []ninjsName `json:"infosource"`
	Provider  any         `json:"provider"`
	People    []ninjsName `json:"authors"`
	Link      string      `json:"link"`
}

// ninjsText is a text with what it is for.
type ninjsText struct {
	Role        string `json:"role"`
	ContentType string `json:"contenttype"`
	Value       string `json:"value"`
}

type ninjsName struct {
	Name string `json:"name"`
}

// readNinjs reads a news item. Its text is the title, then a paragraph a line.
func readNinjs(a *Article, raw []byte) error {
	var n ninjs
	err := json.Unmarshal(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), &n)
	var other *json.UnmarshalTypeError
	if err != nil && !errors.As(err, &other) {
		return jsonFault(err)
	}
	blocks := n.blocks()
	switch {
	case n.PubStatus == "canceled" || n.PubStatus == "cancelled" || n.PubStatus == "withheld":
		return ErrWithdrawn
	case len(blocks) == 0:
		return ErrNoNinjs
	}
	a.Title = oneLine(cmp.Or(n.Headline, mainText(n.Headlines), n.Title))
	a.Author = strings.Join(cleanNames([]string{cmp.Or(n.Byline, mainText(n.Bylines), names(n.People))}), ", ")
	provider, _ := n.Provider.(string)
	a.Source = oneLine(cmp.Or(names(append(n.Sources, n.Source...)), provider, n.Holder))
	a.Date = cmp.Or(FindDate(n.First), FindDate(n.Content), FindDate(n.Version))
	a.URL = cmp.Or(absolute(nil, n.Link), absolute(nil, n.URI))
	a.Language = languageCode(n.Language)
	a.setNewsStory(blocks)
	return nil
}

// blocks are the item's paragraphs: of its marked-up body, for it tells headings
// and quotations, else of its plain one.
func (n ninjs) blocks() []block {
	marked, text := cmp.Or(n.BodyXHTML, n.BodyHTML), n.BodyText
	for _, b := range n.Bodies {
		if strings.Contains(b.ContentType, "html") {
			marked = cmp.Or(marked, b.Value)
		} else {
			text = cmp.Or(text, b.Value)
		}
	}
	if marked != "" {
		if doc, err := html.Parse(strings.NewReader(marked)); err == nil {
			if blocks := plainTree(doc); len(blocks) > 0 {
				return blocks
			}
		}
	}
	return textBlocks(text)
}

// mainText is the text whose role is "main", else the first.
func mainText(all []ninjsText) string {
	for _, t := range all {
		if t.Role == "main" {
			return t.Value
		}
	}
	if len(all) > 0 {
		return all[0].Value
	}
	return ""
}

func names(all []ninjsName) string {
	var out []string
	for _, n := range all {
		if n.Name != "" {
			out = append(out, n.Name)
		}
	}
	return strings.Join(out, ", ")
}
