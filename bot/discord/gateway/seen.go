package gateway

// This file remembers ids in bounded memory.

// seen is a set that forgets: it holds at least the latest n keys and at most
// twice as many, in two generations. It is not safe for concurrent use.
type seen struct {
	n        int
	young    map[string]struct{}
	previous map[string]struct{}
}

func newSeen(n int) *seen { return &seen{n: n, young: map[string]struct{}{}} }

// add reports whether the key is new, and remembers it.
func (s *seen) add(key string) bool {
	if s.has(key) {
		return false
	}
	if len(s.young) >= s.n {
		s.previous, s.young = s.young, make(map[string]struct{}, s.n)
	}
	s.young[key] = struct{}{}
	return true
}

func (s *seen) has(key string) bool {
	if _, ok := s.young[key]; ok {
		return true
	}
	_, ok := s.previous[key]
	return ok
}

func (s *seen) empty() bool { return len(s.young) == 0 && len(s.previous) == 0 }
