package filter

// Form is one way to write a term, for help and documentation.
type Form struct {
	Example string
	Meaning string
}

// forms is the language in ten lines.
var forms = []Form{
	{`gpu`, "some text contains it, in whatever case"},
	{`nc.*v3`, "some text matches the regular expression"},
	{`"two words"`, "quotes keep spaces together and take every sign literally"},
	{`-f ngp`, "some text has these letters in this order"},
	{`owner:ana`, "a column contains it, or matches"},
	{`state=running`, "a column says exactly this"},
	{`cost>5`, "a column compares: > >= < <= = !=; what is unknown never does"},
	{`idle>1h30m`, "durations: s m h d w"},
	{`!gpu`, "the rows for which the term does not hold"},
	{`gpu !ana cost>5`, "all terms hold"},
}

// Syntax lists the ways to write a term.
func Syntax() []Form { return append([]Form(nil), forms...) }
