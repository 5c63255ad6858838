//go:build unix

package index

import (
	"syscall"
	"time"
)

// cpuTime is the processor time that this process has taken: what runs beside it
// on the machine is not counted.
func cpuTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
