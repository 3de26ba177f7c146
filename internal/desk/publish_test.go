package desk_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"leerblad/internal/desk"
)

func TestPublishOverHTTP(t *testing.T) {
	var fails error
	began, goOn := make(chan bool), make(chan bool)
	s := start(t, folder, func(o *desk.Options) {
		o.Publish = func(_ context.Context, dry bool, step func(done, of int)) (desk.Published, error) {
			if !dry {
				began <- true
				<-goOn
			}
			step(1, 2)
			return desk.Published{To: "s3://x", Send: 2}, fails
		}
	})
	if a := s.do("POST", "api/publish", `{"dryRun":true}`); a.status != 200 || a.json(t)["to"] != "s3://x" {
		t.Errorf("%d %s", a.status, a.body)
	}
	answer := make(chan answer)
	go func() { answer <- s.do("POST", "api/publish", `{}`) }()
	<-began
	if a := s.do("POST", "api/publish", `{"dryRun":true}`); a.code() != "busy-publish" {
		t.Errorf("two at once: %d %s", a.status, a.body)
	}
	goOn <- true
	a := <-answer
	if lines := strings.Split(a.body, "\n"); len(lines) != 3 || lines[0] != `{"done":1,"of":2}` || !strings.HasPrefix(lines[1], `{"published":{"to":"s3://x"`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	fails = errors.New("geen ruimte")
	if a := s.do("POST", "api/publish", `{"dryRun":true}`); a.code() != "unpublished" || !strings.Contains(a.body, "geen ruimte") {
		t.Errorf("%d %s", a.status, a.body)
	}
	go func() { answer <- s.do("POST", "api/publish", `{}`) }()
	<-began
	goOn <- true
	if a := <-answer; !strings.HasSuffix(a.body, `{"error":{"code":"unpublished","message":"geen ruimte"}}`+"\n") {
		t.Errorf("%s", a.body)
	}
	if a := start(t, folder).do("POST", "api/publish", `{"dryRun":true}`); a.status != 404 {
		t.Errorf("%d", a.status)
	}
}
