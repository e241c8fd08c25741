package detail

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"
)

// maxDepth is how deep a document may nest: far more than any resource does.
const maxDepth = 200

var errTooDeep = errors.New("nested too deep")

// JSON indents a resource as the wire had it, keys in their order.
func JSON(raw json.RawMessage) (string, error) {
	var b bytes.Buffer
	if err := json.Indent(&b, bytes.TrimSpace(raw), "", "  "); err != nil {
		return "", fmt.Errorf("indent json: %w", err)
	}
	return b.String() + "\n", nil
}

// YAML writes a resource as YAML, keys in the order of the wire.
func YAML(raw json.RawMessage) (string, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	root, err := value(dec, 0)
	if err != nil {
		return "", fmt.Errorf("read json: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return "", errors.New("read json: more than one value")
	}
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(root); err != nil {
		return "", fmt.Errorf("write yaml: %w", err)
	}
	if err := enc.Close(); err != nil {
		return "", fmt.Errorf("write yaml: %w", err)
	}
	return b.String(), nil
}

// value reads one JSON value as a YAML node.
func value(dec *json.Decoder, depth int) (*yaml.Node, error) {
	if depth > maxDepth {
		return nil, errTooDeep
	}
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch t := token.(type) {
	case json.Delim:
		return container(dec, t, depth)
	case json.Number: // written as it came: no digit is lost
		return &yaml.Node{Kind: yaml.ScalarNode, Value: t.String()}, nil
	default:
		n := new(yaml.Node)
		if err := n.Encode(t); err != nil {
			return nil, err
		}
		return n, nil
	}
}

// container reads the rest of an object or an array.
func container(dec *json.Decoder, open json.Delim, depth int) (*yaml.Node, error) {
	n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	if open == '{' {
		n = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	}
	for dec.More() {
		child, err := value(dec, depth+1)
		if err != nil {
			return nil, err
		}
		n.Content = append(n.Content, child)
		if open != '{' {
			continue
		}
		held, err := value(dec, depth+1)
		if err != nil {
			return nil, err
		}
		n.Content = append(n.Content, held)
	}
	if len(n.Content) == 0 {
		n.Style = yaml.FlowStyle
	}
	_, err := dec.Token() // the closing delimiter
	return n, err
}
