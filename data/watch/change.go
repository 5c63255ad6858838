package watch

import (
	"io/fs"
	"time"
)

// change is a file that changed and is not yet handed over.
type change struct {
	last  time.Time // when it was last seen to change
	still time.Duration
	print print // as it was half a while after that; 0: not looked at yet
	ready bool  // it stands still
}

// print tells one state of a file from another: a checksum of its size and time; 0
// where it isn't known.
type print uint64

// noFile is the print of a file that isn't there.
const noFile print = 1

func printOf(size int64, modified time.Time) print {
	return print(max(mix(mix(uint64(size))^uint64(modified.UnixNano())), uint64(noFile)+1))
}

// nameOf is a checksum of a path, by which prints are kept: a million paths would
// take a hundred megabytes. Should two of them ever meet, a change of one may wait
// for an event or for the next start.
func nameOf(path string) uint64 {
	h := uint64(fnvBasis)
	for i := range len(path) {
		h = (h ^ uint64(path[i])) * fnvPrime
	}
	return h
}

// FNV-1a of 64 bits, as its authors define it.
const (
	fnvBasis = 14695981039346656037
	fnvPrime = 1099511628211
)

// mix makes each bit of a number depend on all bits of another: the end of
// SplitMix64.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// stat is a file's print now.
func stat(fsys fs.FS, path string) print {
	info, err := fs.Stat(fsys, path)
	if err != nil {
		return noFile // gone, or not to be read: what comes of it is for the index to say
	}
	return printOf(info.Size(), info.ModTime())
}

// step looks at a file that changed: once halfway through the while for which it has
// to stand still, and again at its end.
func (c *change) step(fsys fs.FS, path string, now time.Time) {
	since := now.Sub(c.last)
	if c.ready || since < c.still/2 || c.print != 0 && since < c.still {
		return
	}
	was := c.print
	switch c.print = stat(fsys, path); {
	case was == 0 || since < c.still:
	case was == c.print:
		c.ready = true
	default:
		c.last = now
	}
}
