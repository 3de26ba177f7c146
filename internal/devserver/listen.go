package devserver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// Listen opens address, whose host is 127.0.0.1 and whose port 8080 if left out; when the port is taken it
// tries the twenty after it and says so with moved.
func Listen(address string) (listener net.Listener, moved bool, err error) {
	host, port, err := splitAddress(address)
	if err != nil {
		return nil, false, err
	}
	listener, first := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if first == nil {
		return listener, false, nil
	}
	for next := port + 1; taken(first) && next <= min(port+20, 65535); next++ {
		if listener, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(next))); err == nil {
			return listener, true, nil
		}
	}
	return nil, false, fmt.Errorf("listen: %w", first)
}

func splitAddress(address string) (host string, port int, err error) {
	host, port = "127.0.0.1", 8080
	if address == "" {
		return host, port, nil
	}
	name, number, err := net.SplitHostPort(address)
	if err != nil {
		return "", 0, fmt.Errorf("address %q: %w", address, err)
	}
	if name != "" {
		host = name
	}
	if number != "" {
		port, err = strconv.Atoi(number)
		if err != nil || port < 0 || port > 65535 {
			return "", 0, fmt.Errorf("address %q: port is not a number from 0 to 65535", address)
		}
	}
	return host, port, nil
}

func taken(err error) bool {
	const windowsInUse = syscall.Errno(10048) // WSAEADDRINUSE
	var number syscall.Errno
	return errors.As(err, &number) && (number == syscall.EADDRINUSE || number == windowsInUse)
}

// NewHTTPServer returns a server for h with limits on time and size; its Shutdown also ends event streams.
func NewHTTPServer(h http.Handler) *http.Server {
	ctx, cancel := context.WithCancel(context.Background())
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second, // no ReadTimeout: it would end an event stream
		WriteTimeout:      5 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	server.RegisterOnShutdown(cancel)
	return server
}
