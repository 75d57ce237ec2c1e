package bot

import (
	_ "embed"
	"fmt"
	"net/url"
	"strings"
	"text/template"
)

//go:embed manifest.yaml.tmpl
var manifest string

// Manifest is the description of the app that Slack makes it from, in YAML:
// for Socket Mode, or with the address at which Slack reaches Handler.
func Manifest(address string) (string, error) {
	if address != "" {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "https" || u.Host == "" || strings.ContainsAny(address, "\"\n ") {
			return "", fmt.Errorf("%q is not an address that begins with https://", address)
		}
	}
	t, err := template.New("manifest").Parse(manifest)
	if err != nil {
		return "", fmt.Errorf("read the manifest: %w", err)
	}
	var b strings.Builder
	err = t.Execute(&b, struct {
		URL    string
		Scopes []Scope
	}{address, Scopes()})
	return b.String(), err
}
