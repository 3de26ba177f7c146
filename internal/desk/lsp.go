package desk

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/coder/websocket"
)

// maxClients is how many language clients are answered at once.
const maxClients = 32

// maxMessage is the size in bytes of the longest message: a whole text, with each byte of it escaped.
const maxMessage = 6*maxText + 1<<20

// protocol is what a client may call the messages; what follows it in the list is the token.
const protocol = "leerblad"

// Conn carries whole messages, each one JSON text. Read gives io.EOF when the client has gone.
type Conn interface {
	Read() ([]byte, error)
	Write(message []byte) error
}

// lsp answers a language client over a WebSocket. A browser cannot send the token as it does elsewhere: its page's origin stands for that, or the
// token is the second of the subprotocols.
func (d *Desk) lsp(w http.ResponseWriter, r *http.Request) error {
	token := r.Header.Get("X-Leerblad-Token")
	var protocols []string
	for _, field := range r.Header.Values("Sec-WebSocket-Protocol") {
		for name := range strings.SplitSeq(field, ",") {
			protocols = append(protocols, strings.TrimSpace(name))
		}
	}
	if len(protocols) > 1 && protocols[0] == protocol {
		token = protocols[1]
	}
	switch {
	case d.options.LSP == nil:
		return refusal(http.StatusNotFound, "not-found")
	case r.Method != http.MethodGet:
		return methods(w, "GET")
	case !here(r):
		return refusal(http.StatusForbidden, "elsewhere")
	case !sameOrigin(r):
		return refusal(http.StatusForbidden, "foreign")
	case token != "" && !d.isToken(token), token == "" && r.Header.Get("Origin") == "":
		return refusal(http.StatusForbidden, "token")
	case !strings.EqualFold(r.Header.Get("Upgrade"), "websocket"):
		w.Header().Set("Upgrade", "websocket")
		return refusal(http.StatusUpgradeRequired, "no-socket")
	}
	select {
	case d.clients <- struct{}{}:
		defer func() { <-d.clients }()
	default:
		return refusal(http.StatusServiceUnavailable, "busy")
	}
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{protocol}})
	if err != nil {
		return nil // Accept has answered
	}
	defer ws.CloseNow()
	ws.SetReadLimit(maxMessage)
	ctx, cancel := context.WithCancel(r.Context()) // that of the server, for the connection is out of net/http's hands
	defer cancel()
	if err := d.options.LSP(ctx, &socket{ctx, ws}); err != nil && ctx.Err() == nil {
		_ = ws.Close(websocket.StatusInternalError, "")
		return nil
	}
	_ = ws.Close(websocket.StatusNormalClosure, "")
	return nil
}

// socket is a WebSocket that carries messages.
type socket struct {
	ctx context.Context
	ws  *websocket.Conn
}

func (s *socket) Read() ([]byte, error) {
	_, data, err := s.ws.Read(s.ctx)
	if status := websocket.CloseStatus(err); status == websocket.StatusNormalClosure || status == websocket.StatusGoingAway {
		return nil, io.EOF
	}
	return data, err
}

func (s *socket) Write(message []byte) error {
	return s.ws.Write(s.ctx, websocket.MessageText, message)
}
