package media

import "slices"

// MailWidth and MailSize are the most that a picture in mail may have, in pixels and bytes: twice the 600 pixels that a mail
// is wide, and what a phone fetches at once.
const (
	MailWidth = 1200
	MailSize  = 200_000
)

// ForMail returns the picture as mail programs can show it: the published original if that is a JPEG, PNG or GIF within
// MailWidth and MailSize, or else the largest copy that is, or the smallest one that there is. Width is its own in
// pixels and ext its extension, "" for an SVG, of which there is no copy. The error wraps ErrDamaged when the picture
// cannot be decoded.
func (p *Picture) ForMail() (out []byte, ext string, width int, err error) {
	info := p.info
	switch info.Format {
	case "svg":
		return nil, "", 0, nil
	case "jpeg", "png", "gif":
		if redrawn(p.data, info) {
			p.Close() // two at once of a large picture may not find room
		}
		if out, err = p.scaler.Clean(p.data, info); err != nil || info.Width <= MailWidth && len(out) <= MailSize {
			return out, info.Format, info.Width, err
		}
	}
	for _, most := range slices.Backward(widths[:]) {
		width = min(info.Width, most)
		if most > MailWidth || most > widths[0] && width*info.copyHeight(width) > maxCopy {
			continue
		}
		if out, ext, err = p.Copy(width); err != nil || len(out) <= MailSize {
			break
		}
	}
	return out, ext, width, err
}

// ForMail is Picture.ForMail.
func (s *Scaler) ForMail(data []byte, info Info) (out []byte, ext string, width int, err error) {
	p := s.Open(data, info)
	defer p.Close()
	return p.ForMail()
}
