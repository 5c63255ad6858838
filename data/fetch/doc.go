// Package fetch gets pages from the web at addresses that users and feeds give,
// which nobody has vouched for. It imports nothing of ours.
//
// The way of a request, file by file:
//
//	fetch.go    Get: the checks, the requests and redirects, in this order
//	url.go      which URLs are fetched at all
//	address.go  which addresses are dialled: those of the public internet
//	wishes.go   what the site's robots.txt wishes
//	robots.go   such a file read, as RFC 9309 says
//	turns.go    one request to a host at a time, with a pause between them
//	answer.go   the answer: its status, its type, its bytes within their bounds
//	errors.go   why it failed
//
// What holds for every request, redirects included:
//
//   - The URL is http or https and has no user name or password.
//   - The address that is dialled is checked in the moment of dialling, whatever
//     the name resolved to before: nothing that is loopback, private, link-local,
//     metadata of a cloud, or otherwise not of the public internet.
//   - No proxy is used, whatever the environment says, for behind one the address
//     that is dialled could not be checked. No cookies, no credentials, no referrer.
//   - Bytes as sent and as unpacked, time, redirects and headers are bounded.
//   - A host is asked one thing at a time, with a pause between; its Retry-After
//     and its robots.txt are obeyed.
package fetch
