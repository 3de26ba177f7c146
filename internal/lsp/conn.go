package lsp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"leerblad/internal/bounds"
)

// Conn carries whole messages, each one JSON text, between a client and the server. Read gives io.EOF when the client has gone. One goroutine
// reads and one at a time writes.
type Conn interface {
	Read() ([]byte, error)
	Write(message []byte) error
}

// maxMessage is the size in bytes of the longest message: a whole text, each byte of it written as \u0000, and what is around it.
const maxMessage = 6*bounds.Text + 1<<20

// maxHeader is the size in bytes of all that may stand before a message.
const maxHeader = 4 << 10

// Stream gives the connection over a stream of bytes, in which the length of each message stands before it, as over standard input and output.
func Stream(r io.Reader, w io.Writer) Conn { return &stream{bufio.NewReaderSize(r, maxHeader), w} }

type stream struct {
	r *bufio.Reader
	w io.Writer
}

// Read fails for good on a header that is none: nobody knows where the next message begins.
func (s *stream) Read() ([]byte, error) {
	length, read := -1, 0
	for {
		line, err := s.r.ReadSlice('\n')
		switch {
		case err == io.EOF && read == 0 && len(line) == 0:
			return nil, io.EOF
		case err == io.EOF:
			return nil, io.ErrUnexpectedEOF
		case errors.Is(err, bufio.ErrBufferFull):
			return nil, errors.New("read message: the header is too long")
		case err != nil:
			return nil, fmt.Errorf("read message: %w", err)
		}
		if read += len(line); read > maxHeader {
			return nil, errors.New("read message: the header is too long")
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			break
		}
		name, value, ok := strings.Cut(text, ":")
		if !ok {
			return nil, fmt.Errorf("read message: header %q without a colon", text)
		}
		if strings.EqualFold(name, "Content-Length") {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil || length < 0 || length > maxMessage {
				return nil, fmt.Errorf("read message: no length %q", value)
			}
		}
	}
	if length < 0 {
		return nil, errors.New("read message: no Content-Length")
	}
	data := make([]byte, length)
	if _, err := io.ReadFull(s.r, data); err != nil {
		return nil, fmt.Errorf("read message: %w", err)
	}
	return data, nil
}

func (s *stream) Write(message []byte) error {
	head := "Content-Length: " + strconv.Itoa(len(message)) + "\r\n\r\n"
	_, err := s.w.Write(append([]byte(head), message...))
	return err
}
