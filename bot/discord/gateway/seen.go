package gateway

// This file remembers keys in bounded memory.

// seen is a set that forgets: it holds at least the latest n keys and at most
// twice as many, in two generations. It is not safe for concurrent use.
type seen[K comparable] struct {
	n        int
	young    map[K]struct{}
	previous map[K]struct{}
}

func newSeen[K comparable](n int) *seen[K] { return &seen[K]{n: n, young: map[K]struct{}{}} }

// add reports whether the key is new, and remembers it.
func (s *seen[K]) add(key K) bool {
	if s.has(key) {
		return false
	}
	if len(s.young) >= s.n {
		s.previous, s.young = s.young, map[K]struct{}{}
	}
	s.young[key] = struct{}{}
	return true
}

func (s *seen[K]) has(key K) bool {
	if _, ok := s.young[key]; ok {
		return true
	}
	_, ok := s.previous[key]
	return ok
}

func (s *seen[K]) size() int { return len(s.young) + len(s.previous) }
