package arm

import (
	"encoding/binary"
	"encoding/hex"
)

// newGUID is a GUID from the server's own random numbers.
func (s *Server) newGUID() string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], s.ids.Uint64())
	binary.BigEndian.PutUint64(b[8:], s.ids.Uint64())
	return formatGUID(b)
}

// formatGUID writes sixteen bytes as a version 4 GUID.
func formatGUID(b [16]byte) string {
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	text := make([]byte, 0, 36)
	text = hex.AppendEncode(text, b[:4])
	for _, part := range [][]byte{b[4:6], b[6:8], b[8:10], b[10:]} {
		text = append(text, '-')
		text = hex.AppendEncode(text, part)
	}
	return string(text)
}
