package build

// PageSum gives the sum by which a page or a mail is known, 0 for another file.
func PageSum(r *Result, name string) uint64 {
	if i, ok := r.issueOf(name); ok {
		return uint64(r.plan.IssueSum(i))
	}
	p, ok := r.plan.Page(name)
	if !ok {
		return 0
	}
	return uint64(r.plan.Sum(p))
}
