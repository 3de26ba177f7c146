package importer

import (
	"path"
	"slices"
	"strconv"
	"strings"
)

// readDOCX reads a text of Word (Office Open XML, in either edition).
func readDOCX(data []byte) (*Document, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	r := &docxReader{office: newOffice(a), relations: map[string]map[string]relation{}, notes: map[string]int{}}
	if err := r.read(); err != nil {
		return nil, err
	}
	return r.doc, nil
}

// docxReader reads one Word file.
type docxReader struct {
	office
	styles    *docxStyles
	numbering *docxNumbering
	relations map[string]map[string]relation // of a part, by their ids
	footnotes map[string]*xmlNode
	endnotes  map[string]*xmlNode
	notes     map[string]int // by kind and id, 1 + index of Document.Notes

	part    string // that is being read
	fields  []*docxField
	skipped int // fields that stand too deep to be told apart
	ends    map[*xmlNode]bool
}

// relation is what one part says of another.
type relation struct {
	kind, target string
	external     bool
}

// related gives the relations of a part.
func (r *docxReader) related(part string) map[string]relation {
	if done, ok := r.relations[part]; ok {
		return done
	}
	out := map[string]relation{}
	r.relations[part] = out
	dir, base := path.Split(part)
	for _, n := range r.tree(dir + "_rels/" + base + ".rels").children("rel:Relationship") {
		kind := n.attr("Type")
		rel := relation{kind: kind[strings.LastIndexByte(kind, '/')+1:], target: n.attr("Target"), external: n.attr("TargetMode") == "External"}
		rel.external = rel.external || rel.kind == "hyperlink"
		if !rel.external {
			target := strings.ReplaceAll(rel.target, `\`, "/")
			if strings.HasPrefix(target, "/") {
				rel.target = strings.TrimPrefix(path.Clean(target), "/")
			} else {
				rel.target = path.Join(dir, target)
			}
		}
		out[n.attr("Id")] = rel
	}
	return out
}

// partOf gives the part that another one is related to in some way; fallback if it says none.
func (r *docxReader) partOf(part, kind, fallback string) string {
	var found []string
	for _, rel := range r.related(part) {
		if rel.kind == kind && !rel.external && r.archive.has(rel.target) {
			found = append(found, rel.target)
		}
	}
	if slices.Sort(found); len(found) > 0 {
		return found[0]
	}
	return fallback
}

// mainPart gives the part that holds the text.
func (r *docxReader) mainPart() string {
	name := r.partOf("", "officeDocument", "word/document.xml")
	if r.archive.has(name) {
		return name
	}
	for _, o := range r.tree("[Content_Types].xml").children("ct:Override") {
		if name := strings.TrimPrefix(o.attr("PartName"), "/"); strings.Contains(o.attr("ContentType"), "main+xml") && r.archive.has(name) {
			return name
		}
	}
	for _, name := range r.archive.names {
		if base := path.Base(name); strings.HasPrefix(base, "document") && strings.HasSuffix(base, ".xml") {
			return name
		}
	}
	return ""
}

func (r *docxReader) read() error {
	main := r.mainPart()
	if main == "" {
		return &Error{Code: "broken-file"}
	}
	dir := path.Dir(main) + "/"
	root := r.tree(main)
	body := root.child("w:body")
	if r.fault != nil {
		return r.fault
	}
	if body == nil {
		return &Error{Code: "broken-file"}
	}
	r.styles = newDocxStyles(r.tree(r.partOf(main, "styles", dir+"styles.xml")))
	r.numbering = readDocxNumbering(r.tree(r.partOf(main, "numbering", dir+"numbering.xml")), r.styles)
	r.footnotes = r.noteTrees(r.partOf(main, "footnotes", dir+"footnotes.xml"), "w:footnote")
	r.endnotes = r.noteTrees(r.partOf(main, "endnotes", dir+"endnotes.xml"), "w:endnote")
	r.part = main
	r.clean(body)
	r.doc.Blocks = r.story(body)
	r.typed()
	r.comments(r.partOf(main, "comments", dir+"comments.xml"))
	var edges []string // the parts at the top and foot of pages
	for _, rel := range r.related(main) {
		switch {
		case rel.kind == "vbaProject":
			r.remark("macros")
		case (rel.kind == "header" || rel.kind == "footer") && !slices.Contains(edges, rel.target):
			edges = append(edges, rel.target)
		}
	}
	slices.Sort(edges)
	for i, part := range edges {
		root := r.tree(part).orEmpty()
		r.clean(root)
		r.part = part
		edges[i] = r.aside(func() []Block { return r.story(root) })
	}
	r.edges(edges)
	r.large()
	return r.fault
}

func (r *docxReader) noteTrees(part, name string) map[string]*xmlNode {
	out := map[string]*xmlNode{}
	root := r.tree(part)
	if root != nil {
		r.clean(root)
	}
	for _, n := range root.children(name) {
		if kind := n.attr("w:type"); kind == "" || kind == "normal" {
			out[n.attr("w:id")] = n
		}
	}
	return out
}

// note gives the index of a note, from 1; 0 if the file has none of that id.
func (r *docxReader) note(kind, id string) int {
	from, part := r.footnotes, "footnotes"
	if kind == "w:endnote" {
		from, part = r.endnotes, "endnotes"
	}
	key := kind + id
	if i, ok := r.notes[key]; ok {
		return i
	}
	n := from[id]
	if n == nil {
		r.remark("note-missing")
		return 0
	}
	r.doc.Notes = append(r.doc.Notes, Note{})
	i := len(r.doc.Notes)
	r.notes[key] = i
	if r.depth++; r.depth <= maxNesting {
		main := r.part
		r.part = r.partOf(main, part, path.Dir(main)+"/"+part+".xml")
		r.doc.Notes[i-1].Blocks = r.story(n)
		r.part = main
	}
	r.depth--
	return i
}

func (r *docxReader) comments(part string) {
	root := r.tree(part)
	if root == nil {
		return
	}
	r.clean(root)
	r.part = part
	for _, n := range root.children("w:comment") {
		if text := r.aside(func() []Block { return r.story(n) }); text != "" {
			r.doc.Comments = append(r.doc.Comments, Comment{By: n.attr("w:author"), Text: text})
		}
	}
}

// clean makes a tree simpler: what is tracked is accepted, of alternatives one is chosen, and what only wraps other elements is taken away.
// A table of contents and texts that only ask for something to be filled in are left out.
func (r *docxReader) clean(n *xmlNode) { n.kids = r.cleaned(nil, n.kids) }

func (r *docxReader) cleaned(out, kids []*xmlNode) []*xmlNode {
	for _, k := range kids {
		switch k.name {
		case "w:del", "w:moveFrom":
			r.remark("tracked")
			continue
		case "w:proofErr", "w:lastRenderedPageBreak", "w:sectPr", "w:permStart", "w:permEnd":
			continue
		case "w:ins", "w:moveTo":
			r.remark("tracked")
			out = r.cleaned(out, k.kids)
			continue
		case "w:smartTag", "w:customXml", "w:dir", "w:bdo":
			out = r.cleaned(out, k.kids)
			continue
		case "mc:AlternateContent":
			out = r.cleaned(out, alternative(k).kids)
			continue
		case "w:sdt":
			content := k.child("w:sdtContent").orEmpty()
			if !leftOut(k.child("w:sdtPr")) {
				out = r.cleaned(out, content.kids)
				continue
			}
			for _, tc := range content.children("w:tc") { // the row keeps its cells
				out = append(out, &xmlNode{name: "w:tc", kids: tc.children("w:tcPr")})
			}
			continue
		case "w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr": // in these, w:del and w:ins are marks
			out = append(out, k)
			continue
		case "w:tr":
			if trPr := k.child("w:trPr"); trPr.child("w:del") != nil {
				continue
			}
		case "w:tc":
			if k.child("w:tcPr").child("w:cellDel") != nil {
				continue
			}
		}
		r.clean(k)
		out = append(out, k)
	}
	return out
}

func (n *xmlNode) orEmpty() *xmlNode {
	if n == nil {
		return &xmlNode{}
	}
	return n
}

// alternative gives the first of several forms that this reader understands.
func alternative(n *xmlNode) *xmlNode {
	fallback := n.child("mc:Fallback")
	for _, choice := range n.children("mc:Choice") {
		switch strings.ToLower(choice.attr("Requires")) {
		case "wps", "wpg", "wpc", "wp14", "wp", "w14", "w15", "a14", "v", "w16se", "w16", "wpi", "m":
			if len(choice.kids) > 0 {
				return choice
			}
		}
		if fallback == nil && len(choice.kids) > 0 {
			return choice
		}
	}
	return fallback.orEmpty()
}

// leftOut reports whether a content control is a table of contents or page number, or shows only what is to be filled in.
func leftOut(sdtPr *xmlNode) bool {
	if toggle(sdtPr, "w:showingPlcHdr") == on {
		return true
	}
	for _, name := range []string{"w:docPartObj", "w:docPartList"} {
		gallery := strings.ToLower(sdtPr.child(name, "w:docPartGallery").attr("w:val"))
		if strings.HasPrefix(gallery, "table of contents") || strings.HasPrefix(gallery, "page number") || strings.HasPrefix(gallery, "watermark") {
			return true
		}
	}
	return false
}

// story reads the text of the main part, a note, comment or text box: its fields are its own.
func (r *docxReader) story(n *xmlNode) []Block {
	fields, skipped, ends := r.fields, r.skipped, r.ends
	r.fields, r.skipped, r.ends = nil, 0, map[*xmlNode]bool{}
	r.pairFields(n)
	blocks := r.blocks(n.kids)
	r.fields, r.skipped, r.ends = fields, skipped, ends
	return blocks
}

// pairFields finds the beginnings of fields that have an end: without one, a field would take all of the text that follows.
func (r *docxReader) pairFields(n *xmlNode) {
	var open []*xmlNode
	var walk func(n *xmlNode)
	walk = func(n *xmlNode) {
		for _, k := range n.kids {
			switch k.name {
			case "w:fldChar":
				switch k.attr("w:fldCharType") {
				case "begin":
					open = append(open, k)
				case "end":
					if last := len(open) - 1; last >= 0 {
						r.ends[open[last]], r.ends[k] = true, true
						open = open[:last]
					}
				}
			case "w:txbxContent":
			default:
				walk(k)
			}
		}
	}
	walk(n)
}

// table reads a table.
func (r *docxReader) table(n *xmlNode) Block {
	t := &Table{}
	heads, plainRow := 0, false
	for _, row := range n.children("w:tr") {
		trPr := row.child("w:trPr")
		var cells []Cell
		pad := func(n string) {
			i, _ := strconv.Atoi(n)
			for ; i > 0 && len(cells) < maxColumns && r.cells < maxCells; i-- {
				cells = append(cells, Cell{})
				r.cells++
			}
		}
		pad(trPr.child("w:gridBefore").attr("w:val"))
		for _, tc := range row.children("w:tc") {
			tcPr := tc.child("w:tcPr")
			c := Cell{}
			merge, merged := tcPr.child("w:vMerge").orEmpty(), tcPr.child("w:vMerge") != nil
			flat := tcPr.child("w:hMerge")
			switch {
			case merged && merge.attr("w:val") != "restart" && len(t.Rows) > 0 && len(cells) < len(t.Rows[len(t.Rows)-1]),
				flat != nil && flat.attr("w:val") != "restart" && len(cells) > 0:
				c.Covered = true
			default:
				c.Blocks = r.inner(tc)
			}
			if r.cells++; len(cells) >= maxColumns {
				last := &cells[len(cells)-1]
				last.Blocks = append(last.Blocks, c.Blocks...)
				continue
			}
			cells = append(cells, c)
			span, _ := strconv.Atoi(tcPr.child("w:gridSpan").attr("w:val"))
			for ; span > 1 && len(cells) < maxColumns && r.cells < maxCells; span-- {
				cells = append(cells, Cell{Covered: true})
				r.cells++
			}
		}
		pad(trPr.child("w:gridAfter").attr("w:val"))
		if !plainRow && toggle(trPr, "w:tblHeader") == on {
			heads++
		} else {
			plainRow = true
		}
		t.Rows = append(t.Rows, cells)
	}
	t.Head = heads
	if look := n.child("w:tblPr", "w:tblLook"); heads == 0 && len(t.Rows) > 1 {
		bits, _ := strconv.ParseUint(look.attr("w:val"), 16, 32)
		if truth(look.attr("w:firstRow")) || look.attr("w:firstRow") == "" && bits&0x20 != 0 {
			t.Head = 1
		}
	}
	return r.filled(t)
}

// inner reads what stands in a cell or text box.
func (r *docxReader) inner(n *xmlNode) []Block {
	r.depth++
	defer func() { r.depth-- }()
	return r.blocks(n.kids)
}

// alternativePart reads a part in another format that stands in the text.
func (r *docxReader) alternativePart(id string) []Block {
	if r.fault != nil {
		return nil
	}
	rel := r.related(r.part)[id]
	data, err := r.archive.read(rel.target)
	if err != nil || rel.external {
		r.remark("part-left-out", first(path.Base(rel.target), "?"))
		return nil
	}
	var doc *Document
	switch ending := strings.ToLower(path.Ext(rel.target)); {
	case ending == ".txt":
		doc, err = readText(data)
	case ending == ".htm", ending == ".html", ending == ".xhtml", looksLikeHTML.Match(data[:min(len(data), 4096)]):
		doc, err = readHTML(data)
	default:
		err = errDamaged
	}
	if err != nil {
		r.remark("part-left-out", path.Base(rel.target))
		return nil
	}
	if r.trees.text += size(doc); r.trees.text > maxOfficeText { // a file may name one part many times over
		r.fail(tooMuchText())
		return nil
	}
	shift := func(text []Inline) []Inline {
		out := slices.Clone(text)
		for i := range out {
			if out[i].Note > 0 {
				out[i].Note += len(r.doc.Notes)
			}
			if out[i].Picture > 0 {
				out[i].Picture += len(r.doc.Pictures)
			}
		}
		return out
	}
	blocks := doc.Blocks
	for _, top := range [][]Inline{doc.Subtitle, doc.Title} {
		if len(top) > 0 {
			blocks = append([]Block{&Heading{Level: 1, Text: top}}, blocks...)
		}
	}
	eachText(blocks, shift)
	for _, n := range doc.Notes {
		eachText(n.Blocks, shift)
	}
	r.doc.Notes = append(r.doc.Notes, doc.Notes...)
	r.doc.Pictures = append(r.doc.Pictures, doc.Pictures...)
	r.doc.Remarks = append(r.doc.Remarks, doc.Remarks...)
	return blocks
}

// picture keeps a picture of the file, and gives its index, from 1; 0 if there is none.
func (r *docxReader) picture(id, alt string) int {
	rel, ok := r.related(r.part)[id]
	if !ok {
		r.remark("picture-missing")
		return 0
	}
	if rel.external {
		return r.addPicture(Picture{Name: path.Base(rel.target), Alt: alt, Hint: rel.target})
	}
	return r.addPicture(Picture{Name: path.Base(rel.target), Alt: alt, Data: r.unpack(rel.target), Hint: path.Base(rel.target)})
}
