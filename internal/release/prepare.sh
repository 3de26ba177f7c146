#!/bin/sh
# Makes, before goreleaser builds, what packages hold beside the program: sh internal/release/prepare.sh VERSION SECONDS, the time of the commit.
set -eu
cd "$(dirname "$0")/../.."
rm -rf package
mkdir -p package/man/nl package/completions
go run ./internal/release/make package
go build -o package/leerblad ./cmd/leerblad
package/leerblad man --lang en >package/man/leerblad.1
package/leerblad man --lang nl >package/man/nl/leerblad.1
for page in package/man/leerblad.1 package/man/nl/leerblad.1; do
	gzip -9 -n -c $page >$page.gz
done
for shell in bash zsh fish; do
	package/leerblad completion $shell --lang en >package/completions/leerblad.$shell
done
rm package/leerblad
go run github.com/tc-hib/go-winres@v0.3.3 simply --arch amd64,arm64 --out cmd/leerblad/rsrc --icon package/icon.png --manifest cli \
	--product-name leerblad --file-description leerblad --original-filename leerblad.exe --product-version "$1" --file-version "$1"
find package | while read -r file; do
	touch -d "@$2" "$file"
done
