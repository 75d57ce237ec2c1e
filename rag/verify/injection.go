package verify

import (
	"regexp"
	"strings"

	"docent/rag"
	"docent/rag/lang"
)

// Document text is data: nothing in it may speak to the program that reads it,
// or make an answer link, ping or command.

// orders are what texts say that were written for a language model and not for
// people: to forget what it was told, and to say something in particular.
var orders = regexp.MustCompile(`(?i)` + strings.Join([]string{
	`\b(ignore|disregard|forget|override|bypass)\s+(\w+\s+){0,3}(above|previous|prior|preceding|earlier|instructions?|rules|guidelines|prompts?)\b`,
	`\b(ignore[sz]?|ignorer|oublie[sz]?|oublier|négligez|ne\s+tiens\s+pas\s+compte|ne\s+tenez\s+pas\s+compte)\s+([\p{L}’']+\s+){0,4}(ci-dessus|précède|précédent\w*|précédentes?|instructions?|consignes?|règles)`,
	`\b(new|updated|real)\s+(system\s+)?instructions?\s*:`,
	`\bnouvelles?\s+(instructions?|consignes?)\s*:`,
	`\b(system|developer)\s+(prompt|message|instruction)s?\b`,
	`\b(invite|message|consigne)s?\s+système\b`,
	`\byou\s+are\s+now\s+(an?\s+|the\s+|in\s+)?(\w+\s+)?(assistant|ai|bot|chatbot|dan|jailbr\w+|developer\s+mode)\b`,
	`\b(tu\s+es|vous\s+êtes)\s+(maintenant|désormais)\s+(un\s+|une\s+|l[’'])?(assistant\w*|ia|bot|robot)\b`,
	`<\|?/?(system|im_start|im_end|assistant|user|inst)\|?>`,
}, "|"))

// shouted is an order to say a word in capitals. Its case matters.
var shouted = regexp.MustCompile(`\b(?i:reply|respond|answer|say|output|print|réponds|répondez|répondre|dis|dites|écris|écrivez|affiche|affichez)\s+` +
	`((?i:only|just|exactly|simply|with|the\s+word|uniquement|seulement|simplement|par|avec|le\s+mot)\s+)*["'“«\x{00a0} ]*[A-Z]{4,}\b`)

// GivesOrders reports whether a text speaks to a language model.
func GivesOrders(text string) bool { return orders.MatchString(text) || shouted.MatchString(text) }

// placed is what follows an order that people are given: where the word goes.
var placed = regexp.MustCompile(`^["'”»\x{00a0} ]*\s(?i:in|on|dans|sur|en)\s`)

// givesOrders is GivesOrders for text that no model is to read: an order that says
// where on a form or in a message a word goes is one for people.
func givesOrders(text string) bool {
	if orders.MatchString(text) {
		return true
	}
	for _, at := range shouted.FindAllStringIndex(text, -1) {
		if !placed.MatchString(text[at[1]:]) {
			return true
		}
	}
	return false
}

// paragraphReach bounds, in bytes on each side of a quote, the paragraph that
// is taken for its context.
const paragraphReach = 400

// paragraph is the text around a span up to blank lines.
func paragraph(text string, s lang.Span) string {
	start, end := max(0, s.Start-paragraphReach), min(len(text), s.End+paragraphReach)
	if i := strings.LastIndex(text[start:s.Start], "\n\n"); i >= 0 {
		start += i
	}
	if i := strings.Index(text[s.End:end], "\n\n"); i >= 0 {
		end = s.End + i
	}
	return text[start:end]
}

// WithoutOrders is a text less the paragraphs that give orders: they are no
// evidence, and a model need not see them.
func WithoutOrders(text string) string {
	if !GivesOrders(text) {
		return text
	}
	var kept []string
	for p := range strings.SplitSeq(text, "\n\n") {
		if !GivesOrders(p) {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n\n")
}

// active is what a reader's program may act upon: addresses, mentions, markup,
// code.
var active = regexp.MustCompile("(?i)" + strings.Join([]string{
	`[a-z][a-z0-9+.-]{1,15}://[^\s>)\]]+`, `\b(?:mailto|tel|javascript|data):[^\s]+`, `\bwww\.[^\s>)\]]+`,
	`[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+`,
	`\b(?:[\p{L}\d-]+\.)+[a-z]{2,18}/[^\s>)\]]*`, `\b(?:[a-z\d-]+\.)+(?:com|org|net|io|fr|eu|example|dev|app|info|biz|ru|cn|xyz|top|co|uk|de|ly|me)\b`,
	`(?:^|[\s(])@[\p{L}\d_][\p{L}\d_.-]*`, `(?:^|[\s(])#[\p{L}][\p{L}\d_-]*`, `:[a-z\d_+-]{2,}:`,
	`<[^<>\s][^<>]*>`, `!?\[[^\]]*\]\([^)]*\)`, "`[^`]+`",
}, "|"))

// pinging addresses a whole channel, or somebody, in the markup of a chat. No
// quote makes it any better.
var pinging = regexp.MustCompile(`(?i)<[!@#][^>]*>?|(^|[^\p{L}\d_.])@(channel|here|everyone|all)\b`)

// acts reports whether a claim has a link, a mention or markup that its quotes
// do not have, or that no answer may have.
func acts(claim string, citations []rag.Citation) bool {
	if isQuote(claim, citations) {
		return false
	}
	if pinging.MatchString(claim) {
		return true
	}
	for _, found := range active.FindAllString(claim, -1) {
		if !quotedVerbatim(strings.Trim(found, " \t\n(.,;:!?`"), citations) {
			return true
		}
	}
	return false
}

// isQuote reports whether a claim is a quote as it stands, as the claims of
// extractive answers are.
func isQuote(claim string, citations []rag.Citation) bool {
	for _, c := range citations {
		if lang.OneLine(c.Quote) == claim {
			return true
		}
	}
	return false
}

func quotedVerbatim(s string, citations []rag.Citation) bool {
	s = strings.ToLower(s)
	for _, c := range citations {
		if strings.Contains(strings.ToLower(lang.OneLine(c.Quote)), s) {
			return true
		}
	}
	return false
}

// SafeText is a claim on one line, without what a terminal or a chat would
// obey.
func SafeText(s string) string { return lang.FlatLine(lang.Normalize(s)) }
