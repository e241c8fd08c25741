// Package model is the domain of amltop: Azure Machine Learning compute and
// what it costs, as values and pure functions.
//
// The vocabulary is Azure's own. A workspace holds compute targets: compute
// clusters (AmlCompute) that scale between a minimum and a maximum number of
// nodes, compute instances that bill from allocation until somebody stops
// them, and attached computes that Azure ML uses but does not manage. Jobs run
// on compute targets. Online and batch endpoints hold deployments. VM sizes
// belong to series; quota limits the vCPUs of a VM family in a region.
//
// Everything the program shows is one immutable [Snapshot]: sections of rows,
// each part of a section with its own age and its own error. Everything the
// program does is a [Command]; once asked for, it is an [Operation] whose
// phase is part of the snapshot. Money is integer micro-units ([Money]) and a
// pure function of spans, price and time ([Meter]).
//
// The package imports the standard library only, reads no clock and does no
// I/O. Times come in as arguments; rows in a snapshot are read-only.
package model
