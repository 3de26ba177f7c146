package deploy

import "testing"

func TestAddressesHoldNoSecret(t *testing.T) {
	for text, good := range map[string]bool{
		"file:///srv/www/site": true, "file://host/srv": false, "file://me@/srv": false, "file:": false, "file:///srv?x=1": false, "file:///srv#x": false,
		"s3://bucket": true, "s3://bucket/le?endpoint=https://example.org&region=x": true, "s3:///le": false, "s3://key:secret@bucket": false, "s3://bucket?key=secret": false,
		"azure://me/$web": true, "azure://me/site/le?endpoint=http://localhost:1/me": true, "azure:///site": false, "azure://me:key@site": false, "azure://me/site?sas=sig": false,
		"sftp://host/srv": true, "sftp://me@host:2222/srv": true, "sftp:///srv": false, "sftp://me:secret@host/srv": false, "sftp://host/srv?key=x": false,
		"": false, "/srv": false, "ftp://host/x": false, "file://me:secret@/srv": false, "%": false,
	} {
		if _, err := ParseAddress(text); (err == nil) != good {
			t.Errorf("%s gave %v", text, err)
		}
	}
}
