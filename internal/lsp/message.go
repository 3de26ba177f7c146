package lsp

import (
	"bytes"
	"encoding/json"
)

// version is that of JSON-RPC.
type version struct{}

// MarshalText gives the version.
func (version) MarshalText() ([]byte, error) { return []byte("2.0"), nil }

// message is a request, a notification or a response of JSON-RPC 2.0.
type message struct {
	ID     json.RawMessage `json:"id"` // nil for a notification
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
}

// response answers a request.
type response struct {
	JSONRPC version         `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  any             `json:"result"`
}

// refusal answers a request that is not done.
type refusal struct {
	JSONRPC version         `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"` // null where it cannot be known
	Error   *Error          `json:"error"`
}

// notification tells the client something.
type notification struct {
	JSONRPC version `json:"jsonrpc"`
	Method  string  `json:"method"`
	Params  any     `json:"params"`
}

// Error is why a request is not done. Message is shown to people.
type Error struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *Error) Error() string { return e.Message }

// Refuse gives the error for a request that is right and cannot be done, in words for people.
func Refuse(words string) *Error { return &Error{codeFailed, words} }

// Codes of errors: those of JSON-RPC, and from -32899 those of the protocol.
const (
	codeParse          = -32700
	codeInvalidRequest = -32600
	codeNoMethod       = -32601
	codeInvalidParams  = -32602
	codeInternal       = -32603
	codeNotInitialized = -32002
	codeFailed         = -32803 // the request was right, and cannot be done
	codeModified       = -32801 // the text has been changed since
	codeCancelled      = -32800
)

// parse reads a message. It gives nil, or an answer to what is no message.
func parse(data []byte) (*message, *refusal) {
	if !json.Valid(data) {
		return nil, &refusal{ID: json.RawMessage("null"), Error: &Error{codeParse, "the message is no JSON"}}
	}
	var m message
	err := json.Unmarshal(data, &m)
	id := bytes.TrimSpace(m.ID)
	if bytes.Equal(id, []byte("null")) {
		m.ID, id = nil, nil
	}
	if err != nil || len(id) > 0 && id[0] != '"' && id[0] != '-' && (id[0] < '0' || id[0] > '9') {
		return nil, &refusal{ID: json.RawMessage("null"), Error: &Error{codeInvalidRequest, "the message is no request"}}
	}
	return &m, nil
}
