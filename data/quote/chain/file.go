package chain

import (
	"encoding/binary"
	"errors"
	"math"
)

// ErrDamaged says that bytes are no model.
var ErrDamaged = errors.New("the model is damaged")

// A model as bytes, all numbers little-endian:
//
//	uint32   labels, edges, rows
//	float32  the unit of a weight
//	float32  by edge, label before and label: the border's weight
//	uint64   the rows, bucket by bucket, as table.go describes them

// Append appends the model to b.
func (m *Model) Append(b []byte) []byte {
	le := binary.LittleEndian
	for _, n := range []int{m.labels, m.edges, len(m.table.rows)} {
		b = le.AppendUint32(b, uint32(n))
	}
	b = le.AppendUint32(b, math.Float32bits(m.table.unit))
	for _, w := range m.border {
		b = le.AppendUint32(b, math.Float32bits(w))
	}
	for i := range m.table.rows {
		b = le.AppendUint64(b, m.table.rows[m.table.at(i)])
	}
	return b
}

// Read reads a model from the start of b, and gives the rest.
func Read(b []byte) (*Model, []byte, error) {
	le := binary.LittleEndian
	if len(b) < 16 {
		return nil, nil, ErrDamaged
	}
	m := &Model{labels: int(le.Uint32(b)), edges: int(le.Uint32(b[4:]))}
	rows := int(le.Uint32(b[8:]))
	unit := math.Float32frombits(le.Uint32(b[12:]))
	b = b[16:]
	if m.labels < 1 || m.labels > MaxLabels || m.edges < 1 || m.edges > 256 || rows < slots || rows%slots != 0 {
		return nil, nil, ErrDamaged
	}
	borders := m.edges * m.labels * m.labels
	if len(b) < 4*borders+8*rows {
		return nil, nil, ErrDamaged
	}
	m.border = make([]float32, borders)
	for i := range m.border {
		m.border[i] = math.Float32frombits(le.Uint32(b[4*i:]))
	}
	m.borderExp = expAll(m.border)
	b = b[4*borders:]
	packed := make([]uint64, rows)
	for i := range packed {
		packed[i] = le.Uint64(b[8*i:])
	}
	m.table = tableOf(unit, packed)
	return m, b[8*rows:], nil
}
