package quote

import (
	"strings"
	"testing"
)

// Of two statements with nearly the same content the likelier one stays, unless
// the other one is somebody's speech within it.
func TestOnce(t *testing.T) {
	const text = "Nina Ambledown wanted to know whether the eels of Marnock were back, and said that “they were hungry.” According to Corin Wexmoor they ate."
	e, err := newRules()
	if err != nil {
		t.Fatal(err)
	}
	a := e.analyse(Text{Source: text, Paragraphs: []Paragraph{{Span: Span{0, len(text)}, Voice: Speaks}}})
	span := func(s string) Span {
		at := strings.Index(text, s)
		return Span{at, at + len(s)}
	}
	rule := &finding{}
	wide := decided{&finding{cue: span("wanted"), parts: []Span{span("to know whether the eels of Marnock were back")}}, nil, 0.9}
	for _, c := range []struct {
		name, cue, part string
		rule            *finding
		kept            bool
	}{
		{"another verb of the same wish", "know", "whether the eels of Marnock were back", nil, false},
		{"the same, and the rules found it too", "know", "whether the eels of Marnock were back", rule, false},
		{"a small part of it", "know", "were back", nil, true},
		{"what begins and ends elsewhere", "know", "the eels of Marnock were", nil, true},
		{"speech that the rules found", "said", "whether the eels of Marnock were back", rule, true},
		{"speech that they didn't find", "said", "whether the eels of Marnock were back", nil, false},
		{"a relayed one", "According to", "whether the eels of Marnock were back", nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			other := decided{&finding{cue: span(c.cue), parts: []Span{span(c.part)}}, c.rule, 0.6}
			got := a.once([]decided{other, wide})
			if kept := len(got) == 2; kept != c.kept || got[len(got)-1].f != wide.f {
				t.Errorf("%d statements stay; want the other one kept: %v", len(got), c.kept)
			}
		})
	}
	first := decided{&finding{cue: span("said"), parts: []Span{span("“they were hungry.”")}}, nil, 0.9}
	second := decided{&finding{cue: span("know"), parts: []Span{span("“they were hungry.”")}}, nil, 0.5}
	if got := a.once([]decided{first, second}); len(got) != 2 {
		t.Error("a quotation was dropped")
	}
}
