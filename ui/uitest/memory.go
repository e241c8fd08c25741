package uitest

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/amltop/amltop/model"
)

// Memory is what a [Source] remembers and knows of the past, in memory.
type Memory struct {
	mu     sync.Mutex
	kept   map[string]string
	asked  []model.CostQuestion
	visits []time.Time

	Bars func(model.CostQuestion) (model.CostAnswer, error) // what Costs answers; nil: there is no history

	Last       time.Time // what LastVisit answers
	LastDigest string    // with this, as JSON

	Reports map[string]*model.Report // what Report answers, by since when; nil: no history
}

// Costs answers as Bars does.
func (m *Memory) Costs(_ context.Context, q model.CostQuestion) (model.CostAnswer, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.asked = append(m.asked, q)
	if m.Bars == nil {
		return model.CostAnswer{}, nil
	}
	return m.Bars(q)
}

// Asked are the questions so far.
func (m *Memory) Asked() []model.CostQuestion {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]model.CostQuestion(nil), m.asked...)
}

// Remember keeps a value.
func (m *Memory) Remember(_ context.Context, key string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("remember %s: %w", key, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil {
		m.kept = map[string]string{}
	}
	m.kept[key] = string(text)
	return nil
}

// Recall reads a value back.
func (m *Memory) Recall(_ context.Context, key string, value any) (bool, error) {
	m.mu.Lock()
	text, ok := m.kept[key]
	m.mu.Unlock()
	if !ok {
		return false, nil
	}
	if err := json.Unmarshal([]byte(text), value); err != nil {
		return false, fmt.Errorf("recall %s: %w", key, err)
	}
	return true, nil
}

// Visited notes a visit.
func (m *Memory) Visited(_ context.Context, at time.Time, _ any) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.visits = append(m.visits, at)
	return nil
}

// Visits are the visits noted so far.
func (m *Memory) Visits() []time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]time.Time(nil), m.visits...)
}

// LastVisit answers Last.
func (m *Memory) LastVisit(_ context.Context, _ time.Time, digest any) (time.Time, error) {
	if m.Last.IsZero() {
		return time.Time{}, nil
	}
	if err := json.Unmarshal([]byte(m.LastDigest), digest); err != nil {
		return time.Time{}, fmt.Errorf("read the last visit: %w", err)
	}
	return m.Last, nil
}

// Report answers from Reports.
func (m *Memory) Report(_ context.Context, since string, _ time.Time) (*model.Report, error) {
	return m.Reports[since], nil
}
