// Package sandbox reads documents in processes of their own, so that one which
// takes all memory or never ends takes only such a process with it.
//
//	pool := &sandbox.Pool{Program: program, Args: args, Options: options}
//	registry := sandbox.Wrap(formats.All(options), pool)
//
// [Wrap] has the risky formats of a registry read by a [Pool], which starts
// processes as it needs them, bounds their memory and time, and keeps what was
// read in a [Cache] where it is given one. [Serve] is what such a process runs.
package sandbox
