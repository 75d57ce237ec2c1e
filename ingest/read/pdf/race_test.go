//go:build race

package pdf_test

// raceDetector says that the race detector is at work: it takes ten times the time
// and memory, which tests of these cannot have.
const raceDetector = true
