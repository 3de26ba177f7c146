package output

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
)

var kills = flag.Int("kills", 20, "how often TestSyncSurvivesKills kills a Sync")

// killedEnv holds the number of the site that a process of its own begins with, and killedDir its folder.
const (
	killedEnv = "OUTPUT_TEST_VERSION"
	killedDir = "OUTPUT_TEST_DIR"
)

const versions = 3

func TestMain(m *testing.M) {
	version, err := strconv.Atoi(os.Getenv(killedEnv))
	if err != nil {
		os.Exit(m.Run())
	}
	if err := syncUntilKilled(version, os.Getenv(killedDir)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// syncUntilKilled writes one site after another, and a byte to standard output before each change.
func syncUntilKilled(version int, dir string) error {
	for ; ; version++ {
		set := NewSet()
		for name, data := range killedSite(version % versions) {
			if err := set.Add(name, []byte(data)); err != nil {
				return err
			}
		}
		_, err := syncWith(context.Background(), set, dir, func() error {
			_, err := os.Stdout.Write([]byte{'.'})
			return err
		})
		if err != nil {
			return err
		}
	}
}

// TestSyncSurvivesKills kills the process after a random number of changes, and lets it go on with another site or
// a Sync complete it.
func TestSyncSurvivesKills(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "CNAME", "mine")
	for version := range versions { // each site has no broken links to begin with
		mustSync(t, dir, killedSite(version))
		if seen := followLinks(t, dir); seen < 50 {
			t.Errorf("only %d files can be reached", seen)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	left := 0
	for kill := range *kills {
		killSync(t, random.IntN(versions), dir, 1+random.IntN(500))
		followLinks(t, dir)
		if t.Failed() {
			t.Fatalf("after kill %d", kill)
		}
		if _, err := os.Stat(filepath.Join(dir, stageName)); err == nil {
			left++
		}
		if random.IntN(2) == 0 {
			continue
		}
		site := killedSite(random.IntN(versions))
		mustSync(t, dir, site)
		followLinks(t, dir)
		site["CNAME"] = "mine"
		wantTree(t, dir, site)
		wantNoEmptyFolders(t, dir)
	}
	t.Logf("%d of %d kills came in the middle of a Sync", left, *kills)
	if left < *kills/2 {
		t.Errorf("only %d of %d kills came in the middle of a Sync", left, *kills)
	}
}

func killSync(t *testing.T, version int, dir string, changes int) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", killedEnv, version), killedDir+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_, err = bufio.NewReaderSize(out, 16).Discard(changes)
	if killed := cmd.Process.Kill(); err != nil || killed != nil {
		t.Fatal(err, killed)
	}
	_ = cmd.Wait() // it was killed
}

// killedSite is one of the sites. They have in common pages that are the same, pages that differ, and sections and
// pictures that not all of them have; "one" and "two" are a page's folder in some and a file in others.
func killedSite(version int) map[string]string {
	site := map[string]string{}
	asset := func(name string) string {
		name = fmt.Sprintf("assets/%s.%d%d.css", name, version, version)
		site[name] = name
		return name
	}
	style, script := asset("style"), asset("script")
	var pages []string
	add := func(name string, links ...string) {
		pages = append(pages, name)
		site[name] = html(version, append(links, style, script)...)
	}
	const stable = 5
	for i := range stable { // the same in all versions
		next := fmt.Sprintf("stable/%d/index.html", (i+1)%stable)
		site[fmt.Sprintf("stable/%d/index.html", i)] = html(0, next, "assets/stable.css")
	}
	site["assets/stable.css"] = "stable"
	for section := range 5 {
		if section == version {
			continue
		}
		for i := range 8 {
			if (i+section)%versions == version {
				continue
			}
			picture := fmt.Sprintf("media/%d/picture-%d.%d.jpg", section, i, version)
			site[picture] = picture
			add(fmt.Sprintf("section-%d/%d/index.html", section, i), "index.html", picture, "feed.xml")
		}
	}
	one, two := "one", "two/index.html"
	if version == 1 && runtime.GOOS == "linux" { // elsewhere there is a moment with neither
		one, two = "one/index.html", "two"
		add("one/more/index.html", "two")
	}
	add(one, two, "index.html")
	add(two, one, "stable/1/index.html")
	for i, name := range pages { // every page leads to three others
		for _, step := range []int{1, 7, 20} {
			site[name] += html(version, pages[(i+step)%len(pages)])
		}
	}
	site["feed.xml"] = html(version, pages...)
	site["index.html"] = html(version, append(pages, style, script, "stable/0/index.html", "feed.xml")...)
	return site
}

func html(version int, links ...string) string {
	text := fmt.Sprintf("<p>%d\n", version)
	for _, link := range links {
		text += fmt.Sprintf("<a href=\"/%s\">\n", link)
	}
	return text
}

func wantNoEmptyFolders(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		entries, err := os.ReadDir(name)
		if len(entries) == 0 {
			err = errors.Join(err, fmt.Errorf("%s is empty", name))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
