package model_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func TestOutage(t *testing.T) {
	at := func(s int) time.Time { return time.Date(2026, 11, 23, 12, 0, s, 0, time.UTC) }
	gone := fmt.Errorf("list: %w", model.ErrUnreachable)
	denied := errors.New("403")
	for name, tt := range map[string]struct {
		parts model.Parts
		want  time.Time
	}{
		"nothing read": {nil, time.Time{}},
		"all is well":  {model.Parts{"a": {AsOf: at(1)}, "b": {AsOf: at(2)}}, time.Time{}},
		"one silent":   {model.Parts{"a": {AsOf: at(1), Err: gone, FailedAt: at(3)}, "b": {AsOf: at(2)}}, time.Time{}},
		"two silent": {model.Parts{
			"a": {AsOf: at(1), Err: gone, FailedAt: at(4)}, "b": {Err: gone, FailedAt: at(3)}, "c": {AsOf: at(2)},
		}, at(3)},
		"two silent, one answers since": {model.Parts{
			"a": {AsOf: at(1), Err: gone, FailedAt: at(4)}, "b": {Err: gone, FailedAt: at(3)}, "c": {AsOf: at(5)},
		}, time.Time{}},
		"refused, which is an answer": {model.Parts{
			"a": {AsOf: at(1), Err: denied, FailedAt: at(4)}, "b": {Err: denied, FailedAt: at(3)}, "c": {AsOf: at(2)},
		}, time.Time{}},
		"one refused long ago, silent now": {model.Parts{
			"a": {Err: gone, FailedAt: at(0)}, "b": {AsOf: at(2), Err: gone, FailedAt: at(3)}, "c": {AsOf: at(2), Err: gone, FailedAt: at(4)},
		}, at(3)},
	} {
		t.Run(name, func(t *testing.T) {
			s := &model.Snapshot{Parts: map[model.SectionKey]model.Parts{model.SectionComputes: tt.parts}}
			since, err := s.Outage()
			if !since.Equal(tt.want) || (err == nil) != tt.want.IsZero() {
				t.Errorf("since %v: %v, want %v", since, err, tt.want)
			}
		})
	}
}
