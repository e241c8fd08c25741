package azure

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/url"
	"reflect"
	"strings"

	"github.com/amltop/amltop/model"
)

// row is one entry of a list. Two entries with one key are the same thing,
// listed twice: a page may begin with what the one before ended with.
type row interface{ key() string }

var (
	errNoLink     = errors.New("where its next page is cannot be read")
	errNoResource = errors.New("there is no resource in it")
	errNoList     = errors.New("there is no list in it")
	errLoop       = errors.New("its pages lead round in a circle")
	errEmpty      = errors.New("its pages go on without bringing any rows")
)

// maxBarren is how many pages in a row may bring nothing new. A page may be
// empty and lead on; a service that names ever new pages with nothing in them
// does not get to have ten thousand of them read.
const maxBarren = 50

// rows gathers a list from its pages: each row once, where it came first, as
// it came last.
type rows[W row] struct {
	list   []W
	at     map[string]int
	barren int
}

// page takes one page in, and says where the next one is. Pages that repeat
// rows and nothing else lead round in a circle, whatever their addresses.
func (r *rows[W]) page(body []byte) (next string, err error) {
	fresh, next, err := decodePage[W](body)
	if err != nil {
		return "", err
	}
	if r.list == nil {
		r.list, r.at = fresh[:0], make(map[string]int, len(fresh)) // in its place: most lists are one page
	}
	known, before := 0, len(r.list)
	for _, w := range fresh {
		key := model.Fold(w.key())
		if key == "" {
			continue // nothing can be said about what has no id
		}
		if n, twice := r.at[key]; twice {
			r.list[n] = w
			known++
			continue
		}
		r.at[key] = len(r.list)
		r.list = append(r.list, w)
	}
	if len(r.list) > before || next == "" {
		r.barren = 0
		return next, nil
	}
	r.barren++
	switch {
	case known > 0:
		return "", errLoop
	case r.barren > maxBarren:
		return "", errEmpty
	}
	return next, nil
}

// page is one page of a list. Three answers name their list differently.
type page[W any] struct {
	Value    *[]W       `json:"value"`
	Nodes    *[]W       `json:"nodes"`      // listNodes
	Sizes    *[]W       `json:"amlCompute"` // vmSizes of 2020
	Data     *[]W       `json:"data"`       // Resource Graph
	NextLink link       `json:"nextLink"`
	Token    string     `json:"$skipToken"` // Resource Graph
	Error    *wireError `json:"error"`      // in place of a list
}

// link is the address of the next page, which is not to be missed because it
// cannot be read.
type link struct {
	url string
	odd bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (l *link) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &l.url) != nil {
		l.odd = true
		return nil
	}
	u, err := url.Parse(l.url)
	l.odd = l.url != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "")
	return nil
}

// decodePage reads one page.
func decodePage[W any](body []byte) (list []W, next string, err error) {
	var p page[W]
	err = json.Unmarshal(body, &p)
	odd, ok := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case ok && odd.Field != "" && odd.Type.Kind() == reflect.Slice && !strings.Contains(odd.Field, "."):
		return nil, "", errNoList
	case ok && odd.Field != "": // a field of a row
	case err != nil:
		return nil, "", err
	}
	if p.NextLink.odd {
		return nil, "", errNoLink
	}
	list, err = p.rows(body)
	return list, cmp.Or(p.NextLink.url, p.Token), err
}

// rows are the list of a page. A null list is an empty one; none at all is an
// answer from somebody else, or an error in the guise of a 200.
func (p page[W]) rows(body []byte) ([]W, error) {
	for _, list := range []*[]W{p.Value, p.Nodes, p.Sizes, p.Data} {
		if list != nil {
			return *list, nil
		}
	}
	if p.Error.says() {
		return nil, errorInGuise(p.Error)
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(body, &keys); err != nil {
		return nil, err
	}
	for _, key := range []string{"value", "nodes", "amlCompute", "data"} {
		if v, ok := keys[key]; ok && string(v) == "null" {
			return nil, nil
		}
	}
	return nil, errNoList
}

// decodeOne reads a resource. What has neither an id nor properties is none.
func decodeOne(body []byte, into row) error {
	if err := decode(body, into); err != nil || into.key() != "" {
		return err
	}
	var doc struct {
		Properties json.RawMessage `json:"properties"`
		Error      *wireError      `json:"error"`
	}
	if err := decode(body, &doc); err != nil {
		return err
	}
	switch {
	case doc.Error.says():
		return errorInGuise(doc.Error)
	case len(doc.Properties) == 0:
		return errNoResource
	}
	return nil
}
