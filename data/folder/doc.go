// Package folder changes files of an archive's folder so that whoever reads it
// meanwhile, another program too, finds each file whole or not at all. It never
// writes over a file, and goes through an os.Root, so that no name and no link
// leads it out of the folder. It imports nothing of ours.
//
//	put.go    a file appears
//	aside.go  a file is taken out of the archive, and comes back
package folder
