#!/bin/sh
# Makes the packages of the last commit twice, in two clones, and compares their bytes; then installs the deb and the rpm in roots of their own,
# runs what they bring, and removes it without a trace. Needs root, debootstrap and rpm; fetches a small Debian. What is made stays in dist/.
set -eu
cd "$(dirname "$0")/../.."
for tool in git go debootstrap rpm chroot; do
	command -v "$tool" >/dev/null || { echo "internal/release/test.sh: $tool is missing" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
goreleaser="go run github.com/goreleaser/goreleaser/v2@v2.14.0"

git clone -q . "$work/1"
git clone -q "$work/1" "$work/2" # of the same commit, whatever is committed meanwhile
for n in 1 2; do
	git -C "$work/$n" remote set-url origin https://github.com/example/leerblad.git # which goreleaser asks for, and does not use
	(cd "$work/$n" && $goreleaser check && $goreleaser release --snapshot --clean --parallelism 2)
	(cd "$work/$n/dist" && sha256sum -c --quiet SHA256SUMS && sha256sum -- *.tar.gz *.zip *.deb *.rpm *.cdx.json) >"$work/$n.sums"
done
diff "$work/1.sums" "$work/2.sums"
echo "the same bytes twice: $(wc -l <"$work/1.sums") files"
rm -rf dist
cp -r "$work/1/dist" dist

processor=$(go env GOARCH)
cat >"$work/try.sh" <<'TRY' # in the root
set -eu
leerblad version
leerblad init /tmp/sample
cd /tmp/sample
leerblad build
test -s public/index.html
cd /
rm -rf /tmp/sample /root/.cache
TRY
everything() { (cd "$1" && find . -path ./proc -prune -o -path ./var/log -prune -o -path ./var/cache -prune -o -print | LC_ALL=C sort); }

debootstrap --variant=minbase stable "$work/debian" >"$work/debootstrap.log"
everything "$work/debian" >"$work/before"
cp dist/*_"$processor".deb "$work/debian/leerblad.deb"
cp "$work/try.sh" "$work/debian/try.sh"
chroot "$work/debian" dpkg -i /leerblad.deb
chroot "$work/debian" sh /try.sh
chroot "$work/debian" dpkg -P leerblad
rm "$work/debian/leerblad.deb" "$work/debian/try.sh"
everything "$work/debian" | diff "$work/before" - | grep -v -e /var/lib/dpkg/ -e '^[0-9,]*[acd][0-9,]*$' && { echo "the deb left these behind" >&2; exit 1; }
echo "the deb came and went"

# Into the same root, with rpm from outside: its scripts are none.
case $processor in amd64) rpmarch=x86_64 ;; arm64) rpmarch=aarch64 ;; esac
r="rpm --root $work/debian --dbpath /rpmdb"
$r --initdb
$r -i --nodeps dist/*."$rpmarch".rpm
cp "$work/try.sh" "$work/debian/try.sh"
chroot "$work/debian" sh /try.sh
$r -e leerblad
rm -rf "$work/debian/try.sh" "$work/debian/rpmdb"
everything "$work/debian" | diff "$work/before" - | grep -v -e /var/lib/dpkg/ -e '^[0-9,]*[acd][0-9,]*$' && { echo "the rpm left these behind" >&2; exit 1; }
echo "the rpm came and went"
