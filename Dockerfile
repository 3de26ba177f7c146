# leerblad alone, for CI: docker build -t leerblad .
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN mkdir -p /root-of-image/usr/bin /root-of-image/usr/share/doc/leerblad /root-of-image/etc/ssl/certs \
    && mkdir -m 1777 /root-of-image/tmp /root-of-image/publication \
    && CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /root-of-image/usr/bin/leerblad ./cmd/leerblad \
    && go run ./internal/release/make /root-of-image/usr/share/doc/leerblad \
    && cp /etc/ssl/certs/ca-certificates.crt /root-of-image/etc/ssl/certs/

FROM scratch
COPY --from=build /root-of-image /
ENV HOME=/tmp
WORKDIR /publication
USER 65532:65532
ENTRYPOINT ["/usr/bin/leerblad"]
