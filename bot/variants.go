package bot

import "strings"

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
