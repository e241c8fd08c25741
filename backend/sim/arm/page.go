package arm

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// page is a part of a list: items[from:to], and the token of what comes next.
type page struct {
	from, to int
	next     string // skip token; "": this is the last page
}

// paginate cuts a list of n items. The token remembers where the last page
// ended and the name of the item there, so that what comes or goes between two
// pages shifts nothing that is still there.
func (c *call) paginate(n, size int, name func(int) string) (page, error) {
	p := page{}
	if token := skipToken(c.query); token != "" {
		at, last, ok := readToken(token)
		if !ok {
			return p, badRequest("InvalidSkipToken", "The provided $skip token is not valid.")
		}
		p.from = resume(n, at, last, name)
	}
	p.to = min(n, p.from+size)
	if p.to < n && p.to > 0 {
		p.next = writeToken(p.to, name(p.to-1))
	}
	return p, nil
}

// resume finds where a page begins that follows the item called last, which
// was at position at-1.
func resume(n, at int, last string, name func(int) string) int {
	if at >= 1 && at <= n && name(at-1) == last {
		return at
	}
	for i := range n {
		if name(i) == last {
			return i + 1
		}
	}
	return min(max(at, 0), n)
}

// skipToken is the token of the request: lists differ in what they call it.
func skipToken(q url.Values) string {
	if t := q.Get("$skip"); t != "" {
		return t
	}
	return q.Get("$skipToken")
}

func writeToken(at int, last string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(at) + " " + last))
}

func readToken(token string) (at int, last string, ok bool) {
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return 0, "", false
	}
	number, last, ok := strings.Cut(string(text), " ")
	at, err = strconv.Atoi(number)
	return at, last, ok && err == nil
}

// nextLink is the absolute URL of the page that a token begins: the request's
// own, with the token in place of the old one.
func (c *call) nextLink(token string) string {
	q := url.Values{}
	for k, v := range c.query {
		if k != "$skip" && k != "$skipToken" {
			q[k] = v
		}
	}
	q.Set("$skip", token)
	return c.base() + (&url.URL{Path: c.request.URL.Path}).EscapedPath() + "?" + q.Encode()
}

// only is the items of a list that a filter lets through.
func only[T any](list []T, through func(T) bool) []T {
	var found []T
	for _, item := range list {
		if through(item) {
			found = append(found, item)
		}
	}
	return found
}

// list writes {"value":[…],"nextLink":…} of the page that was asked for. A
// last page has no nextLink at all. item writes one item.
func (c *call) list(n int, name func(int) string, item func(int)) error {
	size := c.s.opts.PageSize
	for _, k := range []string{"count", "$top"} {
		if m, err := strconv.Atoi(c.query.Get(k)); err == nil && m > 0 {
			size = min(size, m)
		}
	}
	p, err := c.paginate(n, size, name)
	if err != nil {
		return err
	}
	items, usual := p.to-p.from, c.s.usual
	c.b = slices.Grow(c.b, items*usual[c.route.name]*9/8+1024) // lists are large, and polled again and again
	c.object("")
	c.array("value")
	for i := p.from; i < p.to; i++ {
		item(i)
	}
	c.endArray()
	if items > 0 {
		usual[c.route.name] = len(c.b) / items
	}
	if p.next != "" {
		c.str("nextLink", c.nextLink(p.next))
	}
	c.endObject()
	return nil
}
