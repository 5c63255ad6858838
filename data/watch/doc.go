// Package watch tells when the articles of an archive's folder have changed, however
// they did: by a rename into place, a slow copy, thousands at once, with a folder
// that is moved or a link that leads elsewhere.
//
// There are two ways to learn of a change. The system tells of what happens in each
// folder, where it can; and the whole folder is looked through now and then, file by
// file, for what no event told: what another computer writes to a network folder,
// what lies behind a link to a file, what happened while too much did. Where no
// events come, looking is all there is, and it is done often.
//
// File by file:
//
//	watcher.go   the loop: what changed, when it is handed over, what is tried again
//	change.go    a file that changed, until it stands still
//	look.go      the whole folder, held against how it was
//	folders.go   the folders that the system tells of
//	remote_*.go  which folders it can't tell of
//
// A file is handed over when neither its size nor its time has changed for a while.
// One that still grows when others are handed over is named, so that it is left
// alone; should it have been read all the same, it is handed over again when it
// stands still.
//
// All waiting is by a clock that nobody can set: times of files are only ever held
// against other times of the same file.
package watch
