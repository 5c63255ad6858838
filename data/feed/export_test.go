package feed

import "time"

// Replace is replace, for a test that kills it.
func (s *Store) Replace(file string, content []byte, now time.Time) (string, error) {
	return s.replace(file, content, now)
}
