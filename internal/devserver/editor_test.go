package devserver

import "testing"

func TestOnlyLinksToEditorsAreAccepted(t *testing.T) {
	for _, link := range []string{
		"vscode://file/{file}:{line}", "idea://open?file={file}&line={line}", "subl://open?url=file://{file}", "txmt:{file}",
	} {
		if got, err := ParseEditor(link); err != nil || string(got) != link {
			t.Errorf("%s: %q, %v", link, got, err)
		}
	}
	for _, link := range []string{
		"", "code {file}", "vscode://file/", "vscode://file/{line}", "vscode://{file}:{column}", "idea://open?file={file}&column={column}", "vscode://{file", "javascript:alert('{file}')",
		"JavaScript:{file}", "data:text/html,{file}", "https://example.org/{file}", "%zz:{file}", " javascript:{file}", "java\tscript:{file}",
	} {
		if got, err := ParseEditor(link); err == nil {
			t.Errorf("%q was accepted: %q", link, got)
		}
	}
}
