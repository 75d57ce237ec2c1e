package lang

// anaphora has words that stand for something, "back", and openings in which they
// do not.
var anaphora = wordTable("anaphora")

// LeansBack reports whether a sentence begins with a word that stands for something
// which an earlier sentence names: "It opened in 1911."
func LeansBack(words []Word) bool {
	if len(words) == 0 || anaphora[words[0].Surface] != "back" {
		return false
	}
	return len(words) < 2 || anaphora[words[0].Surface+"_"+words[1].Surface] == ""
}
