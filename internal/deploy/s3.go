package deploy

import (
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// bucket is a target that speaks S3's protocol. The library does not ask again by itself: it would not where an answer breaks off.
type bucket struct {
	core         minio.Core
	name, prefix string
}

func openS3(_ context.Context, u *url.URL) (Target, error) {
	query := u.Query()
	region := cmp.Or(query.Get("region"), os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"), "us-east-1")
	endpoint, err := parseEndpoint(cmp.Or(query.Get("endpoint"), "s3."+region+".amazonaws.com"))
	if err != nil || strings.Trim(endpoint.Path, "/") != "" {
		return nil, ErrAddress
	}
	found := credentials.NewChainCredentials([]credentials.Provider{&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}})
	if value, err := found.GetWithContext(nil); err != nil || value.SignerType.IsAnonymous() {
		return nil, &RefusedError{Reason: NoCredentials}
	}
	client, err := minio.New(endpoint.Host, &minio.Options{Creds: found, Secure: endpoint.Scheme == "https", Region: region, MaxRetries: 1})
	if err != nil {
		return nil, ErrAddress
	}
	return &bucket{minio.Core{Client: client}, u.Host, prefix(u.Path)}, nil
}

// parseEndpoint reads the address of a store; https stands in for a missing scheme.
func parseEndpoint(text string) (*url.URL, error) {
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, ErrAddress
	}
	return u, nil
}

func (b *bucket) Close() error { return nil }

func (b *bucket) Serves() bool { return true }

func (b *bucket) Lock(ctx context.Context, waiting func()) (context.Context, func(), error) {
	return lease(ctx, b, waiting)
}

func (b *bucket) List(ctx context.Context) (names []string, err error) {
	for object := range b.core.Client.ListObjectsIter(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix, Recursive: true}) {
		if object.Err != nil {
			return nil, refusedS3(ctx, object.Err)
		}
		if name := strings.TrimPrefix(object.Key, b.prefix); fs.ValidPath(name) && !passed(name) {
			names = append(names, name)
		}
	}
	return names, ctx.Err()
}

func (b *bucket) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	body, info, _, err := b.core.GetObject(ctx, b.name, b.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return nil, refusedS3(ctx, err)
	}
	return unsqueezed(body, info.Metadata.Get("Content-Encoding"))
}

// unsqueezed reads what a server sends as it was before it was squeezed.
func unsqueezed(body io.ReadCloser, encoding string) (io.ReadCloser, error) {
	var plain io.Reader = breaking{body}
	if encoding == "gzip" {
		squeezed, err := gzip.NewReader(plain)
		if err != nil {
			body.Close()
			return nil, err
		}
		plain = squeezed
	}
	return struct {
		io.Reader
		io.Closer
	}{plain, body}, nil
}

// breaking marks errors of a connection that breaks off.
type breaking struct{ io.Reader }

func (r breaking) Read(data []byte) (int, error) {
	n, err := r.Reader.Read(data)
	if err != nil && err != io.EOF {
		err = again{&RefusedError{Unreachable, networkDetail(err)}}
	}
	return n, err
}

func (b *bucket) Put(ctx context.Context, f File) error {
	_, err := b.put(ctx, f, minio.PutObjectOptions{})
	return err
}

func (b *bucket) put(ctx context.Context, f File, o minio.PutObjectOptions) (minio.UploadInfo, error) {
	o.ContentType, o.CacheControl, o.ContentEncoding, o.WebsiteRedirectLocation = f.ContentType, f.CacheControl, f.ContentEncoding, f.RedirectTo
	o.SendContentMd5 = true       // what arrives is compared with it
	o.DisableContentSha256 = true // else text comes in signed pieces, of which some servers tell readers in Content-Encoding
	o.DisableMultipart = f.Size < 1<<30
	info, err := b.core.Client.PutObject(ctx, b.name, b.prefix+f.Name, f.Body, f.Size, o)
	if f.RedirectTo != "" && minio.ToErrorResponse(err).Code == "NotImplemented" { // the page leads on by itself
		f.RedirectTo = ""
		if _, err := f.Body.Seek(0, io.SeekStart); err != nil {
			return info, err
		}
		return b.put(ctx, f, o)
	}
	return info, refusedS3(ctx, err)
}

func (b *bucket) Delete(ctx context.Context, name string) error {
	return refusedS3(ctx, b.core.Client.RemoveObject(ctx, b.name, b.prefix+name, minio.RemoveObjectOptions{}))
}

func (b *bucket) Read(ctx context.Context, name string) (data []byte, version string, err error) {
	err = try(ctx, func() error {
		body, info, _, err := b.core.GetObject(ctx, b.name, b.prefix+name, minio.GetObjectOptions{})
		if err != nil {
			return refusedS3(ctx, err)
		}
		defer body.Close()
		data, err = io.ReadAll(breaking{body})
		version = info.ETag
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", nil
	}
	return data, version, err
}

func (b *bucket) Write(ctx context.Context, name string, data []byte, version string) (string, error) {
	var o minio.PutObjectOptions
	if version == "" {
		o.SetMatchETagExcept("*")
	} else {
		o.SetMatchETag(version)
	}
	info, err := b.put(ctx, ownFile(name, data), o)
	return info.ETag, err
}

// refusedS3 gives an error without what may be secret.
func refusedS3(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return cmp.Or(ctx.Err(), err)
	}
	answer := minio.ToErrorResponse(err)
	reason := Other
	switch answer.Code {
	case "NoSuchKey":
		return fs.ErrNotExist
	case "PreconditionFailed", "ConditionalRequestConflict":
		return ErrBusy
	case "NoSuchBucket", "InvalidBucketName":
		reason = NoPlace
	case "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "XAdminUserNotFound", "AuthorizationHeaderMalformed":
		reason = BadCredentials
	case "AccessDenied", "AllAccessDisabled", "AccountProblem":
		reason = Denied
	case "RequestTimeTooSkewed", "RequestExpired":
		reason = Clock
	case "QuotaExceeded", "XMinioStorageFull", "InsufficientStorage":
		reason = Full
	default:
		switch {
		case answer.StatusCode == http.StatusInsufficientStorage:
			reason = Full
		case answer.StatusCode == 0: // no answer, or one that broke off
			return again{&RefusedError{Unreachable, networkDetail(err)}}
		case answer.StatusCode == http.StatusRequestTimeout, answer.StatusCode == http.StatusTooManyRequests, answer.StatusCode >= 500 && answer.StatusCode != http.StatusNotImplemented:
			return again{&RefusedError{Unreachable, answer.Code}}
		}
	}
	return &RefusedError{reason, answer.Code}
}
