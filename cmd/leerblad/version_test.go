package main

import (
	"runtime/debug"
	"testing"

	"leerblad/internal/diag"
)

func TestVersionSaysWhatTheBuildRecorded(t *testing.T) {
	info := &debug.BuildInfo{GoVersion: "go1.26.0", Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "abc"}, {Key: "vcs.time", Value: "2030-01-02T03:04:05Z"}, {Key: "vcs.modified", Value: "true"}}}
	for language, want := range map[diag.Language]string{
		diag.Dutch:   "leerblad v1.2.3\ncommit abc van 2030-01-02T03:04:05Z, met wijzigingen\ngo1.26.0\n",
		diag.English: "leerblad v1.2.3\ncommit abc of 2030-01-02T03:04:05Z, with changes\ngo1.26.0\n",
	} {
		if got := versionOf(info).text(words(language)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got, want := versionOf(&debug.BuildInfo{GoVersion: "go1.26.0"}).text(words(diag.Dutch)), "leerblad (devel)\ngo1.26.0\n"; got != want {
		t.Errorf("without a commit: got %q, want %q", got, want)
	}
}
