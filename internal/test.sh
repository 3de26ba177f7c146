#!/bin/sh
# Installs what the tests need on a Debian machine with Go and Node, and runs them all.
set -eu
cd "$(dirname "$0")/.."

for tool in go node npm; do
	command -v "$tool" >/dev/null || { echo "internal/test.sh: $tool is missing; install it first" >&2; exit 1; }
done
fonts=/usr/share/fonts/truetype/liberation # as wide as what most readers have; those of Debian's own choice are wider
missing=
[ -d "$fonts" ] || missing=$fonts
export PATH="$PATH:/usr/sbin" # where Debian has servers
for tool in git chromium-headless-shell firefox-esr java python3 nginx caddy apache2 nvim sshd ssh-keygen pdfinfo qpdf; do
	command -v "$tool" >/dev/null || missing=$tool
done
if [ -n "$missing" ]; then
	sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
	$sudo apt-get update -q
	$sudo apt-get install -q -y --no-install-recommends git chromium-headless-shell firefox-esr fonts-liberation fonts-dejavu-core default-jre-headless python3 \
		nginx-light caddy apache2-bin media-types neovim openssh-server openssh-client poppler-utils qpdf # the tests run servers of their own, as this user
fi
export PATH="$PATH:$(go env GOPATH)/bin"
go install github.com/versity/versitygw/cmd/versitygw@v1.8.0 # an S3 server
go install github.com/axllent/mailpit@v1.33.1 # a mail server
npm ci --prefix internal/browser --no-audit --no-fund

unformatted=$(gofmt -l cmd internal themes)
[ -z "$unformatted" ] || { echo "not formatted: $unformatted" >&2; exit 1; }
go vet ./...
go run honnef.co/go/tools/cmd/staticcheck@v0.7.0 ./... # by its version, so that go.mod has what the product needs alone
for os in windows darwin; do
	GOOS=$os CGO_ENABLED=0 go build -o /dev/null ./cmd/leerblad
	GOOS=$os CGO_ENABLED=0 go vet ./...
done
go test -count=1 -timeout 30m -parallel 4 ./... # browsers wait more than they work; never from the cache: node reads files that go does not know of
