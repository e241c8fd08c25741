package azure

import (
	"fmt"
	"maps"
	"net"
	"net/url"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
)

// cloudName is the name of a cloud as Origin shows it.
func cloudName(name string) string {
	if name == "" {
		return "public"
	}
	return name
}

// resolveCloud finds the sign-in authority, the audience and the base URL.
func resolveCloud(name, endpoint string) (cloud.Configuration, *url.URL, error) {
	var config cloud.Configuration
	switch cloudName(name) {
	case "public":
		config = cloud.AzurePublic
	case "usgovernment":
		config = cloud.AzureGovernment
	case "china":
		config = cloud.AzureChina
	default:
		return config, nil, fmt.Errorf("cloud %q is not one of public, usgovernment, china", name)
	}
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
