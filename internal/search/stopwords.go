package search

import "strings"

// stopWords gives the words of a language that are looked for in titles and names alone.
func stopWords(language string) []string {
	if language == "en" {
		return strings.Fields(englishStopWords)
	}
	return strings.Fields(dutchStopWords)
}

const dutchStopWords = `aan af al alle alles als altijd ander andere anders ben bij bijvoorbeeld daar daarna daarom daarop dan dat de deze die dit doch doen door dus een eens en er
geen haar had hadden heb hebben hebt heeft hem hen het hier hij hoe hun iemand iets ik in is ja je jij jou jouw jullie kan kon kunnen kunt maar me meer men met mij mijn moet moeten mag mogen
na naar niet niets nog nu of om omdat ons onze ook op over reeds te tegen toch toen tot u uit uw van veel voor waar waarom wanneer want waren was wat we wel welk welke werd wezen wie wij wil willen word worden wordt
zal ze zelf zich zij zijn zo zonder zou zullen zulke`

const englishStopWords = `a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it its me my no not of on or our she so than that the their them then there these they this to us was we were what when where which who why will with would you your`
