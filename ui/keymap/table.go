package keymap

// The actions. An action without a key of its own can still be bound by the
// configuration, and is reached through the action menu.
const (
	Up        ID = "up"
	Down      ID = "down"
	PageUp    ID = "page-up"
	PageDown  ID = "page-down"
	HalfUp    ID = "half-page-up"
	HalfDown  ID = "half-page-down"
	Home      ID = "top"
	End       ID = "bottom"
	Left      ID = "columns-left"
	Right     ID = "columns-right"
	GoPane    ID = "pane"
	NextPane  ID = "next-pane"
	PrevPane  ID = "previous-pane"
	Open      ID = "open"
	Back      ID = "back"
	Leave     ID = "leave"
	Backward  ID = "history-back"
	Forward   ID = "history-forward"
	LastView  ID = "last-view"
	Filter    ID = "filter"
	Command   ID = "command"
	Help      ID = "help"
	Mark      ID = "mark"
	MarkAll   ID = "mark-all"
	MarkRange ID = "mark-range"
	SortName  ID = "sort-name"
	SortAge   ID = "sort-age"
	SortState ID = "sort-state"
	SortCost  ID = "sort-cost"
	SortLeft  ID = "sort-left"
	SortRight ID = "sort-right"
	SortTurn  ID = "sort-turn"
	SortNth   ID = "sort-column"
	Describe  ID = "describe"
	Wire      ID = "wire"
	Logs      ID = "logs"
	Faults    ID = "faults"
	Refresh   ID = "refresh"
	Browse    ID = "browse"
	Export    ID = "export"
	CopyName  ID = "copy-name"
	CopyID    ID = "copy-id"
	Actions   ID = "actions"
	Cost      ID = "cost"
	Period    ID = "period"
	Stop      ID = "stop"
	Start     ID = "start"
	Restart   ID = "restart"
	Scale     ID = "scale"
	Traffic   ID = "traffic"
	Create    ID = "create"
	Idle      ID = "idle"
	Schedule  ID = "schedule"
	Leash     ID = "leash"
	StopIdle  ID = "stop-idle"
	ZeroMin   ID = "zero-minimum"
	Delete    ID = "delete"
	WhatIf    ID = "what-if"
	Undo      ID = "undo"
	Find      ID = "find"
	FindNext  ID = "find-next"
	FindPrev  ID = "find-previous"
	Wrap      ID = "wrap"
	Accept    ID = "accept"
	Cancel    ID = "cancel"
	NextField ID = "next-field"
	PrevField ID = "previous-field"
	NextItem  ID = "next-choice"
	PrevItem  ID = "previous-choice"
	PageItems ID = "choices-down"
	PageBack  ID = "choices-up"
	Yes       ID = "yes"
	No        ID = "no"
	Interrupt ID = "interrupt"
	Suspend   ID = "suspend"
)

// Headings of help and document, in order.
const (
	groupMove    = "Moving"
	groupFind    = "Finding"
	groupSort    = "Sorting"
	groupLook    = "Looking closer"
	groupAct     = "Acting"
	groupProgram = "The program"
	groupType    = "Typing and answering"
)

var groups = []string{groupMove, groupFind, groupSort, groupLook, groupAct, groupProgram, groupType}

// defaults is the table. The order is that of the footer and the help.
var defaults = []Binding{
	{ID: Stop, Scope: List, Keys: []string{"x"}, Group: groupAct, Short: "stop", Help: "stop the marked or selected targets, cancel jobs; a preview comes first", Mutates: true, Offers: []string{"stop", "cancel"}},
	{ID: Start, Scope: List, Keys: []string{"s"}, Group: groupAct, Short: "start", Help: "start instances; a preview comes first", Mutates: true, Offers: []string{"start"}},
	{ID: Undo, Scope: List | View, Keys: []string{"u"}, Group: groupAct, Short: "undo", Help: "take back what was just asked for, while nothing has been sent", Mutates: true},
	{ID: Mark, Scope: List, Keys: []string{"space"}, Group: groupAct, Short: "mark", Help: "mark the row and go down; actions then work on all marked rows"},
	{ID: Open, Scope: List, Keys: []string{"enter"}, Group: groupLook, Short: "open", Help: "go into what the row stands for"},
	{ID: Describe, Scope: List | View, Keys: []string{"d"}, Group: groupLook, Short: "describe", Help: "everything known about the row"},
	{ID: Wire, Scope: List | View, Keys: []string{"y"}, Group: groupLook, Short: "json", Help: "the resource as the service has it: JSON, again for YAML"},
	{ID: Cost, Scope: List, Keys: []string{"$"}, Group: groupLook, Short: "cost", Help: "what the marked or selected rows cost, and over time; on costs, what is behind the row"},
	{ID: Period, Scope: List, Keys: []string{"p"}, Group: groupLook, Short: "hour/day/month", Help: "on costs: chart hours, days or months; left and right group otherwise"},
	{ID: Filter, Scope: List, Keys: []string{"/"}, Group: groupFind, Short: "filter", Help: "filter as you type: regex, !not, -f fuzzy, column:value"},
	{ID: Command, Scope: List, Keys: []string{":"}, Group: groupFind, Short: "command", Help: "command line: panes, aliases and more; tab completes"},
	{ID: Help, Scope: List | View, Keys: []string{"?"}, Group: groupProgram, Short: "help", Help: "every key; / searches in it"},
	{ID: Actions, Scope: List, Keys: []string{"a"}, Group: groupAct, Short: "actions", Help: "everything that can be done here, and why something cannot"},
	{ID: Create, Scope: List, Keys: []string{"n"}, Group: groupAct, Short: "deploy", Help: "new instance or cluster in their panes, else a new deployment: a form with VM sizes, prices and quota", Mutates: true, Offers: []string{"deploy", "create"}},
	{ID: Leash, Scope: List, Keys: []string{"t"}, Group: groupAct, Help: "leash of the marked or selected instances: idle rule, stop schedule, stop later, snooze, off", Mutates: true, Offers: []string{"leash"}},
	{ID: StopIdle, Scope: List, Keys: []string{"Z"}, Group: groupAct, Help: "stop all idle instances of the fleet: a list to choose from, with the evidence", Mutates: true},
	{ID: ZeroMin, Scope: List, Keys: []string{"m"}, Group: groupAct, Help: "minimum 0 for the marked or selected clusters, so that they scale to zero", Mutates: true, Offers: []string{"zero-minimum"}},
	{ID: Idle, Scope: List, Keys: []string{"i"}, Group: groupAct, Help: "idle shutdown of the marked or selected instances; of a cluster, the idle time before it scales down", Mutates: true, Offers: []string{"idle"}},
	{ID: Schedule, Scope: List, Group: groupAct, Help: "start and stop schedules of an instance", Mutates: true, Offers: []string{"schedule"}},
	{ID: Delete, Scope: List, Keys: []string{"X"}, Group: groupAct, Help: "delete an instance, cluster, deployment or endpoint after its name was typed; detach attached compute", Mutates: true, Offers: []string{"delete", "undeploy", "detach"}},
	{ID: Restart, Scope: List, Group: groupAct, Help: "restart instances", Mutates: true, Offers: []string{"restart"}},
	{ID: Scale, Scope: List, Keys: []string{"+"}, Group: groupAct, Help: "a cluster's nodes and idle time, or a deployment's instances", Mutates: true, Offers: []string{"scale"}},
	{ID: Traffic, Scope: List, Group: groupAct, Help: "an endpoint's traffic by deployment", Mutates: true, Offers: []string{"traffic"}},
	{ID: MarkRange, Scope: List, Keys: []string{"v", "ctrl+space"}, Group: groupAct, Help: "mark every row from the nearest mark to this one"},
	{ID: MarkAll, Scope: List, Keys: []string{"*"}, Group: groupAct, Help: "mark every row shown, or none"},

	{ID: Up, Scope: List | View, Keys: []string{"k", "up"}, Group: groupMove, Help: "up"},
	{ID: Down, Scope: List | View, Keys: []string{"j", "down"}, Group: groupMove, Help: "down"},
	{ID: PageUp, Scope: List | View, Keys: []string{"ctrl+b", "pgup"}, Group: groupMove, Help: "page up"},
	{ID: PageDown, Scope: List | View, Keys: []string{"ctrl+f", "pgdown"}, Group: groupMove, Help: "page down"},
	{ID: HalfUp, Scope: List | View, Keys: []string{"ctrl+u"}, Group: groupMove, Help: "half a page up"},
	{ID: HalfDown, Scope: List | View, Group: groupMove, Help: "half a page down"},
	{ID: Home, Scope: List | View, Keys: []string{"g", "home"}, Group: groupMove, Help: "first row"},
	{ID: End, Scope: List | View, Keys: []string{"G", "end"}, Group: groupMove, Help: "last row"},
	{ID: Left, Scope: List | View, Keys: []string{"h", "left"}, Group: groupMove, Help: "columns to the left"},
	{ID: Right, Scope: List | View, Keys: []string{"l", "right"}, Group: groupMove, Help: "columns to the right"},
	{ID: GoPane, Scope: List, Keys: []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}, Group: groupMove, Help: "the pane with this number"},
	{ID: NextPane, Scope: List, Keys: []string{"tab"}, Group: groupMove, Help: "next pane"},
	{ID: PrevPane, Scope: List, Keys: []string{"shift+tab"}, Group: groupMove, Help: "previous pane"},
	{ID: Back, Scope: List | View, Keys: []string{"esc"}, Group: groupMove, Help: "clear the marks, else the filter, else go back; never quits"},
	{ID: Leave, Scope: List | View, Keys: []string{"q"}, Group: groupMove, Help: "go back; at the top, ask whether to quit"},
	{ID: Backward, Scope: List, Keys: []string{"["}, Group: groupMove, Help: "the view before this one"},
	{ID: Forward, Scope: List, Keys: []string{"]"}, Group: groupMove, Help: "the view after this one"},
	{ID: LastView, Scope: List, Keys: []string{"-"}, Group: groupMove, Help: "the last view, and back again"},

	{ID: SortName, Scope: List, Keys: []string{"N"}, Group: groupSort, Help: "by name; again, the other way round"},
	{ID: SortAge, Scope: List, Keys: []string{"A"}, Group: groupSort, Help: "by age"},
	{ID: SortState, Scope: List, Keys: []string{"S"}, Group: groupSort, Help: "by state"},
	{ID: SortCost, Scope: List, Keys: []string{"C"}, Group: groupSort, Help: "by cost"},
	{ID: SortLeft, Scope: List, Keys: []string{"<", "shift+left"}, Group: groupSort, Help: "by the column to the left"},
	{ID: SortRight, Scope: List, Keys: []string{">", "shift+right"}, Group: groupSort, Help: "by the column to the right"},
	{ID: SortTurn, Scope: List, Keys: []string{"O"}, Group: groupSort, Help: "by the chosen column, the other way round"},
	{ID: SortNth, Scope: List, Keys: []string{"f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12"}, Group: groupSort, Help: "by the first, second, … column"},

	{ID: Logs, Scope: List, Keys: []string{"L"}, Group: groupLook, Help: "container log of a deployment"},
	{ID: WhatIf, Scope: List, Keys: []string{"w"}, Group: groupLook, Help: "what an instance, cluster or deployment would cost with other VM sizes", Offers: []string{"what-if"}},
	{ID: Faults, Scope: List, Keys: []string{"!"}, Group: groupLook, Help: "everything that fails at the moment, in full"},
	{ID: Refresh, Scope: List | View, Keys: []string{"r", "ctrl+r"}, Group: groupLook, Help: "ask the service now"},
	{ID: Browse, Scope: List, Keys: []string{"o", "b"}, Group: groupLook, Help: "open in the studio or the portal"},
	{ID: CopyName, Scope: List, Keys: []string{"c"}, Group: groupLook, Help: "copy the name"},
	{ID: CopyID, Scope: List, Keys: []string{"I"}, Group: groupLook, Help: "copy the ARM id"},
	{ID: Export, Scope: List, Keys: []string{"ctrl+s"}, Group: groupLook, Help: "save the rows shown as CSV"},

	{ID: Find, Scope: View, Keys: []string{"/"}, Group: groupFind, Short: "find", Help: "find in the text"},
	{ID: FindNext, Scope: View, Keys: []string{"n"}, Group: groupFind, Help: "next match"},
	{ID: FindPrev, Scope: View, Keys: []string{"N"}, Group: groupFind, Help: "match before"},
	{ID: Wrap, Scope: View, Keys: []string{"w"}, Group: groupLook, Short: "wrap", Help: "wrap long lines, or cut them"},

	{ID: Accept, Scope: Text, Keys: []string{"enter"}, Group: groupType, Short: "accept", Help: "accept"},
	{ID: Cancel, Scope: Text, Keys: []string{"esc"}, Group: groupType, Short: "cancel", Help: "cancel; a filter goes back to what it was"},
	{ID: NextField, Scope: Text, Keys: []string{"tab"}, Group: groupType, Help: "next field; in a command or a filter, complete"},
	{ID: PrevField, Scope: Text, Keys: []string{"shift+tab"}, Group: groupType, Help: "previous field"},
	{ID: NextItem, Scope: Text, Keys: []string{"down", "ctrl+n"}, Group: groupType, Help: "next choice, field or later entry"},
	{ID: PrevItem, Scope: Text, Keys: []string{"up", "ctrl+p"}, Group: groupType, Help: "previous choice, field or earlier entry"},
	{ID: PageItems, Scope: Text, Keys: []string{"pgdown"}, Group: groupType, Help: "a page of choices down"},
	{ID: PageBack, Scope: Text, Keys: []string{"pgup"}, Group: groupType, Help: "a page of choices up"},
	{ID: Yes, Scope: Confirm, Keys: []string{"enter", "y"}, Group: groupType, Short: "yes", Help: "do it"},
	{ID: No, Scope: Confirm, Keys: []string{"esc", "n", "q"}, Group: groupType, Short: "no", Help: "do not"},

	{ID: Interrupt, Scope: Global, Keys: []string{"ctrl+c"}, Group: groupProgram, Help: "close what is open; twice, quit"},
	{ID: Suspend, Scope: Global, Keys: []string{"ctrl+z"}, Group: groupProgram, Help: "suspend; fg brings it back"},
}
