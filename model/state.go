package model

// InstanceState is the state of a compute instance, in the service's spelling.
type InstanceState string

// The states of a compute instance (ComputeInstanceState of API 2024-04-01).
const (
	StateCreating        InstanceState = "Creating"
	StateCreateFailed    InstanceState = "CreateFailed"
	StateDeleting        InstanceState = "Deleting"
	StateRunning         InstanceState = "Running"
	StateRestarting      InstanceState = "Restarting"
	StateJobRunning      InstanceState = "JobRunning"
	StateSettingUp       InstanceState = "SettingUp"
	StateSetupFailed     InstanceState = "SetupFailed"
	StateStarting        InstanceState = "Starting"
	StateStopped         InstanceState = "Stopped"
	StateStopping        InstanceState = "Stopping"
	StateUserSettingUp   InstanceState = "UserSettingUp"
	StateUserSetupFailed InstanceState = "UserSetupFailed"
	StateUnknown         InstanceState = "Unknown"
	StateUnusable        InstanceState = "Unusable"
)

// Health is how a state should strike the reader.
type Health uint8

// The healths, best first.
const (
	HealthQuiet   Health = iota // at rest: stopped, scaled to zero
	HealthGood                  // works
	HealthChange                // on its way somewhere
	HealthWarn                  // needs a look
	HealthBad                   // failed
	HealthUnknown               // the service does not say
)

// Answer is yes, no, or not known.
type Answer uint8

// The answers.
const (
	Unsure Answer = iota
	No
	Yes
)

// StateInfo is what is known of an instance state.
type StateInfo struct {
	State     InstanceState
	Bills     Answer // whether the VM is allocated and therefore billed
	Transient bool   // on its way to another state by itself
	Health    Health
	Allowed   []Verb // instance commands the service accepts in this state
}

// instanceStates has one row a state. Whether the service bills while
// allocating is not documented; the table counts from the first state in which
// the VM exists until it is deallocated.
var instanceStates = []StateInfo{
	{StateCreating, Yes, true, HealthChange, []Verb{VerbDelete}},
	{StateCreateFailed, No, false, HealthBad, []Verb{VerbDelete}},
	{StateDeleting, No, true, HealthChange, nil},
	{StateRunning, Yes, false, HealthGood, []Verb{VerbStop, VerbRestart, VerbDelete}},
	{StateRestarting, Yes, true, HealthChange, []Verb{VerbStop, VerbDelete}},
	{StateJobRunning, Yes, false, HealthGood, []Verb{VerbStop, VerbRestart, VerbDelete}},
	{StateSettingUp, Yes, true, HealthChange, []Verb{VerbStop, VerbDelete}},
	{StateSetupFailed, Yes, false, HealthBad, []Verb{VerbStop, VerbRestart, VerbDelete}},
	{StateStarting, Yes, true, HealthChange, []Verb{VerbDelete}},
	{StateStopped, No, false, HealthQuiet, []Verb{VerbStart, VerbDelete}},
	{StateStopping, Yes, true, HealthChange, []Verb{VerbDelete}},
	{StateUserSettingUp, Yes, true, HealthChange, []Verb{VerbStop, VerbDelete}},
	{StateUserSetupFailed, Yes, false, HealthBad, []Verb{VerbStop, VerbRestart, VerbDelete}},
	{StateUnknown, Unsure, false, HealthUnknown, []Verb{VerbStop, VerbRestart, VerbDelete}},
	{StateUnusable, Yes, false, HealthBad, []Verb{VerbStop, VerbRestart, VerbDelete}},
}

// InstanceStates lists the states the program knows.
func InstanceStates() []StateInfo { return append([]StateInfo(nil), instanceStates...) }

// Info looks a state up. A state the program does not know is treated as
// Unknown: nothing is claimed about its billing.
func (s InstanceState) Info() StateInfo {
	for _, row := range instanceStates {
		if row.State == s {
			return row
		}
	}
	return StateInfo{State: s, Bills: Unsure, Health: HealthUnknown, Allowed: []Verb{VerbStop, VerbRestart, VerbDelete}}
}

// Allows reports whether the service accepts a command in this state.
func (i StateInfo) Allows(v Verb) bool {
	for _, a := range i.Allowed {
		if a == v {
			return true
		}
	}
	return false
}

// ProvisioningHealth judges an ARM provisioning state.
func ProvisioningHealth(state string) Health {
	switch Fold(state) {
	case "succeeded":
		return HealthGood
	case "creating", "updating", "deleting", "scaling", "provisioning", "accepted", "running":
		return HealthChange
	case "failed":
		return HealthBad
	case "canceled", "cancelled":
		return HealthWarn
	default:
		return HealthUnknown
	}
}

// ProvisioningTransient reports whether a provisioning state changes by itself.
func ProvisioningTransient(state string) bool { return ProvisioningHealth(state) == HealthChange }
