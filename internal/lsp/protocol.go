package lsp

import (
	"bytes"
	"encoding/json"
)

// Position is a place in a text: the indexes of a line and of a character in it, which is counted as the encoding says.
type Position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// Range is what stands from Start up to End.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// Location is a place in a text.
type Location struct {
	URI   string `json:"uri"`
	Range Range  `json:"range"`
}

// TextDocument names a text. Version is null for one that is not open.
type TextDocument struct {
	URI     string `json:"uri"`
	Version *int   `json:"version,omitempty"`
}

// initializeParams are what the client says of itself. Of older clients the folder is a RootURI.
type initializeParams struct {
	RootURI          string `json:"rootUri"`
	WorkspaceFolders []struct {
		URI string `json:"uri"`
	} `json:"workspaceFolders"`
	Capabilities clientCapabilities `json:"capabilities"`
}

// clientCapabilities are those that matter here.
type clientCapabilities struct {
	General struct {
		PositionEncodings []encoding `json:"positionEncodings"`
	} `json:"general"`
	Workspace struct {
		WorkspaceEdit struct {
			DocumentChanges    bool     `json:"documentChanges"`
			ResourceOperations []string `json:"resourceOperations"`
		} `json:"workspaceEdit"`
	} `json:"workspace"`
	TextDocument struct {
		Hover struct {
			ContentFormat []string `json:"contentFormat"`
		} `json:"hover"`
		Completion struct {
			CompletionItem struct {
				DocumentationFormat []string `json:"documentationFormat"`
			} `json:"completionItem"`
		} `json:"completion"`
	} `json:"textDocument"`
}

type initializeResult struct {
	Capabilities serverCapabilities `json:"capabilities"`
	ServerInfo   serverInfo         `json:"serverInfo"`
}

type serverInfo struct {
	Name string `json:"name"`
}

type serverCapabilities struct {
	PositionEncoding   encoding            `json:"positionEncoding"`
	TextDocumentSync   syncOptions         `json:"textDocumentSync"`
	CompletionProvider completionOptions   `json:"completionProvider"`
	HoverProvider      bool                `json:"hoverProvider"`
	Definition         bool                `json:"definitionProvider"`
	References         bool                `json:"referencesProvider"`
	DocumentSymbol     bool                `json:"documentSymbolProvider"`
	WorkspaceSymbol    bool                `json:"workspaceSymbolProvider"`
	CodeAction         *codeActionOptions  `json:"codeActionProvider,omitempty"`
	Rename             *renameOptions      `json:"renameProvider,omitempty"`
	FoldingRange       bool                `json:"foldingRangeProvider"`
	DocumentLink       documentLinkOptions `json:"documentLinkProvider"`
}

type syncOptions struct {
	OpenClose bool `json:"openClose"`
	Change    int  `json:"change"`
}

// incremental is the kind of synchronisation in which the client sends what it changes.
const incremental = 2

type completionOptions struct {
	TriggerCharacters []string `json:"triggerCharacters"`
}

type codeActionOptions struct {
	Kinds []string `json:"codeActionKinds"`
}

type renameOptions struct {
	Prepare bool `json:"prepareProvider"`
}

type documentLinkOptions struct{}

type didOpenParams struct {
	TextDocument struct {
		URI     string `json:"uri"`
		Version int    `json:"version"`
		Text    string `json:"text"`
	} `json:"textDocument"`
}

type didChangeParams struct {
	TextDocument struct {
		URI     string `json:"uri"`
		Version int    `json:"version"`
	} `json:"textDocument"`
	Changes []contentChange `json:"contentChanges"`
}

// contentChange puts Text in place of a range, or of the whole text where there is none.
type contentChange struct {
	Range *Range `json:"range"`
	Text  string `json:"text"`
}

// documentParams are those of requests about a whole text.
type documentParams struct {
	TextDocument TextDocument `json:"textDocument"`
}

// placeParams are those of requests about a place.
type placeParams struct {
	TextDocument TextDocument `json:"textDocument"`
	Position     Position     `json:"position"`
}

type referenceParams struct {
	placeParams
	Context struct {
		IncludeDeclaration bool `json:"includeDeclaration"`
	} `json:"context"`
}

type renameParams struct {
	placeParams
	NewName string `json:"newName"`
}

type codeActionParams struct {
	TextDocument TextDocument `json:"textDocument"`
	Range        Range        `json:"range"`
	Context      struct {
		Only []string `json:"only"`
	} `json:"context"`
}

type symbolParams struct {
	Query string `json:"query"`
}

type cancelParams struct {
	ID json.RawMessage `json:"id"`
}

type publishParams struct {
	URI         string       `json:"uri"`
	Version     *int         `json:"version,omitempty"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

type diagnostic struct {
	Range    Range          `json:"range"`
	Severity int            `json:"severity"`
	Code     string         `json:"code"`
	Source   string         `json:"source"`
	Message  string         `json:"message"`
	Data     diagnosticData `json:"data"`
}

// diagnosticData is what else there is to know of a problem: Severity is "error", "warning" or "hint", Fixes are the titles of its fixes, and
// State is that of a text which is not published.
type diagnosticData struct {
	Severity string   `json:"severity"`
	Problem  string   `json:"problem"`
	Hint     string   `json:"hint,omitempty"`
	State    string   `json:"state,omitempty"`
	Fixes    []string `json:"fixes,omitempty"`
}

// Severities of diagnostics.
const (
	severityError   = 1
	severityWarning = 2
	severityHint    = 4
)

// Types of messages to show.
const messageError = 1

type showMessageParams struct {
	Type    int    `json:"type"`
	Message string `json:"message"`
}

type textEdit struct {
	Range   Range  `json:"range"`
	NewText string `json:"newText"`
}

// versioned names a text of which the version matters; null where it is not open.
type versioned struct {
	URI     string `json:"uri"`
	Version *int   `json:"version"`
}

type textDocumentEdit struct {
	TextDocument versioned  `json:"textDocument"`
	Edits        []textEdit `json:"edits"`
}

type renameFile struct {
	Kind   string `json:"kind"` // "rename"
	OldURI string `json:"oldUri"`
	NewURI string `json:"newUri"`
}

// workspaceEdit changes texts and files: in their order by DocumentChanges, or, for clients that do not know these, texts alone by Changes.
type workspaceEdit struct {
	DocumentChanges []any                 `json:"documentChanges,omitempty"` // textDocumentEdit and renameFile
	Changes         map[string][]textEdit `json:"changes,omitempty"`
}

type codeAction struct {
	Title       string         `json:"title"`
	Kind        string         `json:"kind"`
	Diagnostics []diagnostic   `json:"diagnostics,omitempty"`
	IsPreferred bool           `json:"isPreferred,omitempty"`
	Edit        *workspaceEdit `json:"edit"`
}

// Kinds of code actions.
const (
	quickFix = "quickfix"
	fixAll   = "source.fixAll"
)

type markup struct {
	Kind  string `json:"kind"` // "markdown" or "plaintext"
	Value string `json:"value"`
}

type hover struct {
	Contents markup `json:"contents"`
	Range    Range  `json:"range"`
}

type completionList struct {
	IsIncomplete bool             `json:"isIncomplete"`
	Items        []completionItem `json:"items"`
}

type completionItem struct {
	Label         string   `json:"label"`
	Kind          int      `json:"kind"`
	Detail        string   `json:"detail,omitempty"`
	Documentation *markup  `json:"documentation,omitempty"`
	SortText      string   `json:"sortText,omitempty"`
	FilterText    string   `json:"filterText,omitempty"`
	TextEdit      textEdit `json:"textEdit"`
}

type documentSymbol struct {
	Name           string           `json:"name"`
	Detail         string           `json:"detail,omitempty"`
	Kind           int              `json:"kind"`
	Range          Range            `json:"range"`
	SelectionRange Range            `json:"selectionRange"`
	Children       []documentSymbol `json:"children,omitempty"`
}

type symbolInformation struct {
	Name          string   `json:"name"`
	Kind          int      `json:"kind"`
	Location      Location `json:"location"`
	ContainerName string   `json:"containerName,omitempty"`
}

// Kinds of symbols.
const (
	symbolFile   = 1
	symbolString = 15
	symbolObject = 19
	symbolKey    = 20
	symbolEvent  = 24
)

type prepared struct {
	Range       Range  `json:"range"`
	Placeholder string `json:"placeholder"`
}

type foldingRange struct {
	StartLine      int    `json:"startLine"`
	StartCharacter int    `json:"startCharacter"`
	EndLine        int    `json:"endLine"`
	EndCharacter   int    `json:"endCharacter"`
	Kind           string `json:"kind,omitempty"`
}

type documentLink struct {
	Range  Range  `json:"range"`
	Target string `json:"target"`
}

// encode writes a value as JSON.
func encode(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}
