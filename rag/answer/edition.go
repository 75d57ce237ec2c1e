package answer

import (
	"cmp"
	"context"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"docent/prompts"
	"docent/rag"
	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/retrieve"
	"docent/rag/verify"
)

// edition is what tells a document from others of its name.
type edition struct {
	doc rag.DocumentInfo
	// names are the title and the file's name without what tells editions apart,
	// folded.
	names []string
	// standing is 0 for a document that holds, more for a draft, an old or an
	// archived one.
	standing int
	version  []int
	date     string
	// opening is what the document says of itself before anything else, where the
	// question asks for an edition.
	opening string
}

// nameParts are the words and numbers of a name.
var nameParts = regexp.MustCompile(`\d+(?:\.\d+)*|\p{L}+`)

// beginsWithYear is a year that files are of, perhaps with the month and day.
var beginsWithYear = regexp.MustCompile(`^(?:19|20)\d\d(?:..){0,2}$`)

// editionOf reads what a document's title, name and opening say of it.
func editionOf(doc rag.DocumentInfo, opening string) edition {
	e := edition{doc: doc, date: doc.Date, version: versionNumbers(doc.Version), opening: opening}
	switch doc.Status {
	case rag.Draft:
		e.standing = 1
	case rag.Superseded, rag.Archived:
		e.standing = 2
	case rag.Current:
	}
	for _, name := range []string{doc.Title, baseName(fileName(doc))} {
		if bare := e.bare(name); bare != "" {
			e.names = append(e.names, bare)
		}
	}
	e.bare(opening)
	e.date = cmp.Or(e.date, years.FindString(opening))
	return e
}

func (r *reading) edition(doc rag.DocumentInfo) edition { return r.editions[doc.ID] }

// How much of a document's beginning may say which edition it is, in bytes and in
// sentences.
const openingBytes, openingSentences = 800, 5

// opening are the sentences at the beginning of a text that say which edition it is,
// less those that speak of another.
func opening(text string) string {
	text = lang.FirstBytes(text, openingBytes)
	var list []string
	for i, s := range lang.Sentences(text) {
		sentence := text[s.Start:s.End]
		if p := plain(sentence); i < openingSentences && says("version", p) && strings.ContainsAny(sentence, "0123456789") && !says("replaces", p) {
			list = append(list, sentence)
		}
	}
	return strings.Join(list, " ")
}

// open reads which editions the documents found are; their openings too where the
// question names a year or an edition.
func (r *reading) open(ctx context.Context) error {
	r.editions = make(map[rag.DocumentID]edition)
	asked := len(r.qualifiers.years) > 0 || slices.ContainsFunc(r.qualifiers.identifiers, identifier.isEdition)
	for _, h := range r.found.Hits {
		if _, ok := r.editions[h.Document.ID]; ok {
			continue
		}
		said := ""
		if asked {
			text, err := r.text(ctx, h.Document.ID)
			if err != nil {
				return err
			}
			said = opening(text)
		}
		r.editions[h.Document.ID] = editionOf(h.Document, said)
	}
	return nil
}

// onlyTellsEdition reports whether a candidate is what its document says of itself
// at its beginning, where the question names an edition and asks something else.
func (r *reading) onlyTellsEdition(c extract.Candidate) bool {
	opening := r.edition(c.Hit.Document).opening
	if opening == "" || !strings.Contains(opening, c.Text) {
		return false
	}
	return !slices.ContainsFunc(r.met(c.Text), func(w retrieve.QueryWord) bool {
		return !strings.ContainsAny(w.Surface, "0123456789") && !says("version", " "+w.Surface+" ")
	})
}

// isEdition reports whether an identifier names an edition of a document.
func (id identifier) isEdition() bool {
	return id.noun.Surface != "" && says("version", " "+id.noun.Surface+" ")
}

// names reports whether an identifier is an edition's version or year.
func (id identifier) names(e edition) bool {
	asked := versionNumbers(id.value)
	return len(asked) > 0 && len(e.version) >= len(asked) && slices.Equal(e.version[:len(asked)], asked) || strings.HasPrefix(e.date, id.value)
}

func fileName(doc rag.DocumentInfo) string { return path.Base(strings.ReplaceAll(doc.URI, `\`, "/")) }

// baseName is a file's name without its extensions.
func baseName(base string) string {
	base = strings.TrimRight(base, "~")
	for ext := path.Ext(base); len(ext) > 1 && len(ext) <= 6 && !lang.IsDigit(ext[1]); ext = path.Ext(base) {
		base = strings.TrimSuffix(base, ext)
	}
	return base
}

// bare is a name without the words that tell editions apart, which it notes.
func (e *edition) bare(name string) string {
	var words []string
	parts := nameParts.FindAllString(lang.Fold(name), -1)
	for i, p := range parts {
		word := " " + p + " "
		switch {
		case beginsWithYear.MatchString(p):
			e.date = cmp.Or(e.date, p[:4])
		case lang.IsDigit(p[0]) && i > 0 && says("version", " "+parts[i-1]+" "):
			if e.version == nil {
				e.version = versionNumbers(p)
			}
		case says("version", word), says("copy", word):
		case says("old", word):
			e.standing = max(e.standing, 2)
		case says("draft", word):
			e.standing = max(e.standing, 1)
		default:
			words = append(words, p)
		}
	}
	return strings.Join(words, " ")
}

func versionNumbers(version string) []int {
	var list []int
	for part := range strings.SplitSeq(strings.TrimLeft(version, "vV "), ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			break
		}
		list = append(list, n)
	}
	return list
}

// isCopy reports whether a document is what an editor or a person keeps beside the
// original.
func isCopy(doc rag.DocumentInfo) bool {
	base := fileName(doc)
	return strings.HasSuffix(base, "~") || slices.ContainsFunc(strings.Fields(plain(base)), func(w string) bool { return slices.Contains(phrases()["copy"], w) })
}

// ofOneName reports whether two documents are editions of one, by their names.
func (e edition) ofOneName(o edition) bool {
	return slices.ContainsFunc(e.names, func(n string) bool { return slices.Contains(o.names, n) })
}

// compare is below 0 where e holds before o, by standing, version and date; 0
// where neither is known to be the newer.
func (e edition) compare(o edition) int {
	if c := cmp.Compare(e.standing, o.standing); c != 0 {
		return c
	}
	if len(e.version) > 0 && len(o.version) > 0 {
		if c := slices.Compare(o.version, e.version); c != 0 {
			return c
		}
	}
	return compareDates(o.date, e.date)
}

// compareDates orders dates, as far as both are exact; one that is missing tells
// nothing.
func compareDates(a, b string) int {
	if n := min(len(a), len(b)); n >= len("2024") {
		return strings.Compare(a[:n], b[:n])
	}
	return 0
}

// replaces reports whether a text says that its document replaces another: a
// sentence that says so and then names the other or, in a document of the same name,
// has its date or none.
func replaces(text string, e, o edition) bool {
	text = lang.FirstBytes(text, maxSearched)
	return slices.ContainsFunc(lang.Sentences(text), func(s lang.Span) bool {
		sentence := text[s.Start:s.End]
		p := plain(sentence)
		phrase, ok := phraseIn("replaces", p)
		if !ok {
			return false
		}
		if !e.ofOneName(o) {
			_, replaced, _ := strings.Cut(p, " "+phrase)
			return sharesName(replaced, o)
		}
		dates := lang.Dates(e.doc.Language, sentence)
		return o.date == "" || len(dates) == 0 || slices.ContainsFunc(dates, func(d lang.Date) bool {
			return strings.HasPrefix(o.date, d.Value) || strings.HasPrefix(d.Value, o.date)
		})
	})
}

// maxSearched is how much of a text is searched for what it says of others.
const maxSearched = 64 << 10

// sharesName reports whether a plain sentence has a document's whole name.
func sharesName(plainSentence string, e edition) bool {
	return slices.ContainsFunc(e.names, func(n string) bool {
		return len(n) > 3 && strings.Contains(plainSentence, plain(n))
	})
}

// current is the candidate of the edition that holds, of those that say the same as
// the best one, with those of the editions that it replaces.
func (r *reading) current(ctx context.Context, best extract.Candidate) (extract.Candidate, []extract.Candidate, error) {
	var older []extract.Candidate
	for _, c := range r.rivals(best) {
		order, err := r.order(ctx, r.edition(best.Hit.Document), r.edition(c.Hit.Document))
		switch {
		case err != nil:
			return best, nil, err
		case order > 0:
			older, best = append(older, best), c
		case order < 0:
			older = append(older, c)
		}
	}
	return best, older, nil
}

// rivals are the best candidates of other documents that say the same as one in
// nearly the same words, but perhaps for what matters. Those of the last one asked
// for are kept.
func (r *reading) rivals(best extract.Candidate) []extract.Candidate {
	if r.rivalled.is(best) {
		return r.rival
	}
	r.rival, r.rivalled = nil, part{best.Hit, best.Unit}
	seen := map[rag.DocumentID]bool{best.Hit.Document.ID: true}
	for _, c := range r.admitted[:min(mostHeld, len(r.admitted))] {
		if !seen[c.Hit.Document.ID] && verify.Compare("", best.Text, c.Text) != verify.Unlike {
			seen[c.Hit.Document.ID] = true
			r.rival = append(r.rival, c)
		}
	}
	return r.rival
}

// order is below 0 where a is an edition that holds instead of b, above 0 the other
// way round, and 0 where they are no editions of one document.
func (r *reading) order(ctx context.Context, a, b edition) (int, error) {
	for _, turn := range []struct {
		of, over edition
		order    int
	}{{a, b, -1}, {b, a, 1}} {
		text, err := r.text(ctx, turn.of.doc.ID)
		if err != nil {
			return 0, err
		}
		if replaces(text, turn.of, turn.over) {
			return turn.order, nil
		}
	}
	if a.ofOneName(b) || a.standing != b.standing {
		return a.compare(b), nil
	}
	return 0, nil
}

// notInForce says of a draft or an old document that it is one, unless it is asked
// for by its year or version.
func (r *reading) notInForce(doc rag.DocumentInfo, said *reply) {
	question := plain(r.question)
	if d := r.dated(doc); r.edition(doc).standing > 0 && len(r.qualifiers.years) == 0 && !says("version", question) && !says("draft", question) {
		said.notes = append(said.notes, prompts.NotInForce(r.found.Language, d))
	}
}

// dated is an edition as it is spoken of.
func (r *reading) dated(doc rag.DocumentInfo) prompts.Dated {
	e := r.edition(doc)
	return prompts.Dated{Title: lang.OneLine(doc.Title), Date: e.date, Draft: e.standing == 1}
}
