package deploy

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/sas"
)

var azureKey = base64.StdEncoding.EncodeToString([]byte("a secret that nobody may see"))

// azurite starts the Azure server of that name on loopback, with empty containers, and gives its address.
func azurite(t *testing.T, containers ...string) string {
	t.Helper()
	const program = "../browser/node_modules/azurite/dist/src/blob/main.js"
	if _, err := os.Stat(program); err != nil {
		t.Fatal(err, "(internal/test.sh installs it)")
	}
	address := freeAddress(t)
	_, port, _ := strings.Cut(address, ":")
	server := exec.Command("node", program, "--blobPort", port, "--inMemoryPersistence", "--skipApiVersionCheck", "--disableProductStyleUrl", "--disableTelemetry", "--silent")
	server.Env = append(os.Environ(), "AZURITE_ACCOUNTS=me:"+azureKey)
	running(t, server, address)
	for _, name := range []string{"CONNECTION_STRING", "SAS_TOKEN", "ACCOUNT"} {
		t.Setenv("AZURE_STORAGE_"+name, "")
	}
	t.Setenv("AZURE_STORAGE_KEY", azureKey)
	for _, name := range containers {
		if _, err := openTarget(t, "azure://me/"+name+"?endpoint=http://"+address+"/me").(*blobs).client.Create(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	return "http://" + address
}

// signature gives a shared access signature for a container.
func signature(t *testing.T, address string, may sas.ContainerPermissions) string {
	t.Helper()
	signed, err := openTarget(t, address).(*blobs).client.GetSASURL(may, time.Now().Add(time.Hour), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, query, _ := strings.Cut(signed, "?")
	return query
}

var azureAll = sas.ContainerPermissions{Read: true, Add: true, Create: true, Write: true, Delete: true, List: true}

func TestAzure(t *testing.T) {
	server := azurite(t, "$web", "sub", "string")
	t.Run("at the root", func(t *testing.T) {
		suite(t, func() Target { return openTarget(t, "azure://me/$web?endpoint="+server+"/me") })
	})
	t.Run("below a prefix, with a signature", func(t *testing.T) {
		address := "azure://me/sub/le/één site/?endpoint=" + server + "/me"
		query := signature(t, address, azureAll)
		t.Setenv("AZURE_STORAGE_KEY", "")
		t.Setenv("AZURE_STORAGE_SAS_TOKEN", "?"+query)
		suite(t, func() Target { return openTarget(t, address) })
	})
	t.Run("with a connection string", func(t *testing.T) {
		t.Setenv("AZURE_STORAGE_KEY", "")
		t.Setenv("AZURE_STORAGE_CONNECTION_STRING", "AccountName=me;AccountKey="+azureKey+";BlobEndpoint="+server+"/me;")
		if report, err := deployTo(t.Context(), openTarget(t, "azure://me/string"), site(t, 0)); err != nil || report.Sent != 8 {
			t.Errorf("%+v %v", report, err)
		}
	})
}

func TestAzureSendsNoSignatureInTheClear(t *testing.T) {
	t.Setenv("AZURE_STORAGE_SAS_TOKEN", "sv=1&sig=x")
	a, err := ParseAddress("azure://me/site?endpoint=http://example.org/me")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Open(t.Context()); !errors.Is(err, ErrAddress) {
		t.Errorf("gave %v", err)
	}
}

func TestAzureFindsItsAccess(t *testing.T) {
	const public = "https://me.blob.core.windows.net"
	for _, c := range []struct{ connection, key, sas, account, endpoint, refused string }{
		{key: azureKey, endpoint: public},
		{sas: "?sv=1&sig=s", endpoint: public},
		{key: azureKey, account: "me", endpoint: public},
		{connection: "AccountName=me;AccountKey=" + azureKey + ";EndpointSuffix=core.example", key: "other", account: "other", endpoint: "https://me.blob.core.example"},
		{connection: "BlobEndpoint=https://me.example.org/;SharedAccessSignature=sig=s", endpoint: "https://me.example.org/"},
		{refused: "no-credentials "},
		{account: "me", refused: "no-credentials "},
		{connection: "UseDevelopmentStorage=true", key: azureKey, refused: "no-credentials "},
		{key: azureKey, account: "you", refused: "bad-credentials AZURE_STORAGE_ACCOUNT"},
		{connection: "AccountName=you;AccountKey=" + azureKey, refused: "bad-credentials AZURE_STORAGE_CONNECTION_STRING"},
		{connection: "BlobEndpoint=https://you.example.org;SharedAccessSignature=sig=s", refused: "bad-credentials AZURE_STORAGE_CONNECTION_STRING"},
		{connection: "AccountName=me;AccountKey=" + azureKey + ";BlobEndpoint=ftp://me", refused: "bad-credentials AZURE_STORAGE_CONNECTION_STRING"},
		{key: "no base64", refused: "bad-credentials AZURE_STORAGE_KEY"},
		{sas: "sv=1", refused: "bad-credentials AZURE_STORAGE_SAS_TOKEN"},
		{sas: "sig=%", refused: "bad-credentials AZURE_STORAGE_SAS_TOKEN"},
	} {
		t.Setenv("AZURE_STORAGE_CONNECTION_STRING", c.connection)
		t.Setenv("AZURE_STORAGE_KEY", c.key)
		t.Setenv("AZURE_STORAGE_SAS_TOKEN", c.sas)
		t.Setenv("AZURE_STORAGE_ACCOUNT", c.account)
		access, err := findAzureAccess("me")
		if c.refused != "" {
			if err == nil || err.Error() != c.refused {
				t.Errorf("%+v gives %v", c, err)
			}
		} else if err != nil || access.endpoint.String() != c.endpoint || (access.key == nil) != (access.sas != "") {
			t.Errorf("%+v gives %s %v", c, access.endpoint, err)
		}
	}
	for _, address := range []string{"azure://me", "azure://me/", "azure://me.example.org/site", "azure://me:80/site", "azure://me/UP", "azure://me/..", "azure://me/site?endpoint=ftp://x"} {
		t.Setenv("AZURE_STORAGE_SAS_TOKEN", "sig=s")
		t.Setenv("AZURE_STORAGE_ACCOUNT", "")
		a, err := ParseAddress(address)
		if err == nil {
			_, err = a.Open(t.Context())
		}
		if !errors.Is(err, ErrAddress) {
			t.Errorf("%s gives %v", address, err)
		}
	}
}

func TestAzureSaysHowFilesAreServed(t *testing.T) {
	server := azurite(t, "$web")
	address := "azure://me/$web?endpoint=" + server + "/me"
	target := openTarget(t, address)
	query := signature(t, address, sas.ContainerPermissions{Read: true})
	serves(t, target, func(name string) string { return server + "/me/$web/" + name + "?" + query })
}

func TestAzureOnABadDay(t *testing.T) {
	server := azurite(t, "site")
	through := proxy(t, server, faulty(server, 4))
	set := site(t, 150)
	bad := openTarget(t, "azure://me/site?endpoint="+through+"/me")
	survivesABadDay(t, bad, openTarget(t, "azure://me/site?endpoint="+server+"/me"), set, 158)
}

func TestAzureSaysWhyItRefuses(t *testing.T) {
	server := azurite(t, "site")
	all := signature(t, "azure://me/site?endpoint="+server+"/me", azureAll)
	reads := signature(t, "azure://me/site?endpoint="+server+"/me", sas.ContainerPermissions{Read: true, List: true})
	// answering answers to what writes, and repeats all that is secret.
	answering := func(status int, code string, clock time.Duration) string {
		return proxy(t, server, func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method != http.MethodPut {
				return true
			}
			w.Header().Set("Date", time.Now().Add(clock).UTC().Format(http.TimeFormat))
			w.Header().Set("X-Echo", r.URL.RawQuery+r.Header.Get("Authorization"))
			w.WriteHeader(status)
			fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s %s</Message></Error>", code, r.URL.RawQuery, azureKey)
			return false
		})
	}
	wrong := base64.StdEncoding.EncodeToString([]byte("wrong"))
	var wait sync.WaitGroup
	for _, c := range []struct {
		container, server, key, sas string
		want                        Reason
		detail                      string
	}{
		{"site", server, wrong, "", Denied, "AuthorizationFailure"}, // azurite; Azure itself says AuthenticationFailed
		{"site", server, "", strings.Replace(all, "sig=", "sig=x", 1), Denied, "AuthorizationFailure"},
		{"site", server, "", reads, Denied, "AuthorizationPermissionMismatch"},
		{"nowhere", server, azureKey, "", NoPlace, "ContainerNotFound"},
		{"site", "http://" + freeAddress(t), "", all, Unreachable, "connection refused"},
		{"site", "https://nobody.invalid", "", all, Unreachable, "nobody.invalid"},
		{"site", answering(503, "ServerBusy", 0), "", all, Unreachable, "ServerBusy"},
		{"site", answering(403, "AuthenticationFailed", 0), "", all, BadCredentials, "AuthenticationFailed"},
		{"site", answering(403, "AuthenticationFailed", time.Hour), azureKey, "", Clock, "AuthenticationFailed"},
		{"site", answering(403, "AuthenticationFailed", -time.Hour), "", all, Clock, "AuthenticationFailed"},
		{"site", answering(403, "AuthorizationFailure", 0), azureKey, "", Denied, "AuthorizationFailure"},
		{"site", answering(403, "InsufficientAccountPermissions", 0), "", all, Denied, "InsufficientAccountPermissions"},
		{"site", answering(403, "QuotaExceeded", 0), "", all, Full, "QuotaExceeded"},
		{"site", answering(400, "Strange", 0), "", all, Other, "Strange"},
		{"site", answering(418, "", 0), "", all, Other, "418"},
	} {
		t.Setenv("AZURE_STORAGE_KEY", c.key)
		t.Setenv("AZURE_STORAGE_SAS_TOKEN", c.sas)
		target := openTarget(t, "azure://me/"+c.container+"?endpoint="+c.server+"/me")
		set := site(t, 0)
		wait.Go(func() {
			_, err := deployTo(t.Context(), target, set)
			var refused *RefusedError
			if !errors.As(err, &refused) || refused.Reason != c.want || refused.Detail != c.detail {
				t.Errorf("%s at %s: %v, want %s %s", c.container, c.server, err, c.want, c.detail)
			}
			query, _ := url.ParseQuery(c.sas)
			for _, secret := range []string{azureKey, wrong, query.Get("sig"), url.QueryEscape(query.Get("sig")), "sig=", "http:", "SharedKey"} {
				if text := fmt.Sprintf("%v %+v", err, refused); secret != "" && strings.Contains(text, secret) {
					t.Errorf("there is a secret in %q", text)
				}
			}
		})
	}
	wait.Wait()
}
