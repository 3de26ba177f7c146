package build

// PageSum gives the sum by which Check knows a page, 0 for a file that is no page.
func PageSum(r *Result, name string) uint64 {
	p, ok := r.plan.Page(name)
	if !ok {
		return 0
	}
	return uint64(r.plan.Sum(p))
}
