package arm

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
)

// foreignHost is where no token of the client may go. The domain is reserved:
// nobody can own it.
const foreignHost = "collector.example"

// hostile is what stands in names that mean to drive a terminal: a title, a
// cleared screen, a colour, a reversed direction, a bell.
const hostile = "\x1b]0;owned\x07\x1b[2J\x1b[31m\u202e\u0000\r\n"

// spoil breaks a finished answer.
func (h *strike) spoil(c *call, a *answer) {
	if h == nil {
		return
	}
	half := a.body[: len(a.body)/2 : len(a.body)/2]
	switch h.kind {
	case faultCut:
		a.cut = true
	case faultMalformed:
		a.body = append(half, `<html>`...)
	case faultTruncated:
		a.body = half
	case faultHuge:
		a.padding = int64(h.amount) << 20
	case faultType:
		a.header.Set("Content-Type", "text/plain; charset=utf-8")
	case faultSkew:
		if at, err := http.ParseTime(a.header.Get("Date")); err == nil {
			a.header.Set("Date", at.Add(h.pause).Format(http.TimeFormat))
		}
	case faultEscape:
		a.body = rewrite(a.body, poison)
	case faultLoop:
		a.body = rewrite(a.body, func(doc any) any { return c.relink(doc, c.base()) })
	case faultForeign:
		for _, name := range pollingHeaders {
			a.elsewhere(name)
		}
		a.body = rewrite(a.body, func(doc any) any { return c.relink(doc, "https://"+foreignHost) })
	case faultNoHeader:
		for _, name := range pollingHeaders {
			a.header.Del(name)
		}
	}
}

// pollingHeaders say where an operation is polled.
var pollingHeaders = []string{"Azure-AsyncOperation", "Operation-Location", "Location"}

// elsewhere lets a header name the foreign host.
func (a *answer) elsewhere(name string) {
	if u, err := url.Parse(a.header.Get(name)); err == nil && u.Host != "" {
		u.Scheme, u.Host = "https", foreignHost
		a.header.Set(name, u.String())
	}
}

// rewrite changes a JSON body. One that cannot be read stays as it is.
func rewrite(body []byte, change func(any) any) []byte {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var doc any
	if d.Decode(&doc) != nil {
		return body
	}
	changed, err := json.Marshal(change(doc))
	if err != nil {
		return body
	}
	return changed
}

// relink lets a list's next page be the request's own, at a host. Resource
// Graph pages by a token: there it is one that begins anew.
func (c *call) relink(doc any, host string) any {
	list, ok := doc.(map[string]any)
	if !ok {
		return doc
	}
	link := host + c.request.URL.RequestURI()
	switch {
	case list["value"] != nil, list["nodes"] != nil:
		list["nextLink"] = link
	case list["Items"] != nil:
		list["NextPageLink"] = link
	case list["data"] != nil:
		list["$skipToken"] = writeToken(0, "")
	default:
		if inner, ok := list["properties"].(map[string]any); ok && inner["rows"] != nil {
			inner["nextLink"] = link
		}
	}
	return list
}

// displayed are the fields of a body that a client shows as they are.
var displayed = map[string]bool{
	"name": true, "displayName": true, "friendlyName": true, "description": true, "userName": true,
	"message": true, "localizedValue": true, "createdBy": true, "experimentName": true, "caller": true,
}

// poison puts control characters into what a client shows.
func poison(doc any) any {
	switch v := doc.(type) {
	case []any:
		for i := range v {
			v[i] = poison(v[i])
		}
	case map[string]any:
		for key, value := range v {
			if text, ok := value.(string); ok && displayed[key] && text != "" {
				v[key] = text[:1] + hostile + text[1:]
			} else {
				v[key] = poison(value)
			}
		}
	}
	return doc
}

// reader is a body with the blanks that make it huge, before its last byte: so
// it is still JSON.
func (a *answer) reader(body []byte) io.Reader {
	if a.padding == 0 {
		return bytes.NewReader(body)
	}
	last := max(len(body)-1, 0)
	return io.MultiReader(bytes.NewReader(body[:last]), io.LimitReader(blanks{}, a.padding), bytes.NewReader(body[last:]))
}

// blanks is white space without end.
type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}
