package lang

// IsCognate reports whether two folded words share their first letters to two
// thirds of the shorter one, as cognates and inflected forms do, and at least
// five of them.
func IsCognate(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= 5 && 3*n >= 2*min(len(a), len(b)) && 2*n >= max(len(a), len(b))
}
