//go:build unix

package index

import (
	"io/fs"
	"syscall"
)

// device is the number of the device on which a file is.
func device(info fs.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Dev)
	}
	return 0
}
