package llm

import (
	"errors"
	"net"
	"net/url"
)

// reasonOf says why a connection failed: where to and what the system says,
// without the address's path.
func reasonOf(err error) string {
	var dns *net.DNSError
	var op *net.OpError
	var address *url.Error
	switch {
	case errors.As(err, &dns):
		return "no such host: " + dns.Name
	case errors.As(err, &op) && op.Addr != nil && op.Op == "dial":
		return "no connection to " + op.Addr.String() + ": " + op.Err.Error()
	case errors.As(err, &address):
		return address.Err.Error()
	}
	return err.Error()
}
