package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Kinds of failure; see errors.Is. All others may pass: the host could not be
// reached, say.
var (
	// ErrForbidden: the URL, or one that it led to, is none that is fetched.
	ErrForbidden = errors.New("this is not fetched")
	// ErrRobots: the site's robots.txt asks programs to stay away from it.
	ErrRobots = errors.New("the site's robots.txt asks programs not to fetch it")
	// ErrType: it is there, but is of a type that was not asked for.
	ErrType = errors.New("it is of another type than asked for")
	// ErrTooLarge: it is larger than the limit.
	ErrTooLarge = errors.New("it is too large")
)

// StatusError is an answer other than the page.
type StatusError struct {
	Code  int       // HTTP status
	Until time.Time // the host wants to be left alone until then; zero where it does not say so
}

func (e *StatusError) Error() string {
	if text := http.StatusText(e.Code); text != "" {
		return fmt.Sprintf("the host answered %d %s", e.Code, text)
	}
	return fmt.Sprintf("the host answered %d", e.Code)
}

// Gone tells whether it makes no sense to ask again.
func (e *StatusError) Gone() bool {
	return e.Code >= 400 && e.Code < 500 && e.Code != http.StatusRequestTimeout && e.Code != http.StatusTooManyRequests
}

// WaitError: the host has asked to be left alone for a while.
type WaitError struct {
	Until time.Time
}

func (e *WaitError) Error() string {
	return "the host asked not to be asked again before " + e.Until.UTC().Format(time.RFC3339)
}

// Lasting tells whether an error of Get will be the same next time.
func Lasting(err error) bool {
	var status *StatusError
	if errors.As(err, &status) {
		return status.Gone()
	}
	return errors.Is(err, ErrForbidden) || errors.Is(err, ErrRobots) || errors.Is(err, ErrType) || errors.Is(err, ErrTooLarge)
}

// Until is when the host that an error of Get tells of may be asked again; zero
// where it did not say.
func Until(err error) time.Time {
	var wait *WaitError
	var status *StatusError
	switch {
	case errors.As(err, &wait):
		return wait.Until
	case errors.As(err, &status):
		return status.Until
	}
	return time.Time{}
}

// forbidden says why something is not fetched.
func forbidden(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrForbidden, fmt.Sprintf(format, args...))
}
