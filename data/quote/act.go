package quote

// actOf tells what the cue says its subject did.
func (c *clauses) actOf(g *verbGroup) Act {
	act := g.cue.act
	switch {
	case g.negated && act != Thought:
		return Declined
	case c.willSay(g) && act != Thought:
		return Planned
	}
	return act
}

// willSay: "will announce", "is expected to say", but not "would say", which
// reports speech as often as it foretells it.
func (c *clauses) willSay(g *verbGroup) bool {
	for i := g.lo; i < g.main; i++ {
		switch c.low(i) {
		case "will", "'ll", "shall":
			return true
		}
	}
	return c.foretold(g)
}
