package live

import (
	"context"
	"errors"
	"fmt"
)

// warmNames is how many of those who said most a new state is asked about before it
// takes over: each question reads parts of all segments.
const warmNames = 8

// warm does what the first questions to a new state would have to do: it gathers
// the outlets and counts that all questions need, and asks about some names.
func (s *state) warm(ctx context.Context, names []string) error {
	if _, err := s.CompleteSource("", 1); err != nil {
		return err
	}
	for n, name := range names {
		if _, err := s.Answer(ctx, fmt.Sprintf("what did %s say about %s?", name, names[len(names)-1-n]), warmNames); err != nil {
			return err
		}
	}
	return nil
}

// learnNames lists the names of the newest state, before somebody begins to type one;
// questions are answered meanwhile. The next state is warmed with those who said most.
func (l *Archive) learnNames() {
	err := l.use(func(s *state) error {
		names, err := s.CompleteSpeaker("", warmNames)
		l.names.Store(&names)
		return err
	})
	if err != nil && !errors.Is(err, ErrNotReady) {
		l.log.Warn("listing the names on record", "fault", err)
	}
}
