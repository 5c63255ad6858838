package naming

// Distance is the least number of letters put in, left out, changed or swapped
// with their neighbour that makes a into b.
func Distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > 3 || d < -3 {
		return 4 // more than anybody asks for
	}
	before, row := make([]int, len(y)+1), make([]int, len(y)+1)
	two := make([]int, len(y)+1)
	for k := range row {
		row[k] = k
	}
	for i := 1; i <= len(x); i++ {
		two, before, row = before, row, two
		row[0] = i
		for k := 1; k <= len(y); k++ {
			cost := 1
			if x[i-1] == y[k-1] {
				cost = 0
			}
			row[k] = min(before[k]+1, row[k-1]+1, before[k-1]+cost)
			if i > 1 && k > 1 && x[i-1] == y[k-2] && x[i-2] == y[k-1] {
				row[k] = min(row[k], two[k-2]+1)
			}
		}
	}
	return row[len(y)]
}
