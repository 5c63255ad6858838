package live

import (
	"context"
	"fmt"
)

// warmNames is how many of those who said most a new state is asked about before it
// takes over: each question reads parts of all segments.
const warmNames = 8

// warm does what the first questions to a new state would have to do: it gathers
// the names, outlets and counts that all questions need, and asks about those that
// are asked about most.
func (s *state) warm(ctx context.Context) error {
	if _, err := s.Held(ctx); err != nil {
		return err
	}
	if _, err := s.CompleteSource("", 1); err != nil {
		return err
	}
	names, err := s.CompleteSpeaker("", warmNames)
	if err != nil {
		return err
	}
	for n, name := range names {
		if _, err := s.Answer(ctx, fmt.Sprintf("what did %s say about %s?", name, names[len(names)-1-n]), warmNames); err != nil {
			return err
		}
	}
	return nil
}
