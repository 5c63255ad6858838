package live

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestOperatorsFilesHoldAtOnce: what an operator writes beside the articles holds
// from the next question on, in all that an archive tells, without an update.
func TestOperatorsFilesHoldAtOnce(t *testing.T) {
	t.Parallel()
	l, dir := open(t)
	const (
		nobody = "“Nobody rows to Pellworth at night,” said Nina Ambledown."
		lamp   = "“The lamp was never lit,” said Corin Wexmoor."
		tide   = "“The tide is late,” said Ambledown."
	)
	write(t, dir, "one.txt", "Ferries\n\n"+nobody+"\n\n"+lamp+"\n\n"+tide+"\n")
	if _, err := l.Update(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	for minute, test := range []struct{ name, file, content, want string }{
		{"nothing written", "", "", "Nina Ambledown, Corin Wexmoor; Corin Wexmoor; verbatim; " + nobody + " " + lamp + " " + tide + "; 3 by 2; "},
		{"hidden", "corrections.yaml", "- {article: one.txt, quotation: the lamp was never lit, hide: true}\n- {article: one.txt, quotation: the moon, hide: true}\n",
			"Nina Ambledown; ; none; " + nobody + " " + tide + "; 2 by 1; corrections.yaml, line 2: no statement of one.txt holds the words “the moon”"},
		{"given to another", "corrections.yaml", "- {article: one.txt, quotation: nobody rows, speaker: Corin Wexmoor}\n",
			"Corin Wexmoor, Nina Ambledown; Corin Wexmoor; verbatim; " + nobody + " " + lamp + " " + tide + "; 3 by 2; "},
		{"another spelling, and somebody with nothing on record", "people.yaml", "- {name: Nina Ambledown, also: [Wexford Ambledown]}\n- {name: Ines Larkspur}\n",
			"Corin Wexmoor, Nina Ambledown; Nina Ambledown, Corin Wexmoor; verbatim; " + nobody + " " + lamp + " " + tide + "; 3 by 2; "},
	} {
		if test.file != "" {
			write(t, dir, test.file, test.content)
			at := time.Date(2031, 4, 2, 0, minute, 0, 0, time.UTC)
			if err := os.Chtimes(filepath.Join(dir, test.file), at, at); err != nil {
				t.Fatal(err)
			}
		}
		if got := told(t, l); got != test.want {
			t.Errorf("%s: %q,\nnot %q", test.name, got, test.want)
		}
	}
}

// told is all that an archive tells beside answers: names, names for "wex",
// whether a quotation holds, what stands around it, how much there is, and notes.
func told(t *testing.T, l *Archive) string {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	names, err := l.CompleteSpeaker("", 9)
	must(err)
	wex, err := l.CompleteSpeaker("wex", 9)
	must(err)
	checked, _, err := l.CheckQuotes(t.Context(), "“The lamp was never lit,” said Corin Wexmoor.", 3)
	must(err)
	around, err := l.Around("one.txt", 3, 1)
	must(err)
	var texts, notes []string
	for _, p := range around {
		texts = append(texts, p.Text)
	}
	o, err := l.Overview(t.Context())
	must(err)
	said, err := l.Notes()
	must(err)
	for _, n := range said {
		notes = append(notes, n.String())
	}
	return strings.Join([]string{strings.Join(names, ", "), strings.Join(wex, ", "), string(checked[0].Verdict), strings.Join(texts, " "),
		fmt.Sprintf("%d by %d", o.Size.Statements, o.Speakers), strings.Join(notes, ", ")}, "; ")
}
