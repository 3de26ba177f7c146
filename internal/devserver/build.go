package devserver

import (
	"os"
	"time"
)

// Site is a build as the server shows it; several goroutines call its methods.
type Site interface {
	// Get gives a file's bytes, which must not be changed; the error is the machine's.
	Get(name string) (data []byte, ok bool, err error)
	// Open gives a file that is too large to hold, or nil for one that Get gives.
	Open(name string) (*os.File, error)
	// Sum changes whenever the file's bytes may have changed, and is "" where there is no such file.
	Sum(name string) string
}

// Build is what one run of the builder gave.
type Build struct {
	Site     Site            // nil where mistakes left none: the last good one stays
	Problems []Problem       // errors and warnings
	Saved    []string        // paths on the site of the pages of the entries whose files changed, for browsers that follow
	Report   Report          // a zero one is not told
	Overview func() Overview // is called only when somebody looks; nil gives an empty one
	Early    *Early          // a page of what was written since the build began, nil for none

	Newsletters Newsletters // that Site holds, nil for none
}

// Early is a page of the site as the next build will give it.
type Early struct {
	Name string // of its file
	Page []byte
	Sum  string // what Site.Sum will give
}

// Newsletters makes the issues of a build as mail; several goroutines call its methods.
type Newsletters interface {
	// Issues gives all issues, newest first.
	Issues() []Issue
	// Profiles gives the names of the tools that mail can be made for.
	Profiles() []string
	// Mail makes an issue for a tool, that of the settings where it is "". ok is false where there is no such issue; the error is the
	// machine's.
	Mail(slug, profile string) (m Mail, ok bool, err error)
}

// Issue is a newsletter on its desk.
type Issue struct {
	Slug, Title string
	File        string // as in Problem
	Path        string // of its page on the site
}

// Mail is an issue as mail.
type Mail struct {
	Profile                  string // the tool that it is for
	From, Subject, Preheader string // as an inbox shows them
	HTML, Text, Message      []byte
	Origin                   string // what it puts before paths on the site, such as https://example.org
	Seal                     Seal
	Problems                 func() []Problem // of the issue and this mail, hints too; is called only when somebody looks
}

// Seal says what has become of the mail for the tool of the settings, Profile. Days are as readers see them, "" for what was not done.
type Seal struct {
	Profile      string
	Digest       string   // of the mail as it is now
	Test         []string // the addresses that get test mail; none where none can be sent
	By, Approved string   // who approved of it, on which day
	Stale        bool     // it is another mail since
	Sent         string
	SentFile     string // where the mail that was sent is kept
	Draft, Wrong bool   // the issue is a draft; it has errors
}

// Problem is a diagnostic as the browser shows it; Line and Column count from 1, 0 is unknown, Column in
// characters.
type Problem struct {
	File       string
	Line       int
	Column     int
	Code       string
	Severity   string // error, warning or hint
	Message    string
	Hint       string
	SourceLine string
}

// Report says what one run of the builder did.
type Report struct {
	At     time.Time
	Took   time.Duration
	Stages []Stage
	Files  []string // whose change made it run
	Pages  int      // that it changed
}

// Stage is a part of a build and how long it took.
type Stage struct {
	Name string
	Took time.Duration
}

// Overview is what an editor wants to know of a publication.
type Overview struct {
	Entries  []Entry
	Problems []Problem // all, hints too
}

// Entry is an entry in an Overview.
type Entry struct {
	Kind, Title string // Kind in words
	File        string // as in Problem
	Path        string // on the site, "" without a page
	Date        string
	Status      string // published, draft, scheduled or expired
	Problems    int
	Readability string // in words, "" if unknown
}

// count gives the number of problems of a severity.
func count(problems []Problem, severity string) int {
	n := 0
	for _, p := range problems {
		if p.Severity == severity {
			n++
		}
	}
	return n
}
