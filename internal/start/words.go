package start

import "leerblad/internal/diag"

// Words are the texts of the page.
type Words struct {
	Lead, Before, OpenIt, Folders, UpOne, HasOne, Within, NoneHere, ManyMore                 string
	New, TitleOf, PlaceOf, PlaceFor, LanguageOf, Dutch, English, MakeIt, Other, DefaultPlace string
	Stop, StopFor, HasStopped                                                                string
	Trouble, Stale, NoFolder, NoPublication, Gone, BadPlace, NoTitle                         string
}

func wordsIn(l diag.Language) Words {
	if l == diag.English {
		return Words{
			Lead: "Open a publication to write in, or make a new one.", Before: "Opened before", OpenIt: "Open", Folders: "Open a folder",
			UpOne: "One folder up", HasOne: "publication", Within: "Folders in", NoneHere: "There are no folders here.",
			ManyMore: "There are more folders than are shown here.",
			New:      "Make a new publication", TitleOf: "Name", PlaceOf: "Folder", PlaceFor: "A new folder in", LanguageOf: "Language of the publication",
			Dutch: "Dutch", English: "English", MakeIt: "Make and open", Other: "Nederlands", DefaultPlace: "Documents/my-publication",
			Stop: "Stop", StopFor: "leerblad stops by itself some minutes after its last page is closed, if it was started by a double click.",
			HasStopped: "leerblad has stopped. You may close this page.",
			Trouble:    "That did not work", Stale: "This page is one of an earlier start of leerblad. Try again now.",
			NoFolder: "This folder cannot be read.", NoPublication: "There is no publication in this folder: it has no site.yaml.",
			Gone: "This publication is not there any more.", BadPlace: "This cannot be the name of a folder here.", NoTitle: "Give the publication a name.",
		}
	}
	return Words{
		Lead: "Open een publicatie om in te schrijven, of maak een nieuwe.", Before: "Eerder geopend", OpenIt: "Openen", Folders: "Een map openen",
		UpOne: "Een map hoger", HasOne: "publicatie", Within: "Mappen in", NoneHere: "Hier zijn geen mappen.",
		ManyMore: "Er zijn meer mappen dan hier staan.",
		New:      "Een nieuwe publicatie maken", TitleOf: "Naam", PlaceOf: "Map", PlaceFor: "Een nieuwe map in", LanguageOf: "Taal van de publicatie",
		Dutch: "Nederlands", English: "Engels", MakeIt: "Maken en openen", Other: "English", DefaultPlace: "Documents/mijn-publicatie",
		Stop: "Stoppen", StopFor: "Is leerblad met een dubbelklik gestart, dan stopt het vanzelf enkele minuten nadat de laatste pagina is gesloten.",
		HasStopped: "leerblad is gestopt. U kunt deze pagina sluiten.",
		Trouble:    "Dat lukte niet", Stale: "Deze pagina is van een vorige keer dat leerblad was gestart. Probeer het nu opnieuw.",
		NoFolder: "Deze map is niet te lezen.", NoPublication: "In deze map staat geen publicatie: er is geen site.yaml.",
		Gone: "Deze publicatie is er niet meer.", BadPlace: "Zo kan een map hier niet heten.", NoTitle: "Geef de publicatie een naam.",
	}
}
