package quote_test

import (
	"testing"
	"unicode/utf8"

	"onrecord/data/quote"
)

// checkSpans holds statements to what the package promises of every input:
// spans lie in the text, on the borders of characters, and parts are neither
// empty nor out of order.
func checkSpans(t testing.TB, text string, all []quote.Statement) {
	t.Helper()
	last := 0
	for _, s := range all {
		if len(s.Parts) == 0 {
			t.Fatalf("a statement without parts: %+v", s)
		}
		if s.Parts[0].Start < last {
			t.Errorf("statements out of order: %+v begins before byte %d", s, last)
		}
		last = s.Parts[0].Start
		end := 0
		for _, p := range s.Parts {
			checkSpan(t, text, "part", p)
			if p.Start < end {
				t.Errorf("parts overlap or are out of order: %v in %q", s.Parts, text)
			}
			end = p.End
		}
		checkSpan(t, text, "sentence", s.Sentence)
		optional := map[string]quote.Span{"cue": s.Cue, "mention": s.Mention, "addressee": s.Addressee, "venue": s.Venue, "when": s.When}
		for name, span := range optional {
			if span != (quote.Span{}) {
				checkSpan(t, text, name, span)
			}
		}
	}
}

func checkSpan(t testing.TB, text, name string, s quote.Span) {
	t.Helper()
	if s.Start < 0 || s.End > len(text) || s.Len() <= 0 {
		t.Fatalf("%s %v is empty or outside of the text of %d bytes: %q", name, s, len(text), text)
	}
	for _, at := range []int{s.Start, s.End} {
		if at < len(text) && !utf8.RuneStart(text[at]) {
			t.Errorf("%s %v cuts a character of %q", name, s, text)
		}
	}
}
