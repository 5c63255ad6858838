package data

import (
	"cmp"
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
)

// story is what JSON-LD, the data for search engines in a page, says of the
// page's article. It stands in a <script>, alone, in a list or in an @graph
// whose nodes point at each other.
type story struct {
	Headline, Publisher, Published, Modified, URL, Language string
	Authors                                                 []string
}

// graph are all nodes of a page's JSON-LD.
type graph struct {
	byID     map[string]map[string]any
	articles []map[string]any
}

// maxGraph is how deep JSON-LD may nest; pages go some five deep.
const maxGraph = 20

// readLD finds the page's article in its JSON-LD: the one with the page's own
// address, else the first. What is no JSON is left out.
func readLD(scripts []string, address string) story {
	g := &graph{byID: map[string]map[string]any{}}
	for _, s := range scripts {
		g.add(parseLD(s), 0)
	}
	if len(g.articles) == 0 {
		return story{}
	}
	chosen := g.articles[0]
	for _, a := range g.articles {
		if u := g.address(a); u != "" && sameAddress(u, address) {
			chosen = a
			break
		}
	}
	return g.story(chosen)
}

// sameAddress compares addresses less what does not tell pages apart.
func sameAddress(a, b string) bool {
	strip := func(s string) string {
		s, _, _ = strings.Cut(s, "#")
		s, _, _ = strings.Cut(s, "?")
		_, s, _ = strings.Cut(s, "://")
		return strings.TrimRight(strings.TrimPrefix(s, "www."), "/")
	}
	return a != "" && strip(a) == strip(b)
}

// wrappers stand around JSON-LD in pages made for old browsers.
var wrappers = strings.NewReplacer("<![CDATA[", "", "]]>", "", "<!--", "", "-->", "")

// bareControls are what JSON does not allow in strings and pages put there.
var bareControls = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

func parseLD(s string) any {
	var v any
	if json.Unmarshal([]byte(s), &v) == nil {
		return v
	}
	s = strings.TrimRight(strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(wrappers.Replace(s)), "/")), "/; ")
	if json.Unmarshal([]byte(bareControls.Replace(s)), &v) == nil {
		return v
	}
	return nil
}

// add notes the nodes below a value.
func (g *graph) add(v any, depth int) {
	if depth > maxGraph {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			g.add(item, depth+1)
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && len(v) > 1 {
			g.byID[id] = v
		}
		if isStory(v["@type"]) {
			g.articles = append(g.articles, v)
		}
		for _, key := range []string{"@graph", "mainEntity", "author", "publisher", "itemListElement", "item"} {
			g.add(v[key], depth+1)
		}
	}
}

// isStory tells whether a node's type is one of schema.org's kinds of articles.
func isStory(kind any) bool {
	switch kind := kind.(type) {
	case string:
		kind = kind[strings.LastIndexAny(kind, "/:")+1:]
		return strings.HasSuffix(kind, "Article") || kind == "LiveBlogPosting" || kind == "BlogPosting" || kind == "Report"
	case []any:
		for _, k := range kind {
			if s, ok := k.(string); ok && isStory(s) {
				return true
			}
		}
	}
	return false
}

func (g *graph) story(a map[string]any) story {
	return story{
		Headline:  cmp.Or(plain(a["headline"]), plain(a["name"])),
		Publisher: strings.Join(g.names(cmp.Or[any](a["publisher"], a["sourceOrganization"]), 0), ", "),
		Published: plain(a["datePublished"]),
		Modified:  plain(a["dateModified"]),
		URL:       g.address(a),
		Language:  plain(a["inLanguage"]),
		Authors:   g.names(cmp.Or[any](a["author"], a["creator"]), 0),
	}
}

// address is the page that a node says it is of.
func (g *graph) address(a map[string]any) string {
	for _, key := range []string{"url", "mainEntityOfPage", "@id"} {
		switch v := a[key].(type) {
		case string:
			if u := absolute(nil, v); u != "" {
				return u
			}
		case map[string]any:
			if u := absolute(nil, cmp.Or(plain(v["@id"]), plain(v["url"]))); u != "" {
				return u
			}
		}
	}
	return ""
}

// names are the names of persons or bodies: written out, or pointed at.
func (g *graph) names(v any, depth int) []string {
	if depth > maxGraph {
		return nil
	}
	var out []string
	switch v := v.(type) {
	case string:
		if node := g.byID[v]; node != nil {
			return g.names(node["name"], depth+1)
		}
		return []string{plain(v)}
	case []any:
		for _, item := range v {
			out = append(out, g.names(item, depth+1)...)
		}
	case map[string]any:
		if v["name"] != nil {
			return g.names(v["name"], depth+1)
		}
		if id, ok := v["@id"].(string); ok && g.byID[id] != nil && g.byID[id]["name"] != nil {
			return g.names(g.byID[id]["name"], depth+1)
		}
	}
	return out
}

// plain is a value that is text, its character references resolved.
func plain(v any) string {
	s, _ := v.(string)
	return oneLine(html.UnescapeString(s))
}
