package lsp

import (
	"fmt"

	"leerblad/internal/diag"
)

// What is said to people.
var (
	elsewhere   = diag.Phrase{NL: "%s is geen tekst van deze publicatie", EN: "%s is no text of this publication"}
	fixAllTitle = diag.Phrase{NL: "Herstel alles waarbij niets te kiezen is", EN: "Mend all that leaves nothing to choose"}
	modified    = diag.Phrase{NL: "de tekst is intussen gewijzigd; probeer het opnieuw", EN: "the text has been changed meanwhile; try again"}
	noFiles     = diag.Phrase{NL: "dit programma kan geen bestanden hernoemen; gebruik leerblad move", EN: "this editor cannot rename files; use leerblad move"}
	noName      = diag.Phrase{NL: "hier staat niets met een eigen naam; zet de cursor op een verwijzing of op het id van een bevinding", EN: "nothing here has a name of its own; put the cursor on a reference or on the id of a finding"}
	readOnly    = diag.Phrase{NL: "teksten zijn hier alleen te lezen", EN: "texts can only be read here"}
	unbuilt     = diag.Phrase{NL: "de publicatie kon niet worden bijgewerkt met wat hier openstaat", EN: "the publication could not be brought up to date with what is open here"}
)

// say gives words in a language, with their arguments.
func say(l diag.Language, words diag.Phrase, args ...any) string {
	return fmt.Sprintf(words.In(l), args...)
}
