package model

import "time"

// JobStatus is the status of a job, in the service's spelling.
type JobStatus string

// The job statuses the program acts on.
const (
	JobNotStarted      JobStatus = "NotStarted"
	JobStarting        JobStatus = "Starting"
	JobProvisioning    JobStatus = "Provisioning"
	JobPreparing       JobStatus = "Preparing"
	JobQueued          JobStatus = "Queued"
	JobRunning         JobStatus = "Running"
	JobFinalizing      JobStatus = "Finalizing"
	JobCancelRequested JobStatus = "CancelRequested"
	JobCompleted       JobStatus = "Completed"
	JobFailed          JobStatus = "Failed"
	JobCanceled        JobStatus = "Canceled"
	JobNotResponding   JobStatus = "NotResponding"
	JobPaused          JobStatus = "Paused"
	JobUnknown         JobStatus = "Unknown"
)

// Active reports whether a job occupies or waits for its compute target.
func (s JobStatus) Active() bool {
	switch s {
	case JobStarting, JobProvisioning, JobPreparing, JobQueued, JobRunning,
		JobFinalizing, JobCancelRequested, JobNotResponding:
		return true
	}
	return false
}

// Health judges a job status.
func (s JobStatus) Health() Health {
	switch s {
	case JobRunning, JobFinalizing:
		return HealthGood
	case JobCompleted, JobPaused:
		return HealthQuiet
	case JobFailed:
		return HealthBad
	case JobCanceled, JobNotResponding:
		return HealthWarn
	case JobNotStarted, JobStarting, JobProvisioning, JobPreparing, JobQueued, JobCancelRequested:
		return HealthChange
	}
	return HealthUnknown
}

// Job is a run of something on a compute target, or on serverless compute.
type Job struct {
	Resource
	ID          JobID
	Workspace   WorkspaceID
	Type        string // Command, Pipeline, Sweep, AutoML, Spark; unknown strings pass through
	Status      JobStatus
	DisplayName string
	Experiment  string
	Compute     ComputeID // "" for serverless jobs and for parents without one
	ComputeName string
	Instances   int // nodes asked for; 0: not said
	Owner       string
	StudioURL   string
	StartedAt   time.Time // zero: not started or not said
	EndedAt     time.Time // zero: not over or not said
}

// Title is the name people gave a job, else its id's name.
func (j *Job) Title() string {
	if j.DisplayName != "" {
		return j.DisplayName
	}
	return j.Name
}
