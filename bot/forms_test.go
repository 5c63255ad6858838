package bot

import (
	"slices"
	"strings"
	"testing"

	"onrecord/data/naming"
)

// TestFormsAreQuestions composes questions of a form's fields and reads them as
// people's are read.
func TestFormsAreQuestions(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		form QuotesForm
		want string
	}{
		{QuotesForm{Speaker: "Plimpette"}, `statements speaker="Plimpette"`},
		{QuotesForm{Speaker: " Tamsin  Plimpette ", About: "the toll"}, `statements speaker="Tamsin Plimpette" topic="the toll"`},
		{QuotesForm{Speaker: "Plimpette", About: "tolls", From: "2031-03-12", To: "2031-04"}, `statements speaker="Plimpette" topic="tolls" when="between 2031-03-12 and 2031-04"`},
		{QuotesForm{Speaker: "Plimpette", From: "March 2031"}, `statements speaker="Plimpette" when="since March 2031"`},
		{QuotesForm{Speaker: "Plimpette", To: "2031"}, `statements speaker="Plimpette" when="until 2031"`},
		{QuotesForm{Speaker: "Plimpette", About: "the toll", Source: "Marnock Lantern"}, `statements speaker="Plimpette" topic="the toll in Marnock Lantern"`},
		{QuotesForm{Speaker: "Plimpette", Source: "Marnock Lantern"}, `statements speaker="Plimpette" topic="in Marnock Lantern"`},
	} {
		if got := Parse(test.form.Question()).String(); got != test.want {
			t.Errorf("%s is read as\n%s, want\n%s", test.form.Question(), got, test.want)
		}
	}
	if got := Parse(WhoSaidQuestion("it is “late”, he\nsaid")); got.Kind != AsksWhoSaid || got.Quoted != "it is 'late', he said" {
		t.Errorf("read as %s", got)
	}
}

func TestFormsChecked(t *testing.T) {
	t.Parallel()
	for form, want := range map[QuotesForm]string{
		{Speaker: "Plimpette"}:                     "",
		{Speaker: "Plimpette", From: "2031-03-12"}: "",
		{}: "speaker",
		{Speaker: "Plimpette", To: "the day after"}: "“the day after” is no date",
	} {
		err := form.Check()
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%+v: %v, want %q", form, err, want)
		}
	}
}

// TestOutletInTopic parts an outlet from a topic.
func TestOutletInTopic(t *testing.T) {
	t.Parallel()
	o := newOutlets([]string{"The Marnock Lantern", "Ferry News", "toll"})
	for _, test := range []struct{ topic, rest, name string }{
		{"the bridge in the Marnock Lantern", "the bridge", "The Marnock Lantern"},
		{"in marnock lantern", "", "The Marnock Lantern"},
		{"ropes from Ferry News", "ropes", "Ferry News"},
		{"the toll", "the toll", ""},
		{"the lantern in Marnock", "the lantern in Marnock", ""},
	} {
		names, rest := o.cut(test.topic)
		if rest != test.rest || strings.Join(names, "|") != test.name {
			t.Errorf("%q was parted into %q and %q", test.topic, rest, names)
		}
	}
}

// TestCompletes ranks names by how well they go on from what was typed.
func TestCompletes(t *testing.T) {
	t.Parallel()
	names := []string{"Osric Wexmoor", "Tamsin Plimpette", "Petra Plimsoll", "Plimpton Harbour Council"}
	for typed, want := range map[string][]string{
		"":         names,
		"pl":       {"Plimpton Harbour Council", "Tamsin Plimpette", "Petra Plimsoll"},
		"Plimpet":  {"Tamsin Plimpette", "Plimpton Harbour Council"},
		"tamsin p": {"Tamsin Plimpette"},
		"wexmor":   {"Osric Wexmoor"},
		"wecksor":  {},
		"zz":       {},
	} {
		var all []completion
		for _, n := range names {
			if rank, ok := completes(naming.Words(typed), naming.Words(n)); ok {
				all = append(all, completion{n, rank, 1})
			}
		}
		if got := firstOf(all, 10); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
