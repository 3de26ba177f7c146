package devserver

import (
	"net"
	"strconv"
	"testing"
)

func TestListenTakesTheNextPortWhenOneIsTaken(t *testing.T) {
	first, moved, err := Listen(":0")
	if err != nil || moved {
		t.Fatal(err, moved)
	}
	defer first.Close()
	address := first.Addr().(*net.TCPAddr)
	if !address.IP.IsLoopback() {
		t.Errorf("listens on %v", address)
	}
	second, moved, err := Listen(":" + strconv.Itoa(address.Port))
	if err != nil || !moved {
		t.Fatal(err, moved)
	}
	defer second.Close()
	if port := second.Addr().(*net.TCPAddr).Port; port <= address.Port || port > address.Port+20 {
		t.Errorf("port %d after %d", port, address.Port)
	}
}

func TestListenRefusesWhatIsNoAddress(t *testing.T) {
	for _, address := range []string{"localhost", ":http", ":70000", ":-1", "192.0.2.1:8080"} {
		if listener, _, err := Listen(address); err == nil {
			listener.Close()
			t.Errorf("%q was accepted", address)
		}
	}
}

func TestAddressDefaultsToLoopback(t *testing.T) {
	for address, want := range map[string]string{
		"": "127.0.0.1:8080", ":": "127.0.0.1:8080", ":81": "127.0.0.1:81", "0.0.0.0:": "0.0.0.0:8080", "[::1]:81": "[::1]:81",
	} {
		host, port, err := splitAddress(address)
		if got := net.JoinHostPort(host, strconv.Itoa(port)); err != nil || got != want {
			t.Errorf("%q: %s, want %s, %v", address, got, want, err)
		}
	}
}
