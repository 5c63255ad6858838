// Package intake is how admins put articles into an archive's folder from afar,
// and take them out of it. What comes in is read before it is stored, so that
// nothing is in the archive that no question could be answered from, and whoever
// sent it can be told what was understood.
//
//	intake.go   Intake: files and pages come in
//	look.go     what a file holds, read as the index will read it
//	name.go     a safe name for a file that somebody sent
//	removal.go  files are taken out, and put back
//
// Where things are: a file that was sent is in the archive's folder "added", a
// page from the web where feeds keep theirs, and what was taken out in ".removed",
// which the archive leaves out.
package intake
