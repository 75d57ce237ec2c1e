package pdf_test

import (
	"crypto/md5" //nolint:gosec // PDF 1.4 protects with it
	"crypto/rc4" //nolint:gosec // PDF 1.4 protects with it
	"fmt"

	"docent/ingest/read/readtest"
)

// encryptedPDF is a page of text that a password opens, by the standard
// security handler of revision 2 (ISO 32000-1, 7.6.3).
func encryptedPDF(text, password string) []byte {
	padding := "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"
	padded := []byte((password + padding)[:32])
	ownerKey := md5.Sum(padded)
	owner := rc4With(ownerKey[:5], padded)
	id := "0123456789abcdef"
	digest := md5.Sum(append(append(padded, owner...), "\xfc\xff\xff\xff"+id...))
	key := digest[:5]

	content := lines(50, 700, text)
	const contentObject = 4
	objectKey := md5.Sum(append(append([]byte{}, key...), contentObject, 0, 0, 0, 0))
	content = string(rc4With(objectKey[:10], []byte(content)))
	return readtest.PDF([]string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /Serif 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
		fmt.Sprintf("<< /Filter /Standard /V 1 /R 2 /O <%x> /U <%x> /P -4 >>", owner, rc4With(key, []byte(padding))),
	}, fmt.Sprintf("/Encrypt 6 0 R /ID [<%x> <%x>]", id, id))
}

func rc4With(key, data []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		panic(err)
	}
	out := make([]byte, len(data))
	c.XORKeyStream(out, data)
	return out
}
