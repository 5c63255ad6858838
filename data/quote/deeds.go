package quote

import "strings"

// deeds are verbs of doing and perceiving that models take for cues now and
// then: "signed the order", "saw a guy". With a clause they may tell what
// somebody thinks: "saw that the weir was open".
var deeds = deedForms(`sign defend find deliver hold host receive visit attend append work end start open
	begin launch build create join lead follow win lose beat pay buy sell spend cut hire fire fund help use
	run walk move turn stand sit keep leave return arrive enter stop face gain earn serve save protect kill
	attack destroy capture liberate seize shoot bomb watch view meet hear see exchange practise practice implement`)

const irregularDeeds = `found held began begun built led won lost paid bought sold spent ran stood sat
	kept left shot met heard saw seen cutting beating hitting winning running sitting stopping begun`

func deedForms(lemmas string) *wordSet {
	forms := strings.Fields(irregularDeeds)
	for _, lemma := range strings.Fields(lemmas) {
		forms = append(append(forms, lemma), inflections(lemma)...)
	}
	return setOf(forms)
}

// isDeed tells whether a cue that no rule found tells of something done, and its
// content is no clause: then nobody is said to have said it.
func (a *article) isDeed(f *finding) bool {
	cue := a.tokensIn(f.cue)
	if cue.empty() || len(f.parts) == 0 {
		return false
	}
	c := a.here(cue.lo)
	g := c.verbIn(cue)
	first := a.tokensIn(f.parts[0])
	if first.empty() || c.marksClause(first.lo) || c.toks[first.lo].quoted() {
		return false
	}
	if c.speaksFor(cue) || c.wages(cue) {
		return true
	}
	return g != nil && (g.hi >= cue.hi || c.is(cue.hi-1, "RB")) && deeds.has(c.low(g.main))
}

// speaksFor tells whether a cue is a spokesman's calling: "who speaks for Lund".
func (c *clauses) speaksFor(cue phrase) bool {
	low := c.low(cue.lo)
	return (low == "speaks" || low == "spoke" || low == "speak") && (c.low(cue.lo+1) == "for" || c.low(cue.lo+1) == "on" && c.low(cue.lo+2) == "behalf")
}

// wages tells whether a cue speaks of an attack, which in a war is none of words:
// "stepped up its attacks on".
func (c *clauses) wages(cue phrase) bool {
	for i := cue.lo; i < cue.hi; i++ {
		if attacks.has(c.low(i)) {
			return true
		}
	}
	return false
}

var attacks = set(`attack attacks assault assaults strike strikes offensive offensives raid raids shelling bombardment
	airstrike airstrikes counterattack counteroffensive advance advances`)
