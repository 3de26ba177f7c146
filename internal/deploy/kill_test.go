package deploy

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"leerblad/internal/output"
)

var kills = flag.Int("kills", 2, "how often a deploy to each target is killed")

// toKill is the environment of a process that deploys and may be killed: the address, and which edition.
const toKill, whichEdition = "DEPLOY_TO", "DEPLOY_EDITION"

func TestMain(m *testing.M) {
	firstWait = 10 * time.Millisecond // so that what is tried again fails soon
	if to := os.Getenv(toKill); to != "" {
		beat, stale = 200*time.Millisecond, 1500*time.Millisecond
		n, _ := strconv.Atoi(os.Getenv(whichEdition))
		if err := deployEdition(to, n); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func deployEdition(to string, n int) error {
	a, err := ParseAddress(to)
	if err != nil {
		return err
	}
	target, err := a.Open(context.Background())
	if err != nil {
		return err
	}
	defer target.Close()
	_, err = deployTo(context.Background(), target, edition(n))
	return err
}

// edition is a site of which all pages change, and some come and go, from one to the next.
func edition(n int) *output.Set {
	const pages = 60
	there := func(i int) bool { return (i+n)%3 != 0 }
	set := output.NewSet()
	add := func(name, text string) {
		if err := set.Add(name, []byte(text)); err != nil {
			panic(err)
		}
	}
	style := fmt.Sprintf("assets/style.%d.css", n)
	add(style, fmt.Sprintf("p{order:%d}", n))
	page := func(name string, links []string) {
		text := fmt.Sprintf("<!doctype html><link href=\"/%s\"><p>%d", style, n)
		for _, link := range links {
			text += fmt.Sprintf("<a href=\"/%s\">x</a>", link)
		}
		add(name, text)
	}
	var all []string
	for i := range pages {
		if there(i) {
			all = append(all, fmt.Sprintf("page/%d/", i))
		}
	}
	page("index.html", all)
	for i, name := range all {
		page(name+"index.html", []string{all[(i+1)%len(all)], all[(i+7)%len(all)], ""})
	}
	add("sitemap.xml", strings.Join(all, "\n"))
	return set
}

var links = regexp.MustCompile(`href="/([^"]*)"`)

// crawl follows every link of the site once, and gives those that lead nowhere though the page has them still, and how many pages it saw.
func crawl(ctx context.Context, target Target) (broken []string, seen int, err error) {
	read := func(name string) (string, error) {
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		var data []byte
		err := try(ctx, func() error {
			f, err := target.Open(ctx, name)
			if err != nil {
				return err
			}
			defer f.Close()
			data, err = io.ReadAll(f)
			return err
		})
		return string(data), err
	}
	known := map[string]bool{"": true}
	for queue := []string{""}; len(queue) > 0 && ctx.Err() == nil; {
		at := queue[0]
		queue = queue[1:]
		text, err := read(at)
		if errors.Is(err, fs.ErrNotExist) { // it went since its link was followed
			continue
		}
		if err != nil {
			return broken, seen, err
		}
		seen++
		for _, m := range links.FindAllStringSubmatch(text, -1) {
			to := m[1]
			if known[to] {
				continue
			}
			known[to] = true
			if path.Ext(to) == "" {
				queue = append(queue, to)
			}
			if _, err := read(to); errors.Is(err, fs.ErrNotExist) {
				if now, err := read(at); err == nil && strings.Contains(now, m[0]) {
					if _, err := read(to); errors.Is(err, fs.ErrNotExist) {
						broken = append(broken, at+" leads to "+to)
					}
				}
			}
		}
	}
	return broken, seen, ctx.Err()
}

// survives kills deploys to a target at random moments, while a reader follows every link of the site all the while, and wants the next one to finish it.
func survives(t *testing.T, to string) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	start := func(n int) *exec.Cmd {
		c := exec.Command(program)
		c.Env = append(os.Environ(), toKill+"="+to, whichEdition+"="+strconv.Itoa(n))
		c.Stderr = os.Stderr
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		return c
	}
	if err := start(0).Wait(); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := start(1).Wait(); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)

	target := openTarget(t, to)
	defer target.Close()
	ctx, stop := context.WithCancel(t.Context())
	var pages, rounds, bad atomic.Int64
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			broken, seen, err := crawl(ctx, target)
			if ctx.Err() != nil {
				return
			}
			if err != nil || len(broken) > 0 || seen < 2 {
				bad.Add(1)
				t.Errorf("%d pages, %v %v", seen, broken, err)
			}
			pages.Add(int64(seen))
			rounds.Add(1)
		}
	}()
	random := rand.New(rand.NewPCG(5, 6))
	killed := 0
	for kill := 1; kill <= *kills; kill++ {
		c := start(1 + kill)
		time.Sleep(time.Duration(random.Int64N(int64(took))))
		_ = c.Process.Kill()
		if c.Wait() != nil {
			killed++
		}
		if kill%3 != 0 && kill != *kills { // let the next be killed too
			continue
		}
		if err := start(1 + kill).Wait(); err != nil {
			t.Fatal(err)
		}
		set := edition(1 + kill)
		plan, err := NewPlan(ctx, set, target, Options{Day: "2030-01-01", Keep: 7})
		if err != nil || len(plan.Send)+len(plan.Remove) > 0 {
			t.Fatalf("after kill %d: %+v %v", kill, plan, err)
		}
		for _, name := range set.Paths() {
			here, _ := digestOf(set, name)
			if there, err := digestAt(ctx, target, name); err != nil || here != there {
				t.Errorf("after kill %d: %s is another: %v", kill, name, err)
			}
		}
	}
	stop()
	<-ended
	t.Logf("%d of %d were killed under way; %d pages read in %d rounds, %d of them with a broken link", killed, *kills, pages.Load(), rounds.Load(), bad.Load())
}

func TestKilledDeploysAreFinished(t *testing.T) {
	t.Run("folder", func(t *testing.T) { survives(t, "file://"+t.TempDir()) })
	t.Run("S3", func(t *testing.T) { survives(t, "s3://site?endpoint="+versitygw(t, "site")) })
	t.Run("SFTP", func(t *testing.T) { survives(t, "sftp://"+sshd(t)+t.TempDir()) })
	t.Run("Azure", func(t *testing.T) { survives(t, "azure://me/site?endpoint="+azurite(t, "site")+"/me") })
}
