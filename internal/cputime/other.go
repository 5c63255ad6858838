//go:build !unix

// Package cputime tells benchmarks what processor time they took.
package cputime

import "time"

var began = time.Now()

// Used is the time since the start: the processor's is not told here.
func Used() time.Duration { return time.Since(began) }
