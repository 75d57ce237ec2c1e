//go:build race

package sandbox_test

// underRace says that the race detector is at work: it takes ten times the time
// and memory, which tests of these cannot have.
const underRace = true
