//go:build unix

package index

import (
	"os"
	"syscall"
)

// identity is the device of a file and its number there.
func identity(info os.FileInfo) (device, number uint64, ok bool) {
	if info == nil {
		return 0, 0, false
	}
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, false
	}
	return uint64(s.Dev), s.Ino, true
}
