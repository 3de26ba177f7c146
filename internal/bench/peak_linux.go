package main

import (
	"os"
	"syscall"
)

// peak gives the most memory that a program held, in bytes. Linux counts with it what this program held when it started
// that one, so this program keeps little.
func peak(state *os.ProcessState) int64 {
	if u, ok := state.SysUsage().(*syscall.Rusage); ok {
		return u.Maxrss * 1024
	}
	return 0
}

// limitMemory bounds the address space of this program and of those that it starts, in bytes.
func limitMemory(most uint64) error {
	return syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: most, Max: most})
}
