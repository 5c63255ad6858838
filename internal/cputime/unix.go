//go:build unix

// Package cputime tells benchmarks what processor time they took: what else runs on
// the machine is not counted.
package cputime

import (
	"syscall"
	"time"
)

// Used is the processor time that this process has taken, of the user and the system.
func Used() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
