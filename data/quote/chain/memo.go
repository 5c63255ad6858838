package chain

// Memo remembers what blocks of features sum to, by a hash of all that they
// depend on. It is of one model, and belongs to one goroutine.
type Memo struct {
	entries []memory
}

// memory is a block that was summed; its key is never 0.
type memory struct {
	key uint64
	sum Sum
}

// memories is how many blocks a memo holds, at 32 bytes. A block of small numbers
// has some thousand values that come often.
const memories = 1 << 12

// NewMemo makes an empty memo.
func NewMemo() *Memo { return &Memo{entries: make([]memory, memories)} }

// Of is the sum that is remembered of a block.
func (m *Memo) Of(key uint64) (Sum, bool) {
	e := &m.entries[key>>32%memories]
	return e.sum, e.key == key
}

// Keep remembers a block's sum.
func (m *Memo) Keep(key uint64, s Sum) { m.entries[key>>32%memories] = memory{key, s} }
