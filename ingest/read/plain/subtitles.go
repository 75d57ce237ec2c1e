package plain

import (
	"errors"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"time"

	"docent/ingest/read"
	"docent/rag/lang"
)

// Subtitles is the format of subtitles files.
func Subtitles(l read.Limits) read.Format {
	return read.TextFormat("subtitles", l, parseSubtitles, ".vtt", ".srt")
}

const (
	// headingEvery is the time between two headings, and longestPause the one
	// after which somebody says something else.
	headingEvery = 2 * time.Minute
	longestPause = 4 * time.Second
	// fullSpeech is the size in bytes beyond which a paragraph ends at the end
	// of a sentence.
	fullSpeech = 600
)

// parseSubtitles reads what was said in a recording, in WebVTT or SubRip. Cues
// are joined to paragraphs, one a speaker. Their times are left out of them,
// so that a sentence can be quoted; every two minutes a heading says where the
// recording is, which a citation then names.
func parseSubtitles(_, text string) (read.Document, error) {
	times := cueLine.FindAllString(text, -1)
	if len(times) == 0 && strings.TrimSpace(text) != "" {
		return read.Document{}, errors.New("damaged subtitles: no times in it")
	}
	var s speechWriter
	if len(times) > 0 {
		first, _ := cueTimes(times[0])
		last, _ := cueTimes(times[len(times)-1])
		s.headed = last-first > headingEvery
	}
	s.cues(strings.Split(text, "\n"))
	s.flush()
	return read.Document{Text: s.Text.String(), Blocks: s.Blocks}, nil
}

// cues reads the blocks that begin with a line of times, after a number or
// name. Others are notes and styles.
func (s *speechWriter) cues(lines []string) {
	var start, end time.Duration
	var open bool
	for i, line := range lines {
		line = strings.TrimSpace(line)
		switch {
		case cueLine.MatchString(line):
			start, end = cueTimes(line)
			open = true
		case line == "":
			open = false
		case strings.Trim(line, "0123456789") == "" && i+1 < len(lines) && cueLine.MatchString(lines[i+1]):
			// the number of the next cue, where no empty line parts the two
		case open:
			s.line(start, end, line)
		}
	}
}

// cueLine is "00:01:02.500 --> 00:01:04.000 align:start".
var cueLine = regexp.MustCompile(`(?m)^\s*(?:(\d{1,4}):)?(\d{1,6}):(\d{1,6})[.,]?\d*\s*-->\s*(?:(\d{1,4}):)?(\d{1,6}):(\d{1,6})`)

// cueTimes reads a line of times.
func cueTimes(line string) (start, end time.Duration) {
	clock := func(parts []string) time.Duration {
		var seconds int
		for _, p := range parts {
			n, _ := strconv.Atoi(p) // no hour is 0
			seconds = seconds*60 + n
		}
		return time.Duration(seconds) * time.Second
	}
	m := cueLine.FindStringSubmatch(line)
	return clock(m[1:4]), clock(m[4:7])
}

// speechWriter composes paragraphs of what is said.
type speechWriter struct {
	read.Builder
	// headed is set for a recording that is long enough for headings, and next
	// is when one is due.
	headed bool
	next   time.Duration
	// speaker said what is in the paragraph; last is its last line, and end
	// when it was said.
	speaker, last string
	end           time.Duration
	paragraph     strings.Builder
}

// line adds what is said at a time.
func (s *speechWriter) line(start, end time.Duration, line string) {
	speaker, text := spoken(line)
	if text == "" || text == s.last {
		return // captions that roll show each line twice
	}
	full := s.paragraph.Len() > fullSpeech && strings.ContainsAny(s.last[len(s.last)-1:], ".?!")
	if speaker != "" && speaker != s.speaker || full || start-s.end > longestPause || s.paragraph.Len() > 4*fullSpeech {
		s.flush()
	}
	s.begin(start, speaker)
	s.paragraph.WriteString(text)
	s.last, s.end = text, end
}

// begin starts a paragraph, or goes on with one.
func (s *speechWriter) begin(at time.Duration, speaker string) {
	if s.paragraph.Len() > 0 {
		s.paragraph.WriteByte(' ')
		return
	}
	if s.headed && at >= s.next {
		s.Add(read.Heading, 2, fmt.Sprintf("%02d:%02d:%02d", int(at.Hours()), int(at.Minutes())%60, int(at.Seconds())%60))
		s.next = at - at%headingEvery + headingEvery
	}
	if speaker != "" && speaker != s.speaker {
		s.paragraph.WriteString(speaker + ": ")
	}
	if speaker != "" {
		s.speaker = speaker
	}
}

func (s *speechWriter) flush() {
	s.Add(read.Paragraph, 0, s.paragraph.String())
	s.paragraph.Reset()
}

var (
	// voiceTag says who speaks, as <v Zoe> or <v.loud Zoe>.
	voiceTag = regexp.MustCompile(`<v(?:\.[^ >]*)? ([^>]*)>`)
	// styleTag is one of WebVTT, or of SubRip at the start of a line.
	styleTag = regexp.MustCompile(`<[^>]*>|^\{\\[^}]*\}`)
)

// spoken is the text of a line without its tags, and who it says is speaking.
func spoken(line string) (speaker, text string) {
	plain := func(s string) string { return lang.OneLine(html.UnescapeString(s)) }
	if voice := voiceTag.FindStringSubmatch(line); voice != nil {
		speaker = plain(voice[1])
	}
	return speaker, plain(styleTag.ReplaceAllString(line, ""))
}
