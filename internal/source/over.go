package source

import (
	"bytes"
	"io/fs"
)

// over gives files with other bytes.
type over struct {
	fs.FS
	fs.ReadDirFS
	fs.StatFS
	fs.ReadLinkFS
	texts map[string][]byte
}

func (o over) Open(name string) (fs.File, error) {
	opened, err := o.FS.Open(name)
	data, has := o.texts[name]
	if err != nil || !has {
		return opened, err
	}
	defer opened.Close()
	info, err := opened.Stat()
	if err != nil {
		return nil, err
	}
	return &memory{*bytes.NewReader(data), sized{info, int64(len(data))}}, nil
}

// memory is an open file of which the bytes are at hand.
type memory struct {
	bytes.Reader
	info sized
}

func (m *memory) Stat() (fs.FileInfo, error) { return m.info, nil }
func (m *memory) Close() error               { return nil }

type sized struct {
	fs.FileInfo
	size int64
}

func (s sized) Size() int64 { return s.size }

// Over gives the files of fsys, which is one of FS; those that texts has an entry for have its bytes in place of their own.
func Over(fsys fs.FS, texts map[string][]byte) fs.FS {
	if len(texts) == 0 {
		return fsys
	}
	return over{fsys, fsys.(fs.ReadDirFS), fsys.(fs.StatFS), fsys.(fs.ReadLinkFS), texts}
}
