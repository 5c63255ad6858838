package bot

import "strings"

const (
	// shingle is how many words make the stretches by which wordings are compared.
	shingle = 3
	// sameWording is the share of two statements' stretches, of all that either
	// has, from which on they are wordings of one: two agencies' translations of a
	// sentence share about a half, sentences on one subject under a tenth.
	sameWording = 0.45
	// enoughWords is how long both must be; short ones are alike by chance.
	enoughWords = 8
)

// markVariants notes which statements are other wordings of an earlier one by
// the same speaker in another article.
func markVariants(all []Statement) {
	holders := map[string][]int{} // of a speaker's stretch, places in all
	stretches := make([]int, len(all))
	for i := range all {
		s := &all[i]
		if s.Repeat || s.Speaker.Name == "" {
			continue
		}
		mine := shingles(s)
		stretches[i] = len(mine)
		shared := map[int]int{}
		for _, g := range mine {
			for _, k := range holders[g] {
				shared[k]++
			}
			holders[g] = append(holders[g], i)
		}
		for k := range i { // in order, for the same answer each time
			n := shared[k]
			if n > 0 && all[k].Variant == 0 && all[k].Article != s.Article &&
				float64(n) >= sameWording*float64(len(mine)+stretches[k]-n) {
				s.Variant = k + 1
				break
			}
		}
	}
}

// shingles are the different stretches of a statement, under its speaker's name.
func shingles(s *Statement) []string {
	var text []string
	for _, p := range s.Parts {
		text = append(text, p.Text)
	}
	words := strings.Fields(comparable(strings.Join(text, " ")))
	if len(words) < enoughWords {
		return nil
	}
	seen := map[string]bool{}
	var out []string
	for i := 0; i+shingle <= len(words); i++ {
		g := s.Who() + "\x00" + strings.Join(words[i:i+shingle], " ")
		if !seen[g] {
			seen[g] = true
			out = append(out, g)
		}
	}
	return out
}
