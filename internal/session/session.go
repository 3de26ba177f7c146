// Package session keeps one publication built while its editors work on it: after changes on disk, and with the words that they have not
// saved.
//
// Builds run one after the other; the page of a text that is being written does not wait for them. What is asked of a Session, and what editors
// tell it, may come from any goroutine.
package session

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"leerblad/internal/build"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
	"leerblad/internal/watch"
)

// Options say what a session builds and who is told.
type Options struct {
	build.Options
	Poll     bool // compare times and sizes, for file systems that send no events
	Progress build.Progress
	Observer Observer
}

// Observer is told what a session does, by its own goroutine, which waits meanwhile. A nil function is not called.
type Observer struct {
	// Early has the page of the text that is being written, ahead of its build.
	Early func(*build.Early)
	// Built comes as soon as a build is there, in time for pages that are open.
	Built func(Build)
	// Checked comes after Built, when the mistakes in the templates of all pages are known, unless the next change came first; pages is how many
	// were rendered for it.
	Checked func(b Build, pages int)
	// Failed has a failure of the machine.
	Failed func(error)
}

// Build is a build of a session.
type Build struct {
	*build.Result
	Problems diag.List // of the result and those in templates as far as they are known, sorted
	First    bool
	Changed  []string     // paths in the publication folder whose change made it
	Unsaved  []string     // paths of texts that it shows as nobody has saved them
	Early    *build.Early // the page of what was written during the build, nil if nothing was
	Took     time.Duration
}

// Session is a publication that is being edited.
type Session struct {
	options  Options
	builder  *build.Builder
	root     *os.Root
	changes  <-chan []string
	pictures chan []string // of which copies were made after their pages were shown
	poked    chan struct{} // there is something in unsaved or written
	rest     func()        // ends what is left to do of the last build
	last     *build.Result // of the last build, nil if it failed
	mistakes diag.List     // in templates, as far as they are known

	mu      sync.Mutex
	unsaved map[string]unsaved
	touched map[string]bool // paths in the publication folder that are to be read again
	written map[string]bool // by this session, of which the disk's event is still to come
	asked   uint64          // how often a build was asked for
	taken   uint64          // how often that was when take was called
	built   uint64          // how often that was for the last build
	now     atomic.Pointer[moment]
	good    atomic.Pointer[build.Result]
}

// unsaved is a text as an editor has it.
type unsaved struct {
	editor *Editor
	text   []byte
}

// moment is a build that is there; next is closed when another is.
type moment struct {
	*build.Result
	next chan struct{}
}

const (
	// quiet is how long browsers have the processors to themselves after a change; who writes on is not held up by what can wait.
	quiet = 250 * time.Millisecond
	// typing is how long a build of unsaved words waits for the next keystroke, if their page could be shown without it, and longest how long
	// it waits in all: what a build takes, browsers do not get.
	typing  = 300 * time.Millisecond
	longest = 3 * time.Second
	// fewPaths is how many changed paths are an editor's own doing.
	fewPaths = 8
	// patience is how long Write waits for the build of what it wrote.
	patience = 3 * time.Second
)

// Start builds the publication and watches its folders until ctx ends. Run must follow.
func Start(ctx context.Context, o Options) (*Session, error) {
	o.Later = true
	s := &Session{
		options: o, builder: build.New(o.Options, o.Progress), rest: func() {}, pictures: make(chan []string, 1), poked: make(chan struct{}, 1),
		unsaved: map[string]unsaved{}, touched: map[string]bool{}, written: map[string]bool{},
	}
	var err error
	if s.root, err = os.OpenRoot(o.Content); err != nil {
		return nil, err
	}
	if s.changes, err = watch.Watch(ctx, s.folders(), watch.Options{Poll: o.Poll}); err == nil {
		err = s.rebuild(ctx, nil)
	}
	if err != nil {
		s.root.Close()
		return nil, err
	}
	return s, nil
}

// folders gives what is watched: the texts, and the theme's folder or the one beside the texts that holds themes.
func (s *Session) folders() []string {
	theme := s.options.Theme
	if theme == "" {
		theme = s.builder.Themes()
	}
	return []string{s.options.Content, theme}
}

// Run builds after each change, until ctx ends.
func (s *Session) Run(ctx context.Context) {
	defer s.root.Close()
	defer func() { s.rest() }()
	later := time.NewTimer(time.Hour)
	later.Stop()
	waiting, since := map[string]bool{}, time.Time{} // unsaved texts whose build waits for the next keystroke
	for {
		var changed []string
		select {
		case <-ctx.Done():
			return
		case made := <-s.pictures:
			changed = made
		case list, more := <-s.changes:
			if !more {
				return
			}
			if changed = s.foreign(list); len(changed) == 0 {
				continue
			}
			if len(changed) == 1 && len(waiting) == 0 {
				s.rest()
				if name := s.inContent(changed[0]); name != "" {
					if text, err := s.text(name); err == nil {
						s.tellEarly(s.early(name, text))
					}
				}
			}
		case <-s.poked:
			s.rest()
			if name, text := s.typed(); name != "" && s.tellEarly(s.early(name, text)) {
				if len(waiting) == 0 {
					since = time.Now()
				}
				waiting[name] = true
				later.Reset(min(typing, time.Until(since.Add(longest))))
				continue
			}
		case <-later.C:
		}
		later.Stop()
		clear(waiting)
		if changed = append(changed, s.take()...); len(changed) == 0 { // the last build had it
			continue
		}
		if err := s.rebuild(ctx, changed); err != nil && ctx.Err() == nil && s.options.Observer.Failed != nil {
			s.options.Observer.Failed(err)
		}
	}
}

// path gives the path, as watch tells it, of one in the publication folder.
func (s *Session) path(name string) string {
	return filepath.Join(s.options.Content, filepath.FromSlash(name))
}

// typed gives the one text whose unsaved words are all that changed since the last build began, or "".
func (s *Session) typed() (name string, text []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.touched) != 1 {
		return "", nil
	}
	for name := range s.touched {
		if u, has := s.unsaved[name]; has {
			return name, u.text
		}
	}
	return "", nil
}

// take gives the paths of all that editors told since the last time, and has them built.
func (s *Session) take() (changed []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	texts := make(map[string][]byte, len(s.unsaved))
	for name, u := range s.unsaved {
		texts[name] = u.text
	}
	s.builder.SetUnsaved(texts)
	for name := range s.touched {
		changed = append(changed, s.path(name))
	}
	clear(s.touched)
	s.taken = s.asked
	return changed
}

// text gives a text as an editor has it, or as it is on disk.
func (s *Session) text(name string) ([]byte, error) {
	s.mu.Lock()
	u, has := s.unsaved[name]
	s.mu.Unlock()
	if has {
		return u.text, nil
	}
	return s.read(name)
}

// early gives the page of a text ahead of its build, or nil.
func (s *Session) early(name string, text []byte) *build.Early {
	if s.last == nil || s.mistakes != nil {
		return nil
	}
	return s.builder.Early(s.last, name, text)
}

func (s *Session) tellEarly(e *build.Early) bool {
	if e != nil && s.options.Observer.Early != nil {
		s.options.Observer.Early(e)
	}
	return e != nil
}

// foreign gives those of changed paths that hold something else than what this session wrote there.
func (s *Session) foreign(changed []string) (out []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range changed {
		name := s.inContent(p)
		if s.written[name] {
			delete(s.written, name)
			if s.builder.Has(name) {
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

// inContent gives the path in the publication folder of a changed one, "" for one elsewhere.
func (s *Session) inContent(changed string) string {
	name, err := filepath.Rel(s.options.Content, changed)
	if err != nil || !filepath.IsLocal(name) {
		return ""
	}
	return filepath.ToSlash(name)
}

// rebuild builds what changed, everything at first, and tells of it. Open pages come before all else, the one that is being written even
// before the build (early); the other changed pages are rendered, for the mistakes in their templates, and garbage is collected when the
// browsers have theirs.
func (s *Session) rebuild(ctx context.Context, changed []string) error {
	s.rest()
	slices.Sort(changed)
	changed = slices.Compact(changed)
	start := time.Now()
	if 0 < len(changed) && len(changed) <= fewPaths { // what much work leaves behind is not put off
		defer debug.SetGCPercent(debug.SetGCPercent(-1))
	}
	result, err := s.build(ctx, changed)
	if s.last = result; err != nil {
		s.done(nil)
		return err
	}
	first := s.now.Load() == nil
	b := Build{Result: result, First: first, Took: time.Since(start), Unsaved: s.builder.Unsaved()}
	for _, c := range changed {
		if name := s.inContent(c); name != "" {
			b.Changed = append(b.Changed, name)
		}
	}
	b.Problems = s.known(result)
	if name, text := s.typed(); name != "" {
		b.Early = s.early(name, text)
	}
	if s.options.Observer.Built != nil {
		s.options.Observer.Built(b)
	}
	if !result.Problems.HasErrors() {
		s.good.Store(result)
	}
	s.done(result)
	go s.makePictures(ctx, result)
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	s.rest = func() { cancel(); <-done }
	go func() {
		defer close(done)
		if !first {
			select { // browsers are busy with what they got
			case <-time.After(quiet):
			case <-ctx.Done():
			}
		}
		s.check(ctx, b)
		if ctx.Err() != nil { // the next change is under way
			return
		}
		go result.FollowSearch(ctx)
		go runtime.GC()
	}()
	if first { // nobody looks yet
		<-done
	}
	return nil
}

// build runs the builder, and shows the page of what is written meanwhile as the last build would have it.
func (s *Session) build(ctx context.Context, changed []string) (result *build.Result, err error) {
	built := make(chan struct{})
	go func() {
		defer close(built)
		err = build.Steadily(func() (err error) {
			result, err = s.builder.Build(ctx, changed...)
			return err
		})
	}()
	again := false
	for {
		select {
		case <-built:
			if again {
				s.poke()
			}
			return result, err
		case <-s.poked:
			again = true
			if name, text := s.typed(); name != "" {
				s.tellEarly(s.early(name, text))
			}
		}
	}
}

// done makes a result, unless it is nil, the last build, which is one of all that was taken.
func (s *Session) done(result *build.Result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.built = s.taken
	old := s.now.Load()
	if result != nil {
		s.now.Store(&moment{result, make(chan struct{})})
	} else if old != nil {
		s.now.Store(&moment{old.Result, make(chan struct{})})
	}
	if old != nil {
		close(old.next)
	}
}

// known gives the problems of a build and the mistakes in templates, as far as they are known.
func (s *Session) known(result *build.Result) diag.List {
	return append(slices.Clone(result.Problems), s.mistakes...).Sorted()
}

// check finds the mistakes in the templates of a build that is shown. The next change interrupts it; the check after that goes on.
func (s *Session) check(ctx context.Context, b Build) {
	pages := 0
	if !b.Result.Problems.HasErrors() {
		mistakes, rendered, err := s.builder.Check(ctx, b.Result)
		if err != nil {
			s.mistakes = append(s.mistakes, mistakes...).Sorted() // those of pages that were not checked may still be there
			return
		}
		s.mistakes, pages = mistakes, rendered
	}
	if b.Problems = s.known(b.Result); s.options.Observer.Checked != nil {
		s.options.Observer.Checked(b, pages)
	}
}

// makePictures makes the copies of pictures that a build which is shown does without, and has it built again with them.
func (s *Session) makePictures(ctx context.Context, result *build.Result) {
	made := result.MakePictures(ctx)
	if made == nil {
		return
	}
	for i, name := range made {
		made[i] = s.path(name)
	}
	select {
	case s.pictures <- made:
	case <-ctx.Done():
	}
}

// Now gives the last build, with what was not saved when it began.
func (s *Session) Now() *build.Result { return s.now.Load().Result }

// Good gives the last build without mistakes, which browsers have as the site, or nil.
func (s *Session) Good() *build.Result { return s.good.Load() }

// Next gives the last build too, and a channel that is closed when there is a later one.
func (s *Session) Next() (*build.Result, <-chan struct{}) {
	now := s.now.Load()
	return now.Result, now.next
}

// Root is the publication folder.
func (s *Session) Root() *os.Root { return s.root }

// Content is the path of the publication folder.
func (s *Session) Content() string { return s.options.Content }

// Language is that of the publication.
func (s *Session) Language() diag.Language { return s.Now().Language }

// touch has paths in the publication folder read again.
func (s *Session) touch(names ...string) {
	for _, name := range names {
		s.touched[name] = true
	}
	s.asked++
	s.poke()
}

// poke has Run look at what editors told.
func (s *Session) poke() {
	select {
	case s.poked <- struct{}{}:
	default: // it is still to be taken
	}
}

// Write does a set in the publication folder, as edit.Set does, and waits a moment for the build of it.
func (s *Session) Write(set edit.Set) error {
	if err := set.Write(s.root); err != nil {
		return err
	}
	names := set.Paths()
	s.mu.Lock()
	for _, name := range names {
		s.written[name] = true
	}
	s.touch(names...)
	mine := s.asked
	s.mu.Unlock()
	timeout := time.After(patience)
	for {
		s.mu.Lock()
		built, next := s.built, s.now.Load().next
		s.mu.Unlock()
		if built >= mine {
			return nil
		}
		select {
		case <-next:
		case <-timeout:
			return nil
		}
	}
}

// Editor is somebody who may have unsaved texts.
type Editor struct{ session *Session }

// Open gives a new editor, to be closed.
func (s *Session) Open() *Editor { return &Editor{s} }

// Unsaved tells that the editor has other words in a text than the disk; with nil that it has not, or not any more. Of editors who both have, the
// last one counts. A text that is not on disk is not shown.
func (e *Editor) Unsaved(path string, text []byte) {
	if !source.IsText(path) {
		return
	}
	if text != nil {
		if saved, err := e.session.read(path); err == nil && bytes.Equal(saved, text) {
			text = nil
		}
	}
	s := e.session
	s.mu.Lock()
	defer s.mu.Unlock()
	old, has := s.unsaved[path]
	switch {
	case text == nil && old.editor != e, has && text != nil && bytes.Equal(old.text, text):
		return
	case text == nil:
		delete(s.unsaved, path)
	default:
		s.unsaved[path] = unsaved{e, text}
	}
	s.touch(path)
}

// read gives a text as it is on disk.
func (s *Session) read(path string) ([]byte, error) {
	if !filepath.IsLocal(filepath.FromSlash(path)) {
		return nil, fs.ErrInvalid
	}
	f, err := source.OpenIn(s.root, path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > source.MaxText {
		return nil, errors.New("too large for a text")
	}
	data := make([]byte, info.Size())
	n, err := f.ReadAt(data, 0)
	if n < len(data) {
		return nil, err
	}
	return data, nil
}

// Close drops what the editor has not saved.
func (e *Editor) Close() {
	s := e.session
	s.mu.Lock()
	defer s.mu.Unlock()
	for p, u := range s.unsaved {
		if u.editor == e {
			delete(s.unsaved, p)
			s.touch(p)
		}
	}
}

// Unsaved gives the paths of the texts that are not saved, sorted; what has come on the disk since is saved.
func (s *Session) Unsaved() []string {
	s.mu.Lock()
	texts := maps.Clone(s.unsaved)
	s.mu.Unlock()
	maps.DeleteFunc(texts, func(path string, u unsaved) bool {
		saved, err := s.read(path)
		return err == nil && bytes.Equal(saved, u.text)
	})
	return slices.Sorted(maps.Keys(texts))
}
