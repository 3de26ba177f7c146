package newsletter

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"
)

// Proof is what a mail needs to be sent as a test of it.
type Proof struct {
	From string // with or without a name before it; "" for the mail's own
	To   string // an address
	At   time.Time
	ID   string // of letters and digits, that no other mail has
}

// Sender gives the address that the proof comes from, "" where nothing says one.
func (m *Mail) Sender(from string) string {
	a, err := mail.ParseAddress(cmp.Or(from, m.from))
	if err != nil {
		return ""
	}
	return asciiMailbox(a.Address)
}

// Proof gives the mail as a message for one address: Message with To, Date and Message-ID, and a word at the subject's beginning that says
// what it is.
func (m *Mail) Proof(p Proof) []byte { return writeMessage(cmp.Or(p.From, m.from), m, &p) }

// Digest gives the SHA-256 of Message, in hexadecimal digits.
func (m *Mail) Digest() string {
	sum := sha256.Sum256(m.Message)
	return hex.EncodeToString(sum[:])
}

// writeMessage gives a mail as a message (RFC 5322) with two alternatives (RFC 2046), the text first. Without a proof it has no Date and no
// Message-ID, which are for the program that sends it, and X-Unsent, with which Outlook opens it as a mail to be sent.
func writeMessage(from string, m *Mail, proof *Proof) []byte {
	sum := sha256.New()
	sum.Write(m.Text)
	sum.Write(m.HTML)
	boundary := "=_" + hex.EncodeToString(sum.Sum(nil)[:16]) // no quoted-printable line holds =_
	var out bytes.Buffer
	header := func(name, value string) { out.WriteString(name + ": " + value + "\r\n") }
	if a, err := mail.ParseAddress(from); err == nil {
		header("From", sender(line(a.Name), asciiMailbox(a.Address)))
	}
	subject := m.Subject
	if proof != nil {
		header("To", "<"+asciiMailbox(proof.To)+">")
		header("Date", proof.At.Format(time.RFC1123Z))
		_, host, _ := strings.Cut(m.Sender(from), "@")
		header("Message-ID", "<"+proof.ID+"@"+cmp.Or(host, "localhost")+">")
		subject = m.proof + " " + subject
	}
	header("Subject", encoded(len("Subject: "), subject))
	header("MIME-Version", "1.0")
	if proof == nil {
		header("X-Unsent", "1")
	}
	header("Content-Type", "multipart/alternative;\r\n boundary=\""+boundary+"\"")
	out.WriteString("\r\n")
	for _, part := range []struct {
		kind string
		data []byte
	}{{"text/plain", m.Text}, {"text/html", m.HTML}} {
		out.WriteString("--" + boundary + "\r\n")
		header("Content-Type", part.kind+"; charset=utf-8")
		header("Content-Transfer-Encoding", "quoted-printable")
		out.WriteString("\r\n")
		w := quotedprintable.NewWriter(&out)
		_, _ = w.Write(part.data) // a bytes.Buffer takes every write
		_ = w.Close()
		out.WriteString("\r\n")
	}
	out.WriteString("--" + boundary + "--\r\n")
	return out.Bytes()
}

// sentBy gives who sends a mail as an inbox shows it: the name in an address, or else the address.
func sentBy(from string) string {
	a, err := mail.ParseAddress(from)
	if err != nil {
		return ""
	}
	return line(cmp.Or(a.Name, a.Address))
}

// sender gives an address with a name before it.
func sender(name, address string) string {
	if word := encoded(len("From: "), name); word != name {
		return word + "\r\n <" + address + ">"
	}
	return fold(len("From: "), (&mail.Address{Name: name, Address: address}).String())
}

// fullHeader is the most bytes of a line of a header with encoded words (RFC 2047, section 2).
const fullHeader = 76

// fold breaks a header's value at blanks into lines, as far as there are blanks; the first begins after at bytes.
func fold(at int, value string) string {
	var out strings.Builder
	for i, word := range strings.Split(value, " ") {
		if i > 0 && at+1+len(word) > fullHeader {
			out.WriteString("\r\n ")
			at = 1
		} else if i > 0 {
			out.WriteString(" ")
			at++
		}
		out.WriteString(word)
		at += len(word)
	}
	return out.String()
}

// encoded gives a text as the value of a header, as it is if it is short and of ASCII, or else as encoded words (RFC 2047) that
// each end with a whole character. The standard library's are too long for the first line.
func encoded(at int, text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) && !strings.Contains(text, "=?") && at+len(text) <= fullHeader {
		return text
	}
	const begin, end = "=?utf-8?q?", "?="
	var out strings.Builder
	out.WriteString(begin)
	at += len(begin)
	for _, r := range text {
		var q string
		switch {
		case r == ' ':
			q = "_"
		case r < 0x80 && (r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z'):
			q = string(r)
		default:
			for _, b := range []byte(string(r)) {
				q += fmt.Sprintf("=%02X", b)
			}
		}
		if at+len(q)+len(end) > fullHeader {
			out.WriteString(end + "\r\n " + begin)
			at = 1 + len(begin)
		}
		out.WriteString(q)
		at += len(q)
	}
	return out.String() + end
}
