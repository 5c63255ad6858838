package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"onrecord/internal/cputime"
)

// spent is what a step took.
type spent struct {
	Wall, CPU time.Duration // CPU is of all cores together
	Peak      int64         // bytes of memory at most, mapped files counted too
}

// run runs a process and measures it; what it prints as JSON goes into result
// unless that is nil.
func run(result any, program string, args ...string) (spent, error) {
	cmd := exec.Command(program, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return spent{}, fmt.Errorf("%s %v: %w\n%s", filepath.Base(program), args, err, tail(errs.String()))
	}
	s := spent{Wall: time.Since(began), CPU: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	s.Peak = peak(cmd.ProcessState)
	if result == nil {
		return s, nil
	}
	return s, json.Unmarshal(out.Bytes(), result)
}

func tail(s string) string { return s[max(0, len(s)-500):] }

// step runs this program in one of its roles. The step may say what it spent on
// its work itself, less what it needs to make ready.
func (b *bench) step(result any, role string, args ...string) (spent, error) {
	self, err := os.Executable()
	if err != nil {
		return spent{}, err
	}
	var said struct {
		Spent  spent
		Result json.RawMessage
	}
	s, err := run(&said, self, append([]string{"-role", role}, args...)...)
	if err != nil {
		return s, err
	}
	if said.Spent.CPU > 0 {
		s.Wall, s.CPU = said.Spent.Wall, said.Spent.CPU
	}
	return s, json.Unmarshal(said.Result, result)
}

// runStep is what a process of a role does.
func runStep(role string, args []string) error {
	steps := map[string]func(a, b string) (spent, any, error){
		"batches": plainByBatches, "builder": plainByBuilder, "match": plainMatch, "search": plainSearches, "serve": serve,
	}
	step, ok := steps[role]
	if !ok || len(args) != 2 {
		return fmt.Errorf("no step %q of %q", role, args)
	}
	s, result, err := step(args[0], args[1])
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"Spent": s, "Result": result})
}

// timed measures a piece of this process's work.
func timed(work func() error) (spent, error) {
	began, used := time.Now(), cputime.Used()
	err := work()
	return spent{Wall: time.Since(began), CPU: cputime.Used() - used}, err
}

// buildProgram builds onrecord.
func buildProgram(dir string) (string, error) {
	program := filepath.Join(dir, "onrecord")
	out, err := exec.Command("go", "build", "-o", program, "onrecord").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, out)
	}
	return program, nil
}
