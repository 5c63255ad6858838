package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Damage is a file of an index that is not as it was written.
type Damage struct {
	File string // below the index folder
	What string // is wrong with it, as the rest of a sentence that begins with "it"
}

func (d Damage) String() string { return d.File + ": " + d.What }

// DamageError names the files of an index that are damaged. It is an ErrDamaged.
type DamageError struct{ All []Damage }

// shownDamages is how many damaged files an error names.
const shownDamages = 3

func (e *DamageError) Error() string {
	var all []string
	for _, d := range e.All[:min(len(e.All), shownDamages)] {
		all = append(all, d.String())
	}
	text := fmt.Sprintf("%v: %s", ErrDamaged, strings.Join(all, "; "))
	if more := len(e.All) - shownDamages; more > 0 {
		text += fmt.Sprintf("; and %d files more", more)
	}
	return text
}

func (e *DamageError) Unwrap() error { return ErrDamaged }

// checkedAtStart is how many bytes are read, whenever a state is opened, to hold
// files against their checksums: the smallest files first, as many as fit. That
// is an index of some 25,000 passages whole; of a larger one the newest segments
// and all that tells what belongs to it. It takes a few milliseconds, or on a
// cold SSD some sixty. What is larger is checked in size at the start, and whole
// by Verify.
const checkedAtStart = 32 << 20

// checkAtStart holds a generation's files against the list of them, as far as
// that is cheap.
func (f folder) checkAtStart(s state) error {
	sums, err := f.sums(s)
	if err != nil {
		return err
	}
	slices.SortStableFunc(sums, func(a, b fileSum) int { return int(a.Size - b.Size) })
	var all []Damage
	var read int64
	for _, k := range sums {
		read += k.Size
		if what := k.check(f.path(s.Generation), read <= checkedAtStart); what != "" {
			all = append(all, Damage{s.Generation + "/" + k.Name, what})
		}
	}
	if all != nil {
		return &DamageError{all}
	}
	return nil
}

// Verified says what Verify has read.
type Verified struct {
	Files int
	Bytes int64
}

// restFor is how long Verify rests for each time that it has read, so that those
// who ask hardly notice: it takes a fifth of one core and of the disk.
const restFor = 4

// Verify holds every byte of the live state in dir against its checksum. It fails
// with a *DamageError where any file is not as it was written. With gently it
// rests in between.
func Verify(ctx context.Context, dir string, gently bool) (Verified, error) {
	f := folder(dir)
	for {
		s, err := f.state()
		if err != nil {
			return Verified{}, err
		}
		v, err := f.verify(ctx, s, gently)
		if again, stateErr := f.state(); err == nil || ctx.Err() != nil || stateErr == nil && again.same(s) {
			return v, err
		}
		// It was replaced, and removed, meanwhile.
	}
}

func (f folder) verify(ctx context.Context, s state, gently bool) (Verified, error) {
	var v Verified
	sums, err := f.sums(s)
	if err != nil {
		return v, err
	}
	var all []Damage
	for _, k := range sums {
		began := time.Now()
		if what := k.check(f.path(s.Generation), true); what != "" {
			all = append(all, Damage{s.Generation + "/" + k.Name, what})
		}
		v.Files++
		v.Bytes += k.Size
		if gently {
			rest(ctx, restFor*time.Since(began))
		}
		if ctx.Err() != nil {
			return v, fmt.Errorf("checking the index: %w", ctx.Err())
		}
	}
	if all != nil {
		return v, &DamageError{all}
	}
	return v, nil
}

func rest(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// damagesIn are the files that an error names.
func damagesIn(err error) []Damage {
	var d *DamageError
	if errors.As(err, &d) {
		return d.All
	}
	return nil
}
