package sandbox_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"docent/ingest/read/readtest"
)

// bombs are small files that say a lot, the largest of them divided by share.
func bombs(share int) map[string]func() []byte {
	page := "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /Serif 5 0 R >> /XObject << /X 6 0 R >> >> >>"
	font := "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
	onePage := func(content string, more ...string) []byte {
		return readtest.PDF(append([]string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, font}, more...), "")
	}
	packed := func(filter, data string) string {
		return fmt.Sprintf("<< /Filter %s /Length %d >>\nstream\n%s\nendstream", filter, len(data), data)
	}
	forms := make([]string, 15)
	for i := range forms {
		use := strings.Repeat("/X Do ", 4)
		if i == len(forms)-1 {
			use = "BT /Serif 10 Tf (a) Tj ET"
		}
		forms[i] = fmt.Sprintf("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /Serif 5 0 R >> /XObject << /X %d 0 R >> >> /Length %d >>\nstream\n%s\nendstream", 7+i, len(use), use)
	}
	return map[string]func() []byte{
		"forms in forms": func() []byte {
			return onePage(packed("[]", "/X Do"), forms...)
		},
		"stream of 1 GiB": func() []byte {
			return onePage(packed("[/FlateDecode /FlateDecode]", compressed(zeros(1<<30/int64(share)))))
		},
		"letters": func() []byte {
			return onePage(packed("/FlateDecode", compressed("BT /Serif 10 Tf "+strings.Repeat("(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ", 800_000/share)+"ET")))
		},
		"states": func() []byte {
			return onePage(packed("/FlateDecode", compressed(strings.Repeat("q ", 5_000_000))))
		},
		"arrays": func() []byte {
			return onePage(packed("/FlateDecode", compressed(strings.Repeat("[", 5_000_000))))
		},
		"pages": func() []byte {
			return readtest.PDF([]string{"<< /Type /Catalog /Pages 2 0 R >>",
				"<< /Type /Pages /Count 1000000 /Kids [" + strings.Repeat("6 0 R ", 1000) + "] >>", page, packed("[]", "BT /Serif 10 Tf 50 700 Td (one of very many) Tj ET"), font,
				"<< /Type /Pages /Parent 2 0 R /Count 1000 /Kids [" + strings.Repeat("3 0 R ", 1000) + "] >>"}, "")
		},
		"pages within themselves": func() []byte {
			return readtest.PDF([]string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 100 /Kids [2 0 R 2 0 R] >>"}, "")
		},
		"a count": func() []byte {
			return readtest.PDF([]string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 2147483647 /Kids [3 0 R] >>", page, packed("[]", "BT /Serif 10 Tf 50 700 Td (one) Tj ET"), font}, "")
		},
		"bookmarks in a circle": func() []byte {
			return readtest.PDF([]string{"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
				page, packed("[]", "BT /Serif 10 Tf 50 700 Td (one) Tj ET"), font, "<< /First 7 0 R /Last 7 0 R /Count 9 >>", "<< /Title (a) /Next 8 0 R /First 7 0 R /Dest [3 0 R /Fit] >>", "<< /Title (b) /Next 7 0 R /First 8 0 R >>"}, "")
		},
		"a deep tree": func() []byte {
			return []byte("%PDF-1.7\n1 0 obj\n" + strings.Repeat("<< /A ", 1_000_000) + "\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF")
		},
	}
}

// zeros is a stream of n zeros, deflated once.
func zeros(n int64) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = io.CopyN(z, zeroReader{}, n) // a buffer takes all
	_ = z.Close()
	return b.String()
}

func compressed(data string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = io.WriteString(z, data) // a buffer takes all
	_ = z.Close()
	return b.String()
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// mostMemory is what all processes together may hold.
const mostMemory = 1500 << 20

// watchMemory looks at the memory of this process and its children until it is
// asked for the most that they held.
func watchMemory(t *testing.T) (peak func() int64) {
	t.Helper()
	if _, err := os.Stat("/proc/self/statm"); err != nil {
		return func() int64 { return 0 } // nothing to look at here
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan int64)
	go func() {
		var most int64
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				done <- most
				return
			case <-tick.C:
				most = max(most, residentMemory())
			}
		}
	}()
	return func() int64 {
		stop()
		return <-done
	}
}

func residentMemory() int64 {
	self := strconv.Itoa(os.Getpid())
	stats, _ := filepath.Glob("/proc/[0-9]*/stat") // none is none
	var pages int64
	for _, path := range stats {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // it has just ended
		}
		_, rest, _ := strings.Cut(string(data), ") ")
		fields := strings.Fields(rest)
		if len(fields) < 22 || filepath.Base(filepath.Dir(path)) != self && fields[1] != self {
			continue
		}
		resident, _ := strconv.ParseInt(fields[21], 10, 64) // the kernel writes numbers
		pages += resident
	}
	return pages * int64(os.Getpagesize())
}
