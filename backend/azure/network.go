package azure

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"syscall"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/amltop/amltop/model"
)

// signInError marks what went wrong while a token was fetched.
type signInError struct{ err error }

func (e *signInError) Error() string { return e.err.Error() }
func (e *signInError) Unwrap() error { return e.err }

// NonRetriable tells the SDK's pipeline not to ask again.
func (e *signInError) NonRetriable() {}

// fromNetwork explains why there was no answer at all.
func fromNetwork(doing string, err error) *model.Refusal {
	var at *url.Error
	if errors.As(err, &at) { // its text is the URL, which may be signed
		err = at.Err
	}
	r := &model.Refusal{Class: model.ErrUnreachable, Err: err}
	var foreign *ForeignHostError
	var token *signInError
	switch {
	case errors.As(err, &foreign):
		r.Class, r.Message, r.Next = nil, foreign.Error(), nextForeign
	case errors.Is(err, context.Canceled):
		r.Class, r.Message = nil, "given up: no longer needed"
	case explainNetwork(r, err):
	case asSignIn(err) != nil:
		return explainRefusal(asSignIn(err))
	case errors.As(err, &token):
		r.Class, r.Message, r.Next = model.ErrSignIn, shorten(clean(token.Error())), nextSignIn
	default:
		r.Class, r.Message = nil, shorten(clean(err.Error()))
	}
	if doing != "" && r.Class == nil && foreign == nil {
		r.Message = doing + ": " + r.Message
	}
	return r
}

// explainNetwork names the usual troubles of a network, and reports whether it
// was one of them.
func explainNetwork(r *model.Refusal, err error) bool {
	var dns *net.DNSError
	var op *net.OpError
	var slow net.Error
	var large *http.MaxBytesError
	var proxy *proxyError
	switch {
	case errors.As(err, &large):
		r.Message, r.Next = fmt.Sprintf("the answer goes on beyond %d MB, and was not read to its end", large.Limit>>20), nextEndpoint
	case errors.As(err, &proxy):
		r.Message, r.Next = proxy.Error(), nextProxy
		if proxy.status == http.StatusProxyAuthRequired {
			r.Next = nextProxyUser
		}
	case errors.As(err, &op) && op.Op == "proxyconnect":
		r.Message, r.Next = "the proxy cannot be reached: "+clean(innermost(op).Error()), nextProxy
	case errors.As(err, &dns):
		r.Message, r.Next = "no address is known for "+clean(dns.Name), nextDNS
	case isTLS(err):
		r.Message, r.Next = "no secure connection: "+clean(innermost(err).Error()), nextTLS
	case errors.Is(err, syscall.ECONNREFUSED):
		r.Message, r.Next = "the connection was refused", nextRefused
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		r.Message, r.Next = "no answer in time", nextAgain
	case isCut(err):
		r.Message, r.Next = "the connection broke off", nextAgain
	case errors.As(err, &op):
		r.Message, r.Next = "no connection: "+clean(op.Err.Error()), nextAgain
	default:
		return false
	}
	return true
}

func isTLS(err error) bool {
	var cert *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	return errors.As(err, &cert) || errors.As(err, &authority) || errors.As(err, &name) ||
		errors.As(err, &record) || errors.As(err, &alert)
}

func isCut(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, net.ErrClosed)
}

// innermost is the error at the bottom: the one that says what was wrong.
func innermost(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}

// payload is the body of an answer, as far as it came.
func payload(resp *http.Response) []byte {
	body, err := runtime.Payload(resp)
	if err != nil {
		return nil
	}
	return body
}
