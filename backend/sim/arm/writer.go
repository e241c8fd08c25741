package arm

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"
)

// writer builds a JSON document in order, field by field. The bodies of this
// package have a fixed shape, so nothing is reflected on and the order of keys
// is the service's. An empty key writes an array element.
type writer struct{ b []byte }

func (w *writer) object(key string)    { w.key(key); w.b = append(w.b, '{') }
func (w *writer) endObject()           { w.b = append(w.b, '}') }
func (w *writer) array(key string)     { w.key(key); w.b = append(w.b, '[') }
func (w *writer) endArray()            { w.b = append(w.b, ']') }
func (w *writer) null(key string)      { w.key(key); w.b = append(w.b, "null"...) }
func (w *writer) raw(key, json string) { w.key(key); w.b = append(w.b, json...) }

func (w *writer) str(key, value string) {
	w.key(key)
	w.b = appendString(w.b, value)
}

// strOrNull writes null for an empty string, which is how the service says
// that it has nothing to say.
func (w *writer) strOrNull(key, value string) {
	if value == "" {
		w.null(key)
		return
	}
	w.str(key, value)
}

func (w *writer) int(key string, value int) {
	w.key(key)
	w.b = strconv.AppendInt(w.b, int64(value), 10)
}

func (w *writer) bool(key string, value bool) {
	w.key(key)
	w.b = strconv.AppendBool(w.b, value)
}

// nulls writes null for each key.
func (w *writer) nulls(keys ...string) {
	for _, k := range keys {
		w.null(k)
	}
}

// time writes the seven-digit form with a numeric offset; see appendTicks.
func (w *writer) time(key string, t time.Time) {
	w.key(key)
	w.b = append(w.b, '"')
	w.b = appendTicks(w.b, t, "+00:00")
	w.b = append(w.b, '"')
}

// timeZ writes the seven-digit form that ends in Z.
func (w *writer) timeZ(key string, t time.Time) {
	w.key(key)
	w.b = append(w.b, '"')
	w.b = appendTicks(w.b, t, "Z")
	w.b = append(w.b, '"')
}

// millis writes the three-digit form that some fields have instead.
func (w *writer) millis(key string, t time.Time) {
	w.key(key)
	w.b = t.UTC().AppendFormat(w.b, `"2006-01-02T15:04:05.000+00:00"`)
}

// any writes a value whose shape is not known here; null if it has none in JSON.
func (w *writer) any(key string, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		w.null(key)
		return
	}
	w.raw(key, string(text))
}

// strings writes an object of strings, its keys sorted.
func (w *writer) strings(key string, values map[string]string) {
	w.object(key)
	for _, k := range slices.Sorted(maps.Keys(values)) {
		w.str(k, values[k])
	}
	w.endObject()
}

// key writes the comma if one is due, and the key unless it is empty. Keys are
// this package's own but for tags and deployments' names.
func (w *writer) key(key string) {
	if n := len(w.b); n > 0 {
		switch w.b[n-1] {
		case '{', '[', ':':
		default:
			w.b = append(w.b, ',')
		}
	}
	if key != "" {
		w.b = appendString(w.b, key)
		w.b = append(w.b, ':')
	}
}

// plainByte holds the bytes that stand for themselves in a JSON string.
var plainByte = func() (table [256]bool) {
	for c := ' '; c <= '~'; c++ {
		table[c] = c != '"' && c != '\\'
	}
	return table
}()

// appendString quotes s for JSON. Plain ASCII, which is nearly everything, is
// copied; the rest goes through encoding/json.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if !plainByte[s[i]] {
			text, err := json.Marshal(s)
			if err != nil { // strings always marshal
				return append(b, '"', '"')
			}
			return append(b, text...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
