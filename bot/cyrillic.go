package bot

import (
	_ "embed"
	"strings"

	"onrecord/data/naming"
	"onrecord/index"
)

//go:embed cyrillic_topics.txt
var cyrillicTopicLines string

// cyrillicTopics are English words of the field by the stems of Russian and
// Ukrainian ones.
var cyrillicTopics = readCyrillicTopics(cyrillicTopicLines)

func readCyrillicTopics(lines string) map[string][]string {
	m := map[string][]string{}
	for _, line := range strings.Split(lines, "\n") {
		english, others, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Split(others, ",") {
			stem := index.StemCyrillic(strings.TrimSpace(w))
			m[stem] = append(m[stem], strings.ToLower(english))
		}
	}
	return m
}

// cyrillicForms are what a word in Cyrillic letters may be in English articles:
// a name letter by letter, in the nominative, or a word of the field.
func cyrillicForms(low string) []string {
	if english := cyrillicTopics[index.StemCyrillic(low)]; english != nil {
		return english
	}
	return nominatives(naming.Latin(low))
}

// cyrillicAsking are Russian and Ukrainian words that carry a question, not its
// topic.
var cyrillicAsking = set(`что кто где когда куда откуда почему зачем как какой какая какое какие сколько ли чем чего кого кому
	и а но или в во на о об про с со по у к ко из за для от до не ни же бы то это этот эта эти он она они его её ее их был была
	было были есть будет будут сказал сказала сказали говорит заявил заявила
	що хто де коли куди звідки чому навіщо як який яка яке які скільки чи чим чого кого кому
	і й та але або в у на про з із по до від за для не ні ж це цей ця ці він вона вони його її їх був була було були є буде
	будуть сказав каже заявив`)

// caseEndings are what Russian and Ukrainian put behind a surname of a man or a
// woman, in Latin letters, with what the nominative has instead: "Путина",
// "Зеленському", "Захаровой".
var caseEndings = []struct{ ending, nominative string }{
	{"skogo", "sky"}, {"skomu", "sky"}, {"skim", "sky"}, {"skom", "sky"}, {"skoho", "sky"}, {"skogo", "sky"},
	{"oyu", "a"}, {"oy", "a"}, {"oi", "a"}, {"ovi", ""}, {"evi", ""},
	{"om", ""}, {"ym", ""}, {"im", ""}, {"em", ""}, {"a", ""}, {"u", ""}, {"e", ""}, {"i", "a"}, {"u", "a"}, {"e", "a"}, {"ya", "y"}, {"yu", "y"},
}

// nominatives are what a name written in Cyrillic, in Latin letters now, may be
// in the nominative, itself first.
func nominatives(name string) []string {
	out := []string{name}
	for _, e := range caseEndings {
		if stem := strings.TrimSuffix(name, e.ending); stem != name && len(stem) > 2 {
			out = append(out, stem+e.nominative)
		}
	}
	return out
}
