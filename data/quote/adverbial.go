package quote

// listener is the noun phrase of those told, at i, or none.
func (c *clauses) listener(i int) phrase {
	n, ok := c.nounStarting(i)
	if !ok || c.temporal(n) || c.toks[i].quoted() || c.low(i) == "that" {
		return phrase{}
	}
	hi := n.hi
	for c.low(hi) == "of" || c.low(hi) == "and" {
		next, ok := c.nounStarting(hi + 1)
		if !ok || c.verbStarting(next.hi) != nil || c.temporal(next) {
			break
		}
		hi = next.hi
	}
	return phrase{n.lo, hi}
}

// skipAdverbials steps over when, where and how: "on Telegram", "earlier in the
// day", "during talks in Saudi Arabia", "Monday".
func (c *clauses) skipAdverbials(i int) int {
	for c.in(i) && !c.toks[i].quoted() {
		next := c.adverbialEnd(i)
		if next == i {
			return i
		}
		i = next
	}
	return i
}

func (c *clauses) adverbialEnd(i int) int {
	t := &c.toks[i]
	if t.adverb() || t.tag == "RP" {
		return i + 1
	}
	if n, ok := c.nounStarting(i); ok && c.temporal(n) {
		return n.hi
	}
	if t.low == "," {
		return c.asideBetween(i)
	}
	if (t.tag == "IN" || t.low == "to") && t.low != "that" && t.low != "if" && t.low != "whether" && t.low != "because" {
		if n, ok := c.nounStarting(i + 1); ok && !c.toks[n.lo].quoted() && c.verbStarting(n.hi) == nil {
			return c.attachedPlaces(n.hi)
		}
	}
	return i
}

func (c *clauses) attachedPlaces(i int) int {
	for c.low(i) == "of" || c.low(i) == "and" {
		n, ok := c.nounStarting(i + 1)
		if !ok || c.toks[n.lo].quoted() || c.verbStarting(n.hi) != nil {
			return i
		}
		i = n.hi
	}
	return i
}

// asideBetween steps over ", in a statement on Monday," before a "that".
func (c *clauses) asideBetween(i int) int {
	for k := i + 1; c.in(k) && k < i+15; k++ {
		if c.toks[k].quoted() || c.toks[k].verb() {
			return i
		}
		if c.low(k) == "," {
			if c.marksClause(k + 1) {
				return k + 1
			}
			return i
		}
	}
	return i
}
