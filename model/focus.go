package model

// Focus is where the user's eyes are: what is polled first.
type Focus struct {
	Section    SectionKey    // the section on the screen
	Workspaces []WorkspaceID // of the rows on the screen
	Cluster    ComputeID     // cluster whose nodes are shown; "" for none
	Blurred    bool          // the terminal lost the focus: poll only what is in transition
}
