package azure

import (
	"fmt"
	"maps"
	"net"
	"net/url"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
)

// clouds are Azure's clouds, by the names that flags and configuration use.
// Their hosts are those of the SDK and of the clouds' documentation; the studio
// of the China cloud could not be verified, and is left out: what would open
// there opens in its portal.
var clouds = map[string]azureCloud{
	"public": {config: cloud.AzurePublic, cli: "AzureCloud", data: "https://ml.azure.com",
		portal: "https://portal.azure.com", studio: "https://ml.azure.com"},
	"usgovernment": {config: cloud.AzureGovernment, cli: "AzureUSGovernment", data: "https://ml.azure.us",
		portal: "https://portal.azure.us", studio: "https://ml.azure.us"},
	"china": {config: cloud.AzureChina, cli: "AzureChinaCloud", data: "https://ml.azure.cn",
		portal: "https://portal.azure.cn"},
}

// azureCloud is what has to be known of a cloud. Authority and ARM audience are
// in the SDK's configuration.
type azureCloud struct {
	config cloud.Configuration
	cli    string // its name for "az cloud set"
	data   string // audience of Azure ML's data plane
	portal string
	studio string // "" where not verified
}

// scope is what a token for ARM is asked for.
func (c azureCloud) scope() string {
	return c.config.Services[cloud.ResourceManager].Audience + "/.default"
}

// cloudName is the name of a cloud as Origin shows it.
func cloudName(name string) string {
	if name == "" {
		return "public"
	}
	return name
}

// cloudOf finds a cloud by its name.
func cloudOf(name string) (azureCloud, error) {
	c, ok := clouds[cloudName(name)]
	if !ok {
		return c, fmt.Errorf("cloud %q is not one of public, usgovernment, china", name)
	}
	return c, nil
}

// resolveCloud finds the sign-in authority, the audience and the base URL.
func resolveCloud(name, endpoint string) (cloud.Configuration, *url.URL, error) {
	c, err := cloudOf(name)
	if err != nil {
		return c.config, nil, err
	}
	config := c.config
	service := config.Services[cloud.ResourceManager]
	if endpoint != "" {
		service.Endpoint = strings.TrimRight(endpoint, "/")
	}
	base, err := parseEndpoint(service.Endpoint)
	if err != nil {
		return config, nil, err
	}
	config.Services = maps.Clone(config.Services) // the SDK's own map is shared
	config.Services[cloud.ResourceManager] = service
	return config, base, nil
}

// parseEndpoint accepts https anywhere and http on this machine only, because
// the token travels in a header.
func parseEndpoint(endpoint string) (*url.URL, error) {
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("endpoint %q is not a URL such as https://management.azure.com", endpoint)
	}
	switch {
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("endpoint of host %s: give scheme, host and port only", u.Host)
	case u.Scheme == "https":
		return u, nil
	case u.Scheme == "http" && isLoopback(u.Hostname()):
		return u, nil
	case u.Scheme == "http":
		return nil, fmt.Errorf("endpoint %q would send the token unencrypted: use https, or http with 127.0.0.1, [::1] or localhost", endpoint)
	default:
		return nil, fmt.Errorf("endpoint %q: scheme %q is not https", endpoint, u.Scheme)
	}
}

// isLoopback reports whether a host can only be this machine.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
