package quote

import (
	_ "embed"
	"encoding/binary"
	"slices"
	"sync"

	"onrecord/data/quote/chain"
)

// models are what was learned from annotated articles.
type models struct {
	priors     priors
	statements *chain.Model // which tokens are sources, cues and contents
	roles      *chain.Model // which of them belong to a given cue
	ends       *chain.Model // how far a content goes in its sentence
	judge      *chain.Model // whether what was made of a cue is right
	taggers    sync.Pool    // of *tagger, whose memory is worth keeping
}

//go:embed model.bin
var modelBytes []byte

// The models as bytes, numbers little-endian:
//
//	uint32           how many priors
//	uint64, uint8    each prior: a word's hash and class, by hash
//	                 the statement model, the models of roles and of ends and the judge, as package chain writes them
func (m *models) bytes() []byte {
	le := binary.LittleEndian
	keys := make([]uint64, 0, len(m.priors))
	for k := range m.priors {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	b := le.AppendUint32(nil, uint32(len(keys)))
	for _, k := range keys {
		b = append(le.AppendUint64(b, k), m.priors[k])
	}
	return m.judge.Append(m.ends.Append(m.roles.Append(m.statements.Append(b))))
}

// readModels reads what bytes wrote.
func readModels(b []byte) (*models, error) {
	le := binary.LittleEndian
	if len(b) < 4 || len(b) < 4+9*int(le.Uint32(b)) {
		return nil, chain.ErrDamaged
	}
	m := &models{priors: priors{}}
	n := int(le.Uint32(b))
	for i := range n {
		at := b[4+9*i:]
		m.priors[le.Uint64(at)] = at[8]
	}
	var err error
	if m.statements, b, err = chain.Read(b[4+9*n:]); err != nil {
		return nil, err
	}
	if m.roles, b, err = chain.Read(b); err != nil {
		return nil, err
	}
	if m.ends, b, err = chain.Read(b); err != nil {
		return nil, err
	}
	if m.judge, b, err = chain.Read(b); err != nil {
		return nil, err
	}
	if len(b) != 0 || m.statements.Labels() != int(statementLabels) || m.roles.Labels() != int(roleLabels) || m.ends.Labels() != int(endLabels) || m.judge.Labels() != int(judgeLabels) {
		return nil, chain.ErrDamaged
	}
	m.taggers.New = func() any {
		return &tagger{statements: m.statements, roles: m.roles, ends: m.ends, judge: m.judge, statementMemo: chain.NewMemo(), roleMemo: chain.NewMemo(), bias: statementBias, roleBias: roleBias}
	}
	return m, nil
}
