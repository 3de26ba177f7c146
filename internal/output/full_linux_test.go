package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// fullDir is set in the process that has mounts of its own.
const fullDir = "OUTPUT_TEST_FULL_DIR"

// TestSyncLeavesTheSiteOnAFullOrReadOnlyDisk runs itself again where a small file system can be mounted.
func TestSyncLeavesTheSiteOnAFullOrReadOnlyDisk(t *testing.T) {
	if dir := os.Getenv(fullDir); dir != "" {
		fillDisk(t, dir)
		return
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), fullDir+"="+t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Geteuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Geteuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}}
	}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err != nil && !errors.As(err, &exit):
		t.Skipf("no process may have mounts of its own here: %v", err)
	case err != nil:
		t.Errorf("%s", out)
	case strings.Contains(string(out), "--- SKIP"):
		t.Skipf("no file system can be mounted here: %s", out)
	}
}

func fillDisk(t *testing.T, dir string) {
	if err := syscall.Mount("none", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		t.Skip(err)
	}
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skip(err)
	}
	one := map[string]string{"index.html": "1", "a/index.html": "a"}
	large := strings.Repeat("x", 600<<10)
	two := map[string]string{"index.html": "2", "b/one.html": large, "c/two.html": large}
	mustSync(t, dir, one)
	before := readTree(t, dir)
	wantFailure := func(want syscall.Errno) {
		t.Helper()
		var file *fs.PathError
		_, err := Sync(context.Background(), setOf(t, two), dir)
		if !errors.Is(err, want) || !errors.As(err, &file) || !strings.HasPrefix(file.Path, dir) || strings.Contains(file.Path, tempPrefix) {
			t.Errorf("gave %v, want %v and a file of the site", err, want)
		}
		wantUntouched(t, dir, before)
	}
	wantFailure(syscall.ENOSPC)
	remount := func(flags uintptr, options string) {
		t.Helper()
		if err := syscall.Mount("none", dir, "tmpfs", syscall.MS_REMOUNT|flags, options); err != nil {
			t.Fatal(err)
		}
	}
	remount(syscall.MS_RDONLY, "size=4m")
	wantFailure(syscall.EROFS)
	wantReport(t, Report{Unchanged: 2}, mustSync(t, dir, one))
	remount(0, "size=4m")
	mustSync(t, dir, two)
	wantTree(t, dir, two)

	many := map[string]string{"index.html": "3"}
	for i := range 100 {
		many[fmt.Sprintf("%d.html", i)] = "3"
	}
	remount(0, "size=4m,nr_inodes=50")
	before, two = readTree(t, dir), many
	wantFailure(syscall.ENOSPC)
}
