package rag

import (
	"errors"
	"slices"
)

// Everyone is the space of documents that were given no other.
const Everyone = "everyone"

// ErrNoAudience says that a search was asked for nobody in particular. It is
// an error and not an empty result, so that forgotten access control fails
// closed and loudly.
var ErrNoAudience = errors.New("no audience: a search must say for whom it is made")

// Audience says which spaces may be seen. The zero value sees nothing, and
// every search refuses it with ErrNoAudience.
type Audience struct {
	operator bool
	spaces   []string
}

// Operator is the audience of whoever owns the library file: every space.
func Operator() Audience { return Audience{operator: true} }

// Members is the audience that may see the named spaces and no other.
func Members(spaces ...string) Audience {
	s := slices.Clone(spaces)
	slices.Sort(s)
	return Audience{spaces: slices.Compact(s)}
}

// IsEmpty reports whether the audience may see nothing at all.
func (a Audience) IsEmpty() bool { return !a.operator && len(a.spaces) == 0 }

// All reports whether the audience sees every space.
func (a Audience) All() bool { return a.operator }

// Spaces lists the visible spaces in order; nil where All is true.
func (a Audience) Spaces() []string { return slices.Clone(a.spaces) }

// Sees reports whether documents of the space may be shown.
func (a Audience) Sees(space string) bool {
	return a.operator || slices.Contains(a.spaces, space)
}
