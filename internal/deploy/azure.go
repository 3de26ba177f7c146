package deploy

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/streaming"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/bloberror"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blockblob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
)

// blobs is a container of Azure's. The library asks again what may go well another time.
type blobs struct {
	client *container.Client
	http   *http.Client
	prefix string
}

var azureName = regexp.MustCompile(`^[a-z0-9$-]+$`) // of an account or container

func openAzure(_ context.Context, u *url.URL) (Target, error) {
	account := u.Host
	name, below, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	if !azureName.MatchString(account) || !azureName.MatchString(name) {
		return nil, ErrAddress
	}
	access, err := findAzureAccess(account)
	if err != nil {
		return nil, err
	}
	if text := u.Query().Get("endpoint"); text != "" {
		if access.endpoint, err = parseEndpoint(text); err != nil {
			return nil, err
		}
	}
	if access.endpoint.Scheme == "http" && access.sas != "" && !loopback(access.endpoint.Hostname()) { // a signature would be read on the way
		return nil, ErrAddress
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableCompression = true // what is squeezed comes as it is kept
	transport.MaxIdleConnsPerHost = side
	transport.ResponseHeaderTimeout = time.Minute
	b := &blobs{http: &http.Client{Transport: transport}, prefix: prefix(below)}
	options := &container.ClientOptions{ClientOptions: policy.ClientOptions{
		Transport: b.http,
		Retry:     policy.RetryOptions{MaxRetries: attempts - 1, RetryDelay: firstWait / 2}, // as long in all as try
	}}
	place := access.endpoint.JoinPath(name)
	if access.key != nil {
		b.client, err = container.NewClientWithSharedKeyCredential(place.String(), access.key, options)
	} else {
		place.RawQuery = access.sas
		b.client, err = container.NewClientWithNoCredential(place.String(), options)
	}
	if err != nil {
		return nil, ErrAddress
	}
	return b, nil
}

// azureAccess is where an account answers, and one of what it lets in.
type azureAccess struct {
	endpoint *url.URL
	key      *container.SharedKeyCredential
	sas      string // a shared access signature, as a query
}

// findAzureAccess looks where Azure's own programs do.
func findAzureAccess(account string) (a azureAccess, err error) {
	const connection, keyName, sasName, accountName = "AZURE_STORAGE_CONNECTION_STRING", "AZURE_STORAGE_KEY", "AZURE_STORAGE_SAS_TOKEN", "AZURE_STORAGE_ACCOUNT"
	source, key, sas, of := "", os.Getenv(keyName), os.Getenv(sasName), os.Getenv(accountName)
	endpoint, suffix := "", ""
	if text := os.Getenv(connection); text != "" {
		fields := map[string]string{}
		for field := range strings.SplitSeq(text, ";") {
			name, value, _ := strings.Cut(field, "=")
			fields[name] = value
		}
		source, key, sas = connection, fields["AccountKey"], fields["SharedAccessSignature"]
		endpoint, suffix = fields["BlobEndpoint"], fields["EndpointSuffix"]
		host, _, _ := strings.Cut(strings.TrimPrefix(endpoint, "https://"), ".")
		of = cmp.Or(fields["AccountName"], host)
	}
	if key == "" && sas == "" {
		return a, &RefusedError{Reason: NoCredentials}
	}
	if of != "" && of != account {
		return a, &RefusedError{BadCredentials, cmp.Or(source, accountName)}
	}
	a.endpoint, err = parseEndpoint(cmp.Or(endpoint, "https://"+account+".blob."+cmp.Or(suffix, "core.windows.net")))
	if err != nil {
		return a, &RefusedError{BadCredentials, source}
	}
	if key != "" {
		if a.key, err = container.NewSharedKeyCredential(account, key); err != nil {
			err = &RefusedError{BadCredentials, cmp.Or(source, keyName)}
		}
		return a, err
	}
	query, err := url.ParseQuery(strings.TrimPrefix(sas, "?"))
	if err != nil || query.Get("sig") == "" {
		return a, &RefusedError{BadCredentials, cmp.Or(source, sasName)}
	}
	a.sas = query.Encode()
	return a, nil
}

func (b *blobs) Close() error {
	b.http.CloseIdleConnections()
	return nil
}

func (b *blobs) Serves() bool { return true }

func (b *blobs) Lock(ctx context.Context, waiting func()) (context.Context, func(), error) {
	return lease(ctx, b, waiting)
}

func (b *blobs) List(ctx context.Context) (names []string, err error) {
	for pages := b.client.NewListBlobsFlatPager(&container.ListBlobsFlatOptions{Prefix: &b.prefix}); pages.More(); {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, refusedAzure(ctx, err)
		}
		if page.Segment == nil {
			continue
		}
		for _, item := range page.Segment.BlobItems {
			if name := strings.TrimPrefix(given(item.Name), b.prefix); fs.ValidPath(name) && !passed(name) {
				names = append(names, name)
			}
		}
	}
	return names, nil
}

func (b *blobs) blob(name string) *blockblob.Client {
	return b.client.NewBlockBlobClient(b.prefix + name)
}

func (b *blobs) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	answer, err := b.blob(name).DownloadStream(ctx, nil)
	if err != nil {
		return nil, refusedAzure(ctx, err)
	}
	return unsqueezed(answer.Body, given(answer.ContentEncoding))
}

// given gives what an answer may lack.
func given[T ~string](text *T) string {
	if text == nil {
		return ""
	}
	return string(*text)
}

func (b *blobs) Put(ctx context.Context, f File) error {
	_, err := b.put(ctx, f, nil)
	return err
}

// Files over largestPut bytes are sent in blocks, of which one at a time is held, and which are seen when all are there.
const largestPut, blockSize = 16 << 20, 4 << 20

// put does nothing with RedirectTo: Azure knows no redirects, and the page leads on by itself.
func (b *blobs) put(ctx context.Context, f File, conditions *blob.AccessConditions) (version string, err error) {
	header := &blob.HTTPHeaders{BlobContentType: &f.ContentType, BlobCacheControl: &f.CacheControl}
	if f.ContentEncoding != "" {
		header.BlobContentEncoding = &f.ContentEncoding
	}
	if f.Size > largestPut {
		answer, err := b.blob(f.Name).UploadStream(ctx, f.Body, &blockblob.UploadStreamOptions{BlockSize: blockSize, HTTPHeaders: header, AccessConditions: conditions})
		return given(answer.ETag), refusedAzure(ctx, err)
	}
	answer, err := b.blob(f.Name).Upload(ctx, streaming.NopCloser(f.Body), &blockblob.UploadOptions{HTTPHeaders: header, AccessConditions: conditions})
	return given(answer.ETag), refusedAzure(ctx, err)
}

func (b *blobs) Delete(ctx context.Context, name string) error {
	_, err := b.blob(name).Delete(ctx, nil)
	return refusedAzure(ctx, err)
}

func (b *blobs) Read(ctx context.Context, name string) (data []byte, version string, err error) {
	err = try(ctx, func() error {
		answer, err := b.blob(name).DownloadStream(ctx, nil)
		if err != nil {
			return refusedAzure(ctx, err)
		}
		defer answer.Body.Close()
		data, err = io.ReadAll(breaking{answer.Body})
		version = given(answer.ETag)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", nil
	}
	return data, version, err
}

func (b *blobs) Write(ctx context.Context, name string, data []byte, version string) (string, error) {
	only := &blob.ModifiedAccessConditions{}
	if version == "" {
		any := azcore.ETagAny
		only.IfNoneMatch = &any
	} else {
		tag := azcore.ETag(version)
		only.IfMatch = &tag
	}
	return b.put(ctx, ownFile(name, data), &blob.AccessConditions{ModifiedAccessConditions: only})
}

// refusedAzure gives an error without what may be secret.
func refusedAzure(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return cmp.Or(ctx.Err(), err)
	}
	var answer *azcore.ResponseError
	if !errors.As(err, &answer) {
		return &RefusedError{Unreachable, networkDetail(err)}
	}
	reason := Other
	switch code := bloberror.Code(answer.ErrorCode); code {
	case bloberror.BlobNotFound:
		return fs.ErrNotExist
	case bloberror.ConditionNotMet, bloberror.TargetConditionNotMet, bloberror.BlobAlreadyExists:
		return ErrBusy
	case bloberror.ContainerNotFound, bloberror.ContainerBeingDeleted, bloberror.ContainerDisabled, bloberror.InvalidResourceName, bloberror.ResourceNotFound:
		reason = NoPlace
	case bloberror.AuthenticationFailed, bloberror.InvalidAuthenticationInfo, bloberror.NoAuthenticationInformation:
		reason = BadCredentials
		if now, err := http.ParseTime(answer.RawResponse.Header.Get("Date")); err == nil && time.Since(now).Abs() > 15*time.Minute { // more is not taken
			reason = Clock
		}
	case bloberror.InsufficientAccountPermissions, bloberror.UnauthorizedBlobOverwrite, bloberror.AccountIsDisabled, "KeyBasedAuthenticationNotPermitted":
		reason = Denied
	case "QuotaExceeded":
		reason = Full
	default:
		switch {
		case strings.HasPrefix(answer.ErrorCode, "Authorization"):
			reason = Denied
		case answer.StatusCode == http.StatusInsufficientStorage:
			reason = Full
		case answer.StatusCode >= 500:
			reason = Unreachable
		}
	}
	return &RefusedError{reason, cmp.Or(answer.ErrorCode, strconv.Itoa(answer.StatusCode))}
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
