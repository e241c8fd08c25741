package azure

// wireCompute is a compute target: an envelope, and properties within
// properties whose fields depend on the compute type. The fields of all kinds
// do not clash, so that one type holds them all.
type wireCompute struct {
	ID         text           `json:"id"`
	Name       text           `json:"name"`
	Location   text           `json:"location"`
	Tags       map[text]text  `json:"tags"`
	Identity   *wireIdentity  `json:"identity"`
	SystemData wireSystemData `json:"systemData"`
	Properties struct {
		ComputeType        text        `json:"computeType"`
		ComputeLocation    text        `json:"computeLocation"`
		Description        text        `json:"description"`
		CreatedOn          stamp       `json:"createdOn"`
		ModifiedOn         stamp       `json:"modifiedOn"`
		ResourceID         text        `json:"resourceId"`
		ProvisioningState  text        `json:"provisioningState"`
		ProvisioningErrors []wireFault `json:"provisioningErrors"`
		Properties         struct {
			VMSize text        `json:"vmSize"`
			Errors []wireFault `json:"errors"`
			wireInstance
			wireCluster
			wireAttached
		} `json:"properties"`
	} `json:"properties"`
}

type wireIdentity struct {
	Type text `json:"type"`
}

// wireInstance are the fields of a compute instance.
type wireInstance struct {
	State        text   `json:"state"`
	IdleShutdown period `json:"idleTimeBeforeShutdown"`
	CreatedBy    struct {
		UserID   text `json:"userId"`
		UserName text `json:"userName"`
	} `json:"createdBy"`
	Personal *struct {
		AssignedUser struct {
			ObjectID text `json:"objectId"`
		} `json:"assignedUser"`
	} `json:"personalComputeInstanceSettings"`
	LastOperation struct {
		Name    text  `json:"operationName"`
		Time    stamp `json:"operationTime"`
		Status  text  `json:"operationStatus"`
		Trigger text  `json:"operationTrigger"`
	} `json:"lastOperation"`
	Schedules struct {
		StartStop []wireSchedule `json:"computeStartStop"`
	} `json:"schedules"`
	Applications []struct {
		Name text `json:"displayName"`
		URL  text `json:"endpointUri"`
	} `json:"applications"`
	SSH struct {
		Public text  `json:"sshPublicAccess"`
		User   text  `json:"adminUserName"`
		Port   whole `json:"sshPort"`
	} `json:"sshSettings"`
	Connectivity struct {
		PublicIP text `json:"publicIpAddress"`
	} `json:"connectivityEndpoints"`
	CustomServices []struct{} `json:"customServices"`
}

// wireSchedule is a start or stop schedule of an instance.
type wireSchedule struct {
	ID     text `json:"id"`
	Status text `json:"status"`
	Action text `json:"action"`
	Cron   *struct {
		Expression text `json:"expression"`
		StartTime  text `json:"startTime"`
		TimeZone   text `json:"timeZone"`
	} `json:"cron"`
	Recurrence *struct {
		Frequency text  `json:"frequency"`
		Interval  whole `json:"interval"`
		StartTime text  `json:"startTime"`
		TimeZone  text  `json:"timeZone"`
		Schedule  struct {
			Hours     []whole `json:"hours"`
			Minutes   []whole `json:"minutes"`
			WeekDays  []text  `json:"weekDays"`
			MonthDays []whole `json:"monthDays"`
		} `json:"schedule"`
	} `json:"recurrence"`
}

// wireCluster are the fields of a compute cluster.
type wireCluster struct {
	VMPriority    text `json:"vmPriority"`
	OSType        text `json:"osType"`
	ScaleSettings struct {
		Max  whole   `json:"maxNodeCount"`
		Min  whole   `json:"minNodeCount"`
		Idle *period `json:"nodeIdleTimeBeforeScaleDown"`
	} `json:"scaleSettings"`
	Allocation      text  `json:"allocationState"`
	AllocationSince stamp `json:"allocationStateTransitionTime"`
	CurrentNodes    whole `json:"currentNodeCount"`
	TargetNodes     whole `json:"targetNodeCount"`
	Nodes           struct {
		Idle      whole `json:"idleNodeCount"`
		Running   whole `json:"runningNodeCount"`
		Preparing whole `json:"preparingNodeCount"`
		Leaving   whole `json:"leavingNodeCount"`
		Unusable  whole `json:"unusableNodeCount"`
		Preempted whole `json:"preemptedNodeCount"`
	} `json:"nodeStateCounts"`
}

// wireAttached are the fields of computes that Azure ML does not manage.
type wireAttached struct {
	Address        text  `json:"address"` // virtual machine, HDInsight
	SSHPort        whole `json:"sshPort"`
	VirtualSize    text  `json:"virtualMachineSize"`
	WorkspaceURL   text  `json:"workspaceUrl"`             // Databricks
	DataLakeStore  text  `json:"dataLakeStoreAccountName"` // Data Lake Analytics
	PoolName       text  `json:"poolName"`                 // Synapse Spark
	SparkVersion   text  `json:"sparkVersion"`
	NodeSize       text  `json:"nodeSize"`
	NodeCount      whole `json:"nodeCount"`
	AgentCount     whole `json:"agentCount"` // AKS
	AgentVMSize    text  `json:"agentVmSize"`
	ClusterFQDN    text  `json:"clusterFqdn"`
	ClusterPurpose text  `json:"clusterPurpose"`
	Namespace      text  `json:"namespace"` // Kubernetes
	DefaultType    text  `json:"defaultInstanceType"`

	InstanceTypes map[text]struct{} `json:"instanceTypes"`
}
