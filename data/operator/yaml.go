package operator

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// reader reads one file and gathers what is wrong with it.
type reader struct {
	file  string
	notes []Note
}

func (r *reader) note(line int, format string, args ...any) {
	r.notes = append(r.notes, Note{r.file, line, fmt.Sprintf(format, args...)})
}

// entry is a mapping of the file's list.
type entry struct {
	r      *reader
	line   int
	before int // lines above what was parsed
	fields map[string]field
	bad    bool // a field is not what it should be
}

// field is a value of an entry, and the line of its name.
type field struct {
	line  int
	value ast.Node
}

// entries are the mappings of a YAML list. Where the file as a whole can't be
// parsed, each item that begins a line is by itself.
func (r *reader) entries(raw []byte) []*entry {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if !utf8.Valid(raw) {
		r.note(0, "it is not valid UTF-8, and nothing of it is used: save it as UTF-8")
		return nil
	}
	file, err := parse(raw)
	if err == nil {
		return r.list(file, 0)
	}
	items := splitItems(raw)
	if len(items) < 2 {
		r.unreadable(err, 0)
		return nil
	}
	var out []*entry
	for _, item := range items {
		file, err := parse(item.raw)
		if err != nil {
			r.unreadable(err, item.before)
			continue
		}
		out = append(out, r.list(file, item.before)...)
	}
	return out
}

func (r *reader) unreadable(err error, before int) {
	line, text := before+1, err.Error()
	var at yaml.Error
	if errors.As(err, &at) {
		text = at.GetMessage()
		if t := at.GetToken(); t != nil && t.Position != nil {
			line = before + t.Position.Line
		}
	}
	text, _, _ = strings.Cut(text, "\n")
	r.note(line, "this is not YAML that can be read, and the entry is left out: %s", text)
}

// parse parses YAML. The parser panics on some of what is none.
func parse(raw []byte) (file *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			file, err = nil, fmt.Errorf("the parser gave up: %v", p)
		}
	}()
	return parser.ParseBytes(raw, 0)
}

// item is a part of a file that may be an entry, and how many lines are before it.
type item struct {
	before int
	raw    []byte
}

// splitItems cuts a file before each line that begins with "- ".
func splitItems(raw []byte) []item {
	var out []item
	n := 0
	for line := range bytes.Lines(raw) {
		if len(out) == 0 || bytes.HasPrefix(line, []byte("- ")) {
			out = append(out, item{before: n})
		}
		out[len(out)-1].raw = append(out[len(out)-1].raw, line...)
		n++
	}
	return out
}

// list are the mappings of a parsed file; before is how many lines stand above
// what was parsed.
func (r *reader) list(file *ast.File, before int) []*entry {
	var out []*entry
	for _, doc := range file.Docs {
		switch body := doc.Body.(type) {
		case nil, *ast.NullNode, *ast.CommentGroupNode:
		case *ast.SequenceNode:
			for _, value := range body.Values {
				if e := r.entry(value, before); e != nil {
					out = append(out, e)
				}
			}
		default:
			r.note(before+lineOf(body), "the file should be a list: each entry begins with “- ”")
		}
	}
	return out
}

// entry reads a mapping; nil where a node is none.
func (r *reader) entry(node ast.Node, before int) *entry {
	e := &entry{r: r, line: before + lineOf(node), before: before, fields: map[string]field{}}
	var pairs []*ast.MappingValueNode
	switch node := node.(type) {
	case *ast.MappingNode:
		pairs = node.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{node}
	default:
		r.note(e.line, "this entry has no fields: write “name: value” lines")
		return nil
	}
	for n, pair := range pairs {
		line := before + lineOf(pair.Key)
		if n == 0 {
			e.line = line
		}
		e.fields[keyOf(pair.Key)] = field{line, pair.Value}
	}
	return e
}

// keyOf is the name of a field, without the quotation marks it may have.
func keyOf(key ast.MapKeyNode) string {
	if s, ok := key.(*ast.StringNode); ok {
		return s.Value
	}
	return key.String()
}

// lineOf is the line on which a node begins, from 1.
func lineOf(node ast.Node) int {
	if node == nil || node.GetToken() == nil || node.GetToken().Position == nil {
		return 1
	}
	return node.GetToken().Position.Line
}

// only notes the fields that are none of those known.
func (e *entry) only(known ...string) {
	for _, key := range sortedKeys(e.fields) {
		if !slices.Contains(known, key) {
			e.r.note(e.fields[key].line, "%q is no field here and is left out; the fields are %s", key, strings.Join(known, ", "))
		}
	}
}

func sortedKeys(fields map[string]field) []string {
	var out []string
	for key := range fields {
		out = append(out, key)
	}
	slices.SortFunc(out, func(a, b string) int {
		if d := fields[a].line - fields[b].line; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return out
}

func (e *entry) has(key string) bool { _, ok := e.fields[key]; return ok }

// wrong notes that a field is not what it should be.
func (e *entry) wrong(key, should string) {
	e.bad = true
	e.r.note(e.fields[key].line, "%s should be %s, and the entry is left out", key, should)
}

// text is a field that is text, on one line; "" where it is missing.
func (e *entry) text(key string) string {
	f, ok := e.fields[key]
	if !ok {
		return ""
	}
	s, ok := textOf(f.value)
	if !ok {
		e.wrong(key, "text")
	}
	return s
}

func textOf(node ast.Node) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return oneLine(n.Value), true
	case *ast.LiteralNode:
		return oneLine(n.Value.Value), true
	}
	return "", false
}

// remark is a field of any plain value, for what is only shown.
func (e *entry) remark(key string) string {
	f, ok := e.fields[key]
	if !ok {
		return ""
	}
	if s, ok := textOf(f.value); ok {
		return s
	}
	if scalar, ok := f.value.(ast.ScalarNode); ok {
		return oneLine(scalar.String())
	}
	e.r.note(f.line, "%s should be text, and is left out", key)
	return ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// texts is a field that is text or a list of texts.
func (e *entry) texts(key string) []string {
	var out []string
	for _, node := range e.items(key) {
		s, ok := textOf(node)
		if !ok || s == "" {
			e.wrong(key, "text, or a list of texts")
			return nil
		}
		out = append(out, s)
	}
	return out
}

// items are the nodes of a list, or the one node of a field that is none.
func (e *entry) items(key string) []ast.Node {
	f, ok := e.fields[key]
	if !ok {
		return nil
	}
	if list, ok := f.value.(*ast.SequenceNode); ok {
		return list.Values
	}
	return []ast.Node{f.value}
}

// flag is a field that is true or false.
func (e *entry) flag(key string) bool {
	f, ok := e.fields[key]
	if !ok {
		return false
	}
	b, ok := f.value.(*ast.BoolNode)
	if !ok {
		e.wrong(key, "true or false")
		return false
	}
	return b.Value
}

// count is a field that is a whole number from 0; missing where it is not there.
func (e *entry) count(key string, missing int) int {
	f, ok := e.fields[key]
	if !ok {
		return missing
	}
	if n, ok := f.value.(*ast.IntegerNode); ok {
		if v, ok := n.Value.(uint64); ok && v <= math.MaxInt32 {
			return int(v)
		}
	}
	e.wrong(key, "a whole number from 0")
	return missing
}
